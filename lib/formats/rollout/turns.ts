import type { JsonObject } from '../../events/json-object.ts';
import type { FoundCall, ToolCalls } from './calls.ts';
import { isLocalCompaction, type Compactions } from './compactions.ts';
import type { GuardianReviews } from './guardian.ts';
import type { History } from './history.ts';
import { rawString, type RolloutLine } from './line.ts';
import { broken, facts, parsed, type Outputs } from './outputs.ts';
import type { ThreadStart } from './thread.ts';
import type { TokenMeter, Tokens } from './tokens.ts';
import { OpenTurn, type TurnEnd, type TurnEnding } from './turn.ts';
import { secondsOf, textOf, timeOf } from './values.ts';

/** True for the line that Codex writes after a compaction that the user asked for, in versions without tasks. */
const isCompactionsEnd = (line: RolloutLine): boolean =>
  line.payloadType === 'agent_message' && line.text.includes('"message":"Compact task completed"');

/** The parts of the thread that turns read and change. `guardian` is null in other threads. */
interface Parts {
  readonly thread: ThreadStart;
  readonly history: History;
  readonly meter: TokenMeter;
  readonly compactions: Compactions;
  readonly calls: ToolCalls;
  readonly guardian: GuardianReviews | null;
}

/**
 * Finds where the turns of a thread begin and end, which not every version states, and if a compaction stands in one of
 * them or alone. Holds the open turn.
 */
export class Turns {
  readonly #thread: ThreadStart;
  readonly #history: History;
  readonly #meter: TokenMeter;
  readonly #compactions: Compactions;
  readonly #calls: ToolCalls;
  readonly #guardian: GuardianReviews | null;
  #turn: OpenTurn | null = null;
  /**
   * In versions without tasks: the turn before a compaction that followed a complete answer, until it is clear if the
   * turn continues.
   */
  #before: {
    readonly turn: OpenTurn;
    readonly compactionUsed: Tokens | null;
    readonly contextTokens: number | null;
  } | null = null;
  /** The last open turn: its late records follow its end. */
  #lastTurnId: string | null = null;
  /** Set once tasks state their start, as in versions from some time before 0.120 on. */
  #tasks = false;
  #implicitTurns = 0;
  #implicitCompactions = 0;
  /** The open turn is a compaction by itself in a version without tasks. */
  #standsAlone = false;
  /** A review began, and its task comes next. */
  #entersReview = false;
  #context: JsonObject | null = null;
  #contextsTold = false;
  #lastTurnAt: number | null = null;
  /** Of the latest turn. */
  model: string | null = null;

  constructor({ thread, history, meter, compactions, calls, guardian }: Parts) {
    this.#thread = thread;
    this.#history = history;
    this.#meter = meter;
    this.#compactions = compactions;
    this.#calls = calls;
    this.#guardian = guardian;
  }

  /** The open turn. */
  get current(): OpenTurn | null {
    return this.#turn;
  }

  /** The id of the open turn, else of the one before. */
  get turnId(): string | null {
    return this.#turn?.turnId ?? this.#lastTurnId;
  }

  /** When the latest turn began. */
  get lastTurnAt(): number | null {
    return this.#lastTurnAt;
  }

  get haveTasks(): boolean {
    return this.#tasks;
  }

  get standsAlone(): boolean {
    return this.#standsAlone;
  }

  /** Notes input of the user, or of another agent. */
  input(): void {
    if (this.#turn) this.#turn.input = true;
    this.#compactions.begun();
  }

  *taskStarted(line: RolloutLine): Outputs {
    this.#tasks = true;
    const payload = line.payload();
    if (!payload) return yield* broken(line);
    const turnId = textOf(payload.turn_id);
    if (!this.#history.isOwnTurn(line, turnId, secondsOf(payload.started_at))) return;
    yield* this.endTurn(null, { followed: true });
    this.#open(
      new OpenTurn({
        turnId: turnId ?? this.#nextTurnId(),
        line,
        started: payload,
        review: this.#entersReview || this.#thread.subagentSource === 'review',
      }),
    );
    this.#entersReview = false;
  }

  enterReview(): void {
    if (this.#turn) this.#turn.reviewing();
    else this.#entersReview = true;
  }

  #nextTurnId(): string {
    return `turn-${++this.#implicitTurns}`;
  }

  #open(turn: OpenTurn): void {
    this.#turn = turn;
    this.#lastTurnId = turn.turnId;
    this.#lastTurnAt = turn.lineTime ?? this.#lastTurnAt;
  }

  *taskEnded(line: RolloutLine, status: 'complete' | 'aborted', own: boolean): Outputs {
    const payload = line.payload();
    if (!payload) return yield* broken(line);
    const turnId = textOf(payload.turn_id);
    if (!own || !this.#turn) return;
    if (turnId !== null && turnId !== this.#turn.turnId && this.#turn.explicit) {
      // A review starts with the reviewer's turn id, and ends with the thread's own.
      if (!this.#turn.isReview) return;
      this.#turn.turnId = turnId;
    }
    yield* this.endTurn({ status, payload, line }, { followed: false });
  }

  /**
   * Begins a turn at a user's message, in versions in which tasks do not state their start. Such a turn has no id: it
   * gets its number in the thread.
   */
  *beginImplicit(line: RolloutLine): Outputs {
    if (this.#tasks || (this.#turn && !this.#turn.input && !this.#standsAlone)) return;
    const turnId = this.#nextTurnId();
    if (!this.#history.isOwnTurn(line, null, null)) return;
    yield* this.endTurn(null, { followed: true });
    const turn = new OpenTurn({ turnId, line, started: null, review: this.#thread.subagentSource === 'review' });
    if (this.#context) turn.context(this.#context);
    this.#context = null;
    this.#open(turn);
  }

  *turnContext(line: RolloutLine): Outputs {
    if (!this.#history.isOwn(line)) return;
    this.#contextsTold = true;
    yield* parsed(line, (payload) => {
      this.model = textOf(payload.model) ?? this.model;
      if (this.#turn && !this.#standsAlone) this.#turn.context(payload);
      else this.#context = payload;
    });
  }

  /** Notes output of the model. If it follows a compaction that seemed to stand alone, the turn before continues. */
  goesOn(line: RolloutLine): void {
    if (!this.#history.isOwn(line) || isCompactionsEnd(line)) return;
    this.#meter.answered();
    if (!this.#before) return;
    const { turn, compactionUsed } = this.#before;
    this.#before = null;
    this.#standsAlone = false;
    this.#open(turn);
    turn.use(compactionUsed, null, line);
    this.#compactions.inTurn({ turnId: turn.turnId, begun: true });
  }

  /** `followed`: another turn begins after the one that ends. */
  *endTurn(end: TurnEnd | null, { followed }: { readonly followed: boolean }): Outputs {
    const [turn, before, standsAlone] = [this.#turn, this.#before, this.#standsAlone];
    this.#turn = null;
    this.#before = null;
    this.#standsAlone = false;
    if (before) yield* this.#turnFacts(before.turn, { end: null, followed: true, contextTokens: before.contextTokens });
    yield* facts(this.#compactions.resolve(end !== null || standsAlone));
    if (turn) this.#open(turn);
    yield* this.told(this.#calls.unanswered());
    this.#turn = null;
    if (turn) yield* this.#turnFacts(turn, { end, followed, contextTokens: this.#meter.context });
  }

  *#turnFacts(turn: OpenTurn, ending: Pick<TurnEnding, 'end' | 'followed' | 'contextTokens'>): Outputs {
    const { end } = ending;
    if (end?.status === 'complete') turn.useRestored(this.#meter.takeRestored());
    const fact = turn.fact({ ...ending, threadId: this.#thread.threadId, contextsTold: this.#contextsTold });
    yield { kind: 'fact', line: turn.line, fact };
    if (!this.#guardian) return;
    const answer = end && textOf(end.payload.last_agent_message);
    yield* facts(
      this.#guardian.turnEnded({
        fact,
        line: turn.line,
        answer,
        startedAt: turn.lineTime,
        endedAt: end && timeOf(end.line.timestamp),
        parentTurnId: turn.parentTurnId,
      }),
    );
  }

  *compacted(line: RolloutLine): Outputs {
    // A compaction before the first turn is part of the history that the thread starts from, not its own.
    const turnId = this.turnId;
    if (!this.#history.isOwn(line) || turnId === null) return;
    if (!this.#tasks && (this.#turn === null || this.#standsAlone || this.#turn.isSettled))
      return yield* this.#compactedAlone(line);
    yield* facts(this.#compactions.compacted(line, { turnId, begun: this.#turn?.begun ?? false }));
    this.#turn?.compactedBy(rawString(line.text, 'compaction_response_id'));
    this.#turn?.passes(line);
  }

  /**
   * A compaction in a version without tasks, after a complete answer: the user asked for it between two turns, unless
   * the model continues. The request for its summary is counted before it, like the turn's own last request.
   */
  *#compactedAlone(line: RolloutLine): Outputs {
    if (this.#standsAlone) yield* this.endTurn(null, { followed: true });
    const before = this.#turn;
    const compactionUsed = before && isLocalCompaction(line) ? before.giveUpLastCount() : null;
    this.#open(
      new OpenTurn({ turnId: `compaction-${++this.#implicitCompactions}`, line, started: null, review: false }),
    );
    this.#before = before && {
      turn: before,
      compactionUsed,
      contextTokens: compactionUsed ? this.#meter.contextBeforeUsage : this.#meter.context,
    };
    this.#standsAlone = true;
    this.#turn?.use(compactionUsed, null, line);
    yield* facts(this.#compactions.compacted(line, { turnId: this.turnId ?? '', begun: false }));
  }

  /** Counts calls for the open turn, if analytics would count them. */
  *told(calls: Iterable<FoundCall>): Outputs {
    for (const { line, fact } of calls) {
      if (this.#turn && fact.reported && fact.turnId === this.#turn.turnId) this.#turn.toolCalls++;
      yield { kind: 'fact', line, fact };
    }
  }
}
