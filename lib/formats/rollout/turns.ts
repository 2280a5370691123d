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

/** What Codex writes behind a compaction that the user asked for, in versions without tasks. */
const isCompactionsEnd = (line: RolloutLine): boolean =>
  line.payloadType === 'agent_message' && line.text.includes('"message":"Compact task completed"');

/** What of the thread the turns need, and add to. `guardian` is null in a thread that is none. */
interface Parts {
  readonly thread: ThreadStart;
  readonly history: History;
  readonly meter: TokenMeter;
  readonly compactions: Compactions;
  readonly calls: ToolCalls;
  readonly guardian: GuardianReviews | null;
}

/**
 * Where the turns of a thread begin and end, which not every version says, and whether a compaction stands in one of
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
   * In versions without tasks: the turn before a compaction that came behind a complete answer, until it shows whether
   * the turn goes on.
   */
  #before: {
    readonly turn: OpenTurn;
    readonly compactionUsed: Tokens | null;
    readonly contextTokens: number | null;
  } | null = null;
  /** The turn that was open last: its late records come behind its end. */
  #lastTurnId: string | null = null;
  /** Since some version before 0.120 tasks say when they start. */
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

  /** The user, or another agent, says something to the thread. */
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
   * Before tasks said when they start, each message of the user began a turn. Such a turn has no id: it gets its number
   * in the thread.
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

  /**
   * The model writes something. When it does so behind a compaction that seemed to stand alone, the turn before goes
   * on.
   */
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

  /** `followed` says that another turn begins behind the one that ends. */
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
    // What stands before the first turn is a history that the thread starts from, not a compaction of its own.
    const turnId = this.turnId;
    if (!this.#history.isOwn(line) || turnId === null) return;
    if (!this.#tasks && (this.#turn === null || this.#standsAlone || this.#turn.isSettled))
      return yield* this.#compactedAlone(line);
    yield* facts(this.#compactions.compacted(line, { turnId, begun: this.#turn?.begun ?? false }));
    this.#turn?.compactedBy(rawString(line.text, 'compaction_response_id'));
    this.#turn?.passes(line);
  }

  /**
   * A compaction in a version without tasks, behind a complete answer: the user asked for it between two turns, unless
   * the model goes on. The request for its summary is counted before it, where the turn's own last one is, too.
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

  /** Calls are counted for the turn that is open, when analytics would count them. */
  *told(calls: Iterable<FoundCall>): Outputs {
    for (const { line, fact } of calls) {
      if (this.#turn && fact.reported && fact.turnId === this.#turn.turnId) this.#turn.toolCalls++;
      yield { kind: 'fact', line, fact };
    }
  }
}
