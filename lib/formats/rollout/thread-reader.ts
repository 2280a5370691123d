import type { JsonObject } from '../../events/json-object.ts';
import { Assessments } from './assessments.ts';
import { ToolCalls, type FoundCall } from './calls.ts';
import { Compactions, isLocalCompaction } from './compactions.ts';
import type { RolloutOutput, Segment } from './facts.ts';
import { GuardianReviews } from './guardian.ts';
import { History, isAnswer } from './history.ts';
import { isPassedOver } from './kinds.ts';
import { problemOf, rawString, type RolloutLine } from './line.ts';
import type { ThreadStart } from './thread.ts';
import { folderOf, isPreamble, ownWords, titleOf } from './title.ts';
import { responseUsageOf, tokenCountOf, TokenMeter, type Tokens } from './tokens.ts';
import { OpenTurn, type TurnEnd, type TurnEnding } from './turn.ts';
import { nothing, objectOf, secondsOf, textOf, timeOf } from './values.ts';

type Outputs = Generator<RolloutOutput, void>;

/** Where a message says who it is from and how it begins: at its start, behind an id. */
const messageHead = 512;
const roleOf = (text: string): string | null => rawString(text.slice(0, messageHead), 'role');
const itemTypeOf = (text: string): string | null =>
  /"item":\{"type":"([^"\\]{1,64})"/.exec(text.slice(0, messageHead))?.[1] ?? null;
/** Codex's own additions to the user's side of the conversation begin with a tag, or are a preamble. */
const isTagged = (text: string): boolean => /"text":"\s*</.test(text.slice(0, messageHead));
const beginsWithPreamble = (text: string): boolean =>
  isPreamble(/"text":"((?:[^"\\]|\\.)*)/.exec(text.slice(0, messageHead))?.[1] ?? '');
/** What Codex writes behind a compaction that the user asked for, in versions without tasks. */
const isCompactionsEnd = (line: RolloutLine): boolean =>
  line.payloadType === 'agent_message' && line.text.includes('"message":"Compact task completed"');

const textsOf = (content: unknown): string[] =>
  Array.isArray(content) ? content.map((part) => textOf(objectOf(part).text) ?? '') : [];
const wordsOf = (content: unknown): string =>
  textsOf(content)
    .filter((part) => ownWords(part) !== '')
    .join('\n');

/**
 * Reads one rollout, from behind its `session_meta` on. Holds the open turn and its open calls, nothing of what was
 * told.
 */
export class ThreadReader {
  readonly history: History;
  readonly #thread: ThreadStart;
  readonly #line: number;
  readonly #titles: boolean;
  readonly #meter: TokenMeter;
  readonly #compactions: Compactions;
  readonly #calls: ToolCalls;
  readonly #guardian: GuardianReviews | null;
  readonly #assessments: Assessments;
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
  /** The folder as the environment block says it, where the `session_meta` does not. */
  #cwd: string | null = null;
  #model: string | null = null;
  #title: string | null = null;
  #titleIsFinal: boolean;
  #timestamp: string | null;
  readonly #segmentStart: Pick<Segment, 'startedAt' | 'firstLineAt'>;
  #lastTurnAt: number | null = null;

  constructor(thread: ThreadStart, meta: JsonObject, line: RolloutLine, { titles }: { readonly titles: boolean }) {
    this.history = new History(meta, line);
    this.#thread = thread;
    this.#line = line.number;
    this.#timestamp = line.timestamp;
    this.#meter = new TokenMeter({
      continues:
        thread.forkedFromThreadId !== null || objectOf(meta.history_base) !== nothing || (line.ordinal ?? 0) > 0,
    });
    this.#assessments = new Assessments(thread.threadId);
    const firstLineAt = timeOf(line.timestamp);
    this.#segmentStart = { startedAt: timeOf(meta.timestamp) ?? firstLineAt, firstLineAt };
    this.#compactions = new Compactions(thread.threadId, this.#meter);
    this.#calls = new ToolCalls(thread.threadId, { reported: thread.subagentSource !== 'review' });
    this.#guardian =
      thread.subagentSource === 'guardian' || thread.threadSource === 'guardian_review'
        ? new GuardianReviews(thread.threadId, thread.parentThreadId)
        : null;
    // What the guardian is asked is a prompt of Codex's, not a user's message.
    this.#titles = titles && !this.#guardian;
    this.#titleIsFinal = !this.#titles;
  }

  *read(line: RolloutLine): Outputs {
    const isName = line.payloadType === 'thread_name_updated';
    // A name may be given long after the work.
    if (!isName) this.#timestamp = line.timestamp ?? this.#timestamp;
    this.history.passes(line);
    if (isAnswer(line)) this.#goesOn(line);
    if (line.type !== 'compacted' && !isName) this.#turn?.passes(line);
    switch (line.type) {
      case 'event_msg':
        return yield* this.#event(line, line.payloadType ?? '');
      case 'response_item':
        return yield* this.#responseItem(line, line.payloadType ?? '');
      case 'turn_context':
        return yield* this.#turnContext(line);
      case 'compacted':
        return yield* this.#compacted(line);
      case 'token_usage_record':
        return this.#used(line);
      default:
        if (!isPassedOver('record', line.type))
          yield { kind: 'unknown', line: line.number, type: `rollout.${line.type}` };
    }
  }

  *end(): Outputs {
    yield* this.#endTurn(null, { followed: false });
    if (this.#guardian) yield* this.#facts(this.#guardian.end());
    yield* this.#facts(this.#assessments.end());
    const fact = {
      ...this.#thread,
      cwd: this.#thread.cwd ?? this.#cwd,
      parentThreadId: this.#thread.parentThreadId ?? this.#guardian?.reviewedThreadId ?? null,
      model: this.#model,
      title: this.#title,
      lastActiveAt: timeOf(this.#timestamp) ?? this.#thread.createdAt,
      segment: { ...this.#segmentStart, lastTurnAt: this.#lastTurnAt },
    };
    yield { kind: 'fact', line: this.#line, fact };
  }

  *#facts<F extends { readonly line: number; readonly fact: Extract<RolloutOutput, { kind: 'fact' }>['fact'] }>(
    found: Iterable<F>,
  ): Outputs {
    for (const { line, fact } of found) yield { kind: 'fact', line, fact };
  }

  /** Calls are counted for the turn that is open, when analytics would count them. */
  *#told(calls: Iterable<FoundCall>): Outputs {
    for (const { line, fact } of calls) {
      if (this.#turn && fact.reported && fact.turnId === this.#turn.turnId) this.#turn.toolCalls++;
      yield { kind: 'fact', line, fact };
    }
  }

  *#parsed(line: RolloutLine, take: (payload: JsonObject) => void): Outputs {
    const payload = line.payload();
    if (payload) take(payload);
    else yield* this.#broken(line);
  }

  *#broken(line: RolloutLine): Outputs {
    const problem = problemOf(line.text);
    if (problem)
      yield { kind: 'broken', line: line.number, code: problem.code, message: problem.message, text: line.text };
  }

  *#event(line: RolloutLine, type: string): Outputs {
    const own = this.history.isOwn(line);
    switch (type) {
      case 'task_started':
      case 'turn_started':
        return yield* this.#taskStarted(line);
      case 'token_count':
        return yield* this.#counted(line, own);
      case 'task_complete':
      case 'turn_complete':
        return yield* this.#taskEnded(line, 'complete', own);
      case 'turn_aborted':
        return yield* this.#taskEnded(line, 'aborted', own);
      case 'user_message':
        return yield* this.#userMessage(line);
      case 'error':
        return own ? yield* this.#parsed(line, (payload) => this.#turn?.failed(payload)) : undefined;
      case 'guardian_assessment':
        return own ? yield* this.#assessed(line) : undefined;
      case 'item_completed':
        return own ? yield* this.#item(line) : undefined;
      case 'sub_agent_activity':
      case 'collab_agent_spawn_end':
        return own ? yield* this.#told(this.#calls.agentActed(line, this.#turnId())) : undefined;
      case 'patch_apply_end':
      case 'mcp_tool_call_end':
      case 'web_search_end':
      case 'exec_command_end':
        return own ? yield* this.#told(this.#calls.ended(line, this.#turnId())) : undefined;
      case 'thread_name_updated':
        return yield* this.#named(line, own);
      case 'entered_review_mode':
        return own ? this.#enterReview() : undefined;
      case 'exited_review_mode':
        return own ? this.#turn?.reviewing() : undefined;
      case 'thread_settings_applied':
        return own && this.#model === null
          ? yield* this.#parsed(line, (payload) => {
              this.#model = textOf(objectOf(payload.thread_settings).model);
            })
          : undefined;
      default:
        if (!isPassedOver('event_msg', type))
          yield { kind: 'unknown', line: line.number, type: `rollout.event_msg.${type}` };
    }
    if (own && type === 'agent_message') this.#turn?.answered();
  }

  /** Copied history has the names of another thread, which say so. */
  *#named(line: RolloutLine, own: boolean): Outputs {
    if (!this.#titles) return;
    const payload = line.payload();
    if (!payload) return yield* this.#broken(line);
    const { threadId } = this.#thread;
    const named = textOf(payload.thread_id);
    if (named === null ? own : named === threadId) {
      yield {
        kind: 'fact',
        line: line.number,
        fact: {
          kind: 'thread_name',
          threadId,
          name: titleOf(textOf(payload.thread_name) ?? ''),
          namedAt: timeOf(line.timestamp),
        },
      };
    }
  }

  #turnId(): string | null {
    return this.#turn?.turnId ?? this.#lastTurnId;
  }

  *#taskStarted(line: RolloutLine): Outputs {
    this.#tasks = true;
    const payload = line.payload();
    if (!payload) return yield* this.#broken(line);
    const turnId = textOf(payload.turn_id);
    if (!this.history.isOwnTurn(line, turnId, secondsOf(payload.started_at))) return;
    yield* this.#endTurn(null, { followed: true });
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

  #enterReview(): void {
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

  /** Copied counts are read too: the own ones go on from them. */
  *#counted(line: RolloutLine, own: boolean): Outputs {
    const count = tokenCountOf(line);
    if (count === 'broken') return yield* this.#broken(line);
    const used = count && this.#meter.read(count);
    if (!own) this.#meter.takeRestored();
    if (!own || !count) return;
    this.#turn?.use(used, count.contextWindow, line);
    this.#compactions.counted();
  }

  *#taskEnded(line: RolloutLine, status: 'complete' | 'aborted', own: boolean): Outputs {
    const payload = line.payload();
    if (!payload) return yield* this.#broken(line);
    const turnId = textOf(payload.turn_id);
    if (!own || !this.#turn) return;
    if (turnId !== null && turnId !== this.#turn.turnId && this.#turn.explicit) {
      // A review starts with the reviewer's turn id, and ends with the thread's own.
      if (!this.#turn.isReview) return;
      this.#turn.turnId = turnId;
    }
    yield* this.#endTurn({ status, payload, line }, { followed: false });
  }

  /** A `token_usage_record`: the request of a remote compaction is counted nowhere else. */
  #used(line: RolloutLine): void {
    const id = rawString(line.text, 'response_id');
    const usage = id === null ? null : responseUsageOf(line);
    if (id === null || !usage) return;
    this.#compactions.used(id, usage);
    if (!this.history.isOwn(line)) return;
    this.#meter.answered();
    this.#turn?.respond(id, usage);
  }

  *#assessed(line: RolloutLine): Outputs {
    const payload = line.payload();
    if (payload) yield* this.#facts(this.#assessments.assessed(line, payload, this.#turnId()));
    else yield* this.#broken(line);
  }

  /**
   * The model writes something. When it does so behind a compaction that seemed to stand alone, the turn before goes
   * on.
   */
  #goesOn(line: RolloutLine): void {
    if (!this.history.isOwn(line) || isCompactionsEnd(line)) return;
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
  *#endTurn(end: TurnEnd | null, { followed }: { readonly followed: boolean }): Outputs {
    const [turn, before, standsAlone] = [this.#turn, this.#before, this.#standsAlone];
    this.#turn = null;
    this.#before = null;
    this.#standsAlone = false;
    if (before) yield* this.#turnFacts(before.turn, { end: null, followed: true, contextTokens: before.contextTokens });
    yield* this.#facts(this.#compactions.resolve(end !== null || standsAlone));
    if (turn) this.#open(turn);
    yield* this.#told(this.#calls.unanswered());
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
    yield* this.#facts(
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

  *#turnContext(line: RolloutLine): Outputs {
    if (!this.history.isOwn(line)) return;
    this.#contextsTold = true;
    yield* this.#parsed(line, (payload) => {
      this.#model = textOf(payload.model) ?? this.#model;
      if (this.#turn && !this.#standsAlone) this.#turn.context(payload);
      else this.#context = payload;
    });
  }

  *#compacted(line: RolloutLine): Outputs {
    // What stands before the first turn is a history that the thread starts from, not a compaction of its own.
    const turnId = this.#turnId();
    if (!this.history.isOwn(line) || turnId === null) return;
    if (!this.#tasks && (this.#turn === null || this.#standsAlone || this.#turn.isSettled))
      return yield* this.#compactedAlone(line);
    yield* this.#facts(this.#compactions.compacted(line, { turnId, begun: this.#turn?.begun ?? false }));
    this.#turn?.compactedBy(rawString(line.text, 'compaction_response_id'));
    this.#turn?.passes(line);
  }

  /**
   * A compaction in a version without tasks, behind a complete answer: the user asked for it between two turns, unless
   * the model goes on. The request for its summary is counted before it, where the turn's own last one is, too.
   */
  *#compactedAlone(line: RolloutLine): Outputs {
    if (this.#standsAlone) yield* this.#endTurn(null, { followed: true });
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
    yield* this.#facts(this.#compactions.compacted(line, { turnId: this.#turnId() ?? '', begun: false }));
  }

  *#userMessage(line: RolloutLine): Outputs {
    yield* this.#beginImplicit(line);
    if (!this.history.isOwn(line)) return;
    this.#input();
    if (!this.#titleIsFinal) yield* this.#parsed(line, (payload) => this.#entitle(textOf(payload.message) ?? '', true));
  }

  #input(): void {
    if (this.#turn) this.#turn.input = true;
    this.#compactions.begun();
  }

  #entitle(message: string, final: boolean): void {
    const title = titleOf(message);
    if (title === null) return;
    this.#title = final ? title : (this.#title ?? title);
    this.#titleIsFinal = final;
  }

  /**
   * Before tasks said when they start, each message of the user began a turn. Such a turn has no id: it gets its number
   * in the thread.
   */
  *#beginImplicit(line: RolloutLine): Outputs {
    if (this.#tasks || (this.#turn && !this.#turn.input && !this.#standsAlone)) return;
    const turnId = this.#nextTurnId();
    if (!this.history.isOwnTurn(line, null, null)) return;
    yield* this.#endTurn(null, { followed: true });
    const turn = new OpenTurn({ turnId, line, started: null, review: this.#thread.subagentSource === 'review' });
    if (this.#context) turn.context(this.#context);
    this.#context = null;
    this.#open(turn);
  }

  *#item(line: RolloutLine): Outputs {
    const start = line.text.slice(0, messageHead);
    // A thread under review repeats the reviewer's items.
    if ((rawString(start, 'thread_id') ?? this.#thread.threadId) !== this.#thread.threadId) return;
    const type = itemTypeOf(line.text) ?? 'unknown';
    const turnId = rawString(start, 'turn_id') ?? this.#turnId();
    switch (type) {
      case 'UserMessage':
        this.#input();
        return this.#titleIsFinal
          ? undefined
          : yield* this.#parsed(line, (payload) => this.#entitle(wordsOf(objectOf(payload.item).content), true));
      case 'AgentMessage':
        return this.#turn?.answered();
      case 'EnteredReviewMode':
        return this.#enterReview();
      case 'ExitedReviewMode':
        return this.#turn?.reviewing();
      case 'ContextCompaction':
        return yield* this.#parsed(line, (payload) => this.#compactions.item(payload));
      case 'CommandExecution':
      case 'FileChange':
      case 'McpToolCall':
      case 'CollabAgentToolCall':
      case 'SubAgentActivity':
      case 'WebSearch':
      case 'DynamicToolCall':
      case 'ImageGeneration':
      case 'ImageView':
      case 'ControlToolCall':
      case 'Extension':
      case 'Sleep':
        if (type === 'CommandExecution' && rawString(line.text, 'source') === 'user_shell') this.#turn?.inShell();
        return yield* this.#told(this.#calls.completedItem(line, type, turnId));
      default:
        if (!isPassedOver('item_completed', type))
          yield { kind: 'unknown', line: line.number, type: `rollout.item_completed.${type}` };
    }
  }

  *#responseItem(line: RolloutLine, type: string): Outputs {
    const own = this.history.isOwn(line);
    switch (type) {
      case 'message':
        return yield* this.#message(line);
      // What another agent sends to this one.
      case 'agent_message':
        return own ? this.#input() : undefined;
      case 'function_call':
      case 'custom_tool_call':
      case 'local_shell_call':
        return own ? yield* this.#told(this.#calls.called(line, this.#turnId())) : undefined;
      case 'function_call_output':
      case 'custom_tool_call_output':
        return own ? yield* this.#told(this.#calls.answered(line)) : undefined;
      case 'web_search_call':
        return own ? yield* this.#told(this.#calls.ranByServer(line, this.#turnId(), 'web_search')) : undefined;
      case 'image_generation_call':
        return own ? yield* this.#told(this.#calls.ranByServer(line, this.#turnId(), 'image_generation')) : undefined;
      default:
        if (!isPassedOver('response_item', type))
          yield { kind: 'unknown', line: line.number, type: `rollout.response_item.${type}` };
    }
  }

  *#message(line: RolloutLine): Outputs {
    const role = roleOf(line.text);
    const own = this.history.isOwn(line);
    if (role === 'assistant') return own ? this.#turn?.answered() : undefined;
    if (role !== 'user' || (!own && this.#tasks)) return;
    if (this.#guardian) yield* this.#parsed(line, (payload) => this.#guardian?.prompted(payload));
    if (isTagged(line.text)) {
      if (line.text.slice(0, messageHead).includes('"text":"<user_shell_command>')) this.#turn?.inShell();
      if (own && this.#thread.cwd === null && this.#cwd === null)
        yield* this.#parsed(line, (payload) => {
          this.#cwd = folderOf(textsOf(payload.content).join('\n'));
        });
      return;
    }
    if (beginsWithPreamble(line.text)) return;
    // The oldest files have no `user_message` events beside the messages.
    if (line.timestamp === null || line.timestamp === '') yield* this.#beginImplicit(line);
    if (!this.history.isOwn(line)) return;
    if (!this.#standsAlone) this.#input();
    if (!this.#titleIsFinal && this.#title === null)
      yield* this.#parsed(line, (payload) => this.#entitle(wordsOf(payload.content), false));
  }
}
