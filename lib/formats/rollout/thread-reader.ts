import type { JsonObject } from '../../events/json-object.ts';
import { ToolCalls, type FoundCall } from './calls.ts';
import { Compactions } from './compactions.ts';
import type { RolloutOutput } from './facts.ts';
import { GuardianReviews } from './guardian.ts';
import { History } from './history.ts';
import { isPassedOver } from './kinds.ts';
import { problemOf, rawString, type RolloutLine } from './line.ts';
import type { ThreadStart } from './thread.ts';
import { ownWords, titleOf } from './title.ts';
import { tokenCountOf, TokenMeter } from './tokens.ts';
import { OpenTurn } from './turn.ts';
import { nothing, objectOf, secondsOf, textOf, timeOf } from './values.ts';

type Outputs = Generator<RolloutOutput, void>;

/** Where a message says who it is from and how it begins: at its start, behind an id. */
const messageHead = 512;
const roleOf = (text: string): string | null => rawString(text.slice(0, messageHead), 'role');
const itemTypeOf = (text: string): string | null => /"item":\{"type":"([^"\\]{1,64})"/.exec(text.slice(0, messageHead))?.[1] ?? null;
/** Codex's own additions to the user's side of the conversation begin with a tag. */
const isTagged = (text: string): boolean => /"text":"\s*</.test(text.slice(0, messageHead));

function wordsOf(content: unknown): string {
  return Array.isArray(content) ? content.map((part) => textOf(objectOf(part).text) ?? '').filter((part) => ownWords(part) !== '').join('\n') : '';
}

/** Reads one rollout, from behind its `session_meta` on. Holds the open turn and its open calls, nothing of what was told. */
export class ThreadReader {
  readonly history: History;
  readonly #thread: ThreadStart;
  readonly #line: number;
  readonly #titles: boolean;
  readonly #meter = new TokenMeter();
  readonly #compactions: Compactions;
  readonly #calls: ToolCalls;
  readonly #guardian: GuardianReviews | null;
  #turn: OpenTurn | null = null;
  /** The turn that was open last: its late records come behind its end. */
  #lastTurnId: string | null = null;
  /** Since some version before 0.120 tasks say when they start. */
  #tasks = false;
  #implicitTurns = 0;
  /** A review began, and its task comes next. */
  #entersReview = false;
  #context: JsonObject | null = null;
  #model: string | null = null;
  #title: string | null = null;
  #titleIsFinal: boolean;
  #timestamp: string | null;

  constructor(thread: ThreadStart, meta: JsonObject, line: RolloutLine, { titles }: { readonly titles: boolean }) {
    this.history = new History(meta, line);
    this.#thread = thread;
    this.#line = line.number;
    this.#timestamp = line.timestamp;
    this.#compactions = new Compactions(thread.threadId, this.#meter);
    this.#calls = new ToolCalls(thread.threadId, { reported: thread.subagentSource !== 'review' });
    this.#guardian = thread.subagentSource === 'guardian' || thread.threadSource === 'guardian_review' ? new GuardianReviews(thread.threadId, thread.parentThreadId) : null;
    // What the guardian is asked is a prompt of Codex's, not a user's message.
    this.#titles = titles && !this.#guardian;
    this.#titleIsFinal = !this.#titles;
  }

  *read(line: RolloutLine): Outputs {
    this.#timestamp = line.timestamp ?? this.#timestamp;
    switch (line.type) {
      case 'event_msg': return yield* this.#event(line, line.payloadType ?? '');
      case 'response_item': return yield* this.#responseItem(line, line.payloadType ?? '');
      case 'turn_context': return yield* this.#turnContext(line);
      case 'compacted': return yield* this.#compacted(line);
      case 'token_usage_record': return this.#compactions.usage(line);
      default: if (!isPassedOver('record', line.type)) yield { kind: 'unknown', line: line.number, type: `rollout.${line.type}` };
    }
  }

  *end(): Outputs {
    yield* this.#endTurn(null);
    if (this.#guardian) yield* this.#facts(this.#guardian.end());
    const fact = {
      ...this.#thread, parentThreadId: this.#thread.parentThreadId ?? this.#guardian?.reviewedThreadId ?? null, model: this.#model, title: this.#title,
      lastActiveAt: timeOf(this.#timestamp) ?? this.#thread.createdAt,
    };
    yield { kind: 'fact', line: this.#line, fact };
  }

  *#facts<F extends { readonly line: number; readonly fact: Extract<RolloutOutput, { kind: 'fact' }>['fact'] }>(found: Iterable<F>): Outputs {
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
    if (problem) yield { kind: 'broken', line: line.number, code: problem.code, message: problem.message, text: line.text };
  }

  *#event(line: RolloutLine, type: string): Outputs {
    const own = this.history.isOwn(line);
    switch (type) {
      case 'task_started': case 'turn_started': return yield* this.#taskStarted(line);
      case 'token_count': return yield* this.#counted(line, own);
      case 'task_complete': case 'turn_complete': return yield* this.#taskEnded(line, 'complete', own);
      case 'turn_aborted': return yield* this.#taskEnded(line, 'aborted', own);
      case 'user_message': return own ? yield* this.#userMessage(line) : undefined;
      case 'item_completed': return own ? yield* this.#item(line) : undefined;
      case 'patch_apply_end': case 'mcp_tool_call_end': case 'web_search_end': case 'exec_command_end':
        return own ? yield* this.#told(this.#calls.ended(line, this.#turnId())) : undefined;
      case 'entered_review_mode': return own ? this.#enterReview() : undefined;
      case 'exited_review_mode': return own ? this.#turn?.reviewing() : undefined;
      case 'thread_settings_applied': return own && this.#model === null ? yield* this.#parsed(line, (payload) => { this.#model = textOf(objectOf(payload.thread_settings).model); }) : undefined;
      default: if (!isPassedOver('event_msg', type)) yield { kind: 'unknown', line: line.number, type: `rollout.event_msg.${type}` };
    }
    if (own && type === 'agent_message') this.#turn?.answered();
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
    yield* this.#endTurn(null);
    this.#open(new OpenTurn({ turnId: turnId ?? this.#nextTurnId(), line, started: payload, review: this.#entersReview || this.#thread.subagentSource === 'review' }));
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
  }

  /** Copied counts are read too: the own ones go on from them. */
  *#counted(line: RolloutLine, own: boolean): Outputs {
    const count = tokenCountOf(line);
    if (count === 'broken') return yield* this.#broken(line);
    const used = count && this.#meter.read(count);
    if (!own || !count) return;
    this.#turn?.use(used, count.contextWindow);
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
    yield* this.#endTurn({ status, payload, line });
  }

  *#endTurn(end: Parameters<OpenTurn['fact']>[2]): Outputs {
    yield* this.#facts(this.#compactions.resolve(end !== null));
    yield* this.#told(this.#calls.unanswered());
    const turn = this.#turn;
    if (!turn) return;
    this.#turn = null;
    const fact = turn.fact(this.#thread.threadId, this.#meter.context, end);
    yield { kind: 'fact', line: turn.line, fact };
    if (!this.#guardian) return;
    const answer = end && textOf(end.payload.last_agent_message);
    yield* this.#facts(this.#guardian.turnEnded({ fact, line: turn.line, answer, startedAt: turn.lineTime, endedAt: end && timeOf(end.line.timestamp), parentTurnId: turn.parentTurnId }));
  }

  *#turnContext(line: RolloutLine): Outputs {
    if (!this.history.isOwn(line)) return;
    yield* this.#parsed(line, (payload) => {
      this.#model = textOf(payload.model) ?? this.#model;
      if (this.#turn) this.#turn.context(payload);
      else this.#context = payload;
    });
  }

  *#compacted(line: RolloutLine): Outputs {
    // What stands before the first turn is a history that the thread starts from, not a compaction of its own.
    const turnId = this.#turnId();
    if (!this.history.isOwn(line) || turnId === null) return;
    yield* this.#facts(this.#compactions.compacted(line, { turnId, begun: this.#turn?.begun ?? false }));
    this.#turn?.compacted();
  }

  *#userMessage(line: RolloutLine): Outputs {
    yield* this.#beginImplicit(line);
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
    this.#title = final ? title : this.#title ?? title;
    this.#titleIsFinal = final;
  }

  /** Before tasks said when they start, each message of the user began a turn. Such a turn has no id: it gets its number in the thread. */
  *#beginImplicit(line: RolloutLine): Outputs {
    if (this.#tasks || (this.#turn && !this.#turn.input)) return;
    const turnId = this.#nextTurnId();
    if (!this.history.isOwnTurn(line, null, null)) return;
    if (this.#turn) yield* this.#endTurn({ status: 'complete', payload: nothing, line });
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
        return this.#titleIsFinal ? undefined : yield* this.#parsed(line, (payload) => this.#entitle(wordsOf(objectOf(payload.item).content), true));
      case 'AgentMessage': return this.#turn?.answered();
      case 'EnteredReviewMode': return this.#enterReview();
      case 'ExitedReviewMode': return this.#turn?.reviewing();
      case 'ContextCompaction': return yield* this.#parsed(line, (payload) => this.#compactions.item(payload));
      case 'CommandExecution': case 'FileChange': case 'McpToolCall': case 'CollabAgentToolCall': case 'SubAgentActivity': case 'WebSearch': case 'DynamicToolCall':
      case 'ImageGeneration': case 'ImageView': case 'ControlToolCall':
        if (type === 'CommandExecution' && rawString(line.text, 'source') === 'user_shell') this.#turn?.inShell();
        return yield* this.#told(this.#calls.completedItem(line, type, turnId));
      default: if (!isPassedOver('item_completed', type)) yield { kind: 'unknown', line: line.number, type: `rollout.item_completed.${type}` };
    }
  }

  *#responseItem(line: RolloutLine, type: string): Outputs {
    const own = this.history.isOwn(line);
    switch (type) {
      case 'message': return own || !this.#tasks ? yield* this.#message(line) : undefined;
      // What another agent sends to this one.
      case 'agent_message': return own ? this.#input() : undefined;
      case 'function_call': case 'custom_tool_call': case 'local_shell_call': return own ? yield* this.#told(this.#calls.called(line, this.#turnId())) : undefined;
      case 'function_call_output': case 'custom_tool_call_output': return own ? yield* this.#told(this.#calls.answered(line)) : undefined;
      case 'web_search_call': return own ? yield* this.#told(this.#calls.ranByServer(line, this.#turnId(), 'web_search')) : undefined;
      case 'image_generation_call': return own ? yield* this.#told(this.#calls.ranByServer(line, this.#turnId(), 'image_generation')) : undefined;
      default: if (!isPassedOver('response_item', type)) yield { kind: 'unknown', line: line.number, type: `rollout.response_item.${type}` };
    }
  }

  *#message(line: RolloutLine): Outputs {
    const role = roleOf(line.text);
    if (role === 'assistant') return this.#turn?.answered();
    if (role !== 'user') return;
    if (this.#guardian) yield* this.#parsed(line, (payload) => this.#guardian?.prompted(payload));
    if (isTagged(line.text)) {
      if (line.text.slice(0, messageHead).includes('"text":"<user_shell_command>')) this.#turn?.inShell();
      return;
    }
    // The oldest files have no `user_message` events beside the messages.
    if (line.timestamp === null || line.timestamp === '') yield* this.#beginImplicit(line);
    this.#input();
    if (!this.#titleIsFinal && this.#title === null) yield* this.#parsed(line, (payload) => this.#entitle(wordsOf(payload.content), false));
  }
}
