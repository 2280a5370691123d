import { permissionsOf } from '../../events/permissions.ts';
import type { JsonObject } from '../../events/json-object.ts';
import type { TaskKind, Tokens, TurnFact, TurnStatus } from './facts.ts';
import type { RolloutLine } from './line.ts';
import { isAnswer } from './history.ts';
import { addTokens } from './tokens.ts';
import { countOf, objectOf, secondsOf, textOf, timeOf } from './values.ts';

/** A plain kind is a string, a kind with data an object with one key. */
function errorOf(value: unknown): string | null {
  const error = objectOf(value);
  if (Object.keys(error).length === 0) return null;
  const info = error.codex_error_info;
  return textOf(info) ?? Object.keys(objectOf(info))[0] ?? 'other';
}

/** Errors that do not end their turn: it continues, or there was none. */
const harmless: ReadonlySet<string> = new Set(['thread_rollback_failed', 'active_turn_not_steerable']);

/** Events about the thread, which stand between its turns as well as in them. */
const ofThread: ReadonlySet<string> = new Set([
  'task_started',
  'turn_started',
  'task_complete',
  'turn_complete',
  'turn_aborted',
  'token_count',
  'thread_settings_applied',
  'thread_name_updated',
  'thread_goal_updated',
  'thread_rolled_back',
  'session_configured',
  'shutdown_complete',
  'undo_started',
  'undo_completed',
  'entered_review_mode',
  'exited_review_mode',
]);
const inTurns: ReadonlySet<string> = new Set([
  'event_msg',
  'response_item',
  'turn_context',
  'compacted',
  'token_usage_record',
]);

/** A turn before its last count, which may turn out to belong to the lines after the turn. */
interface BeforeCount {
  readonly tokens: Tokens;
  readonly lastTime: number | null;
  readonly used: Tokens;
  readonly contextWindow: number | null;
}

/** `granular` and the like are objects with one key. */
const policyOf = (value: unknown): string | null => textOf(value) ?? Object.keys(objectOf(value))[0] ?? null;

/** The end of a turn's lines, with the known facts of its thread. */
export interface TurnEnding {
  readonly threadId: string;
  readonly contextTokens: number | null;
  readonly end: TurnEnd | null;
  /** Another turn begins after it. */
  readonly followed: boolean;
  /** True if the file states the context of any turn. */
  readonly contextsTold: boolean;
}
export interface TurnEnd {
  readonly status: 'complete' | 'aborted';
  readonly payload: JsonObject;
  readonly line: RolloutLine;
}

/** A turn while its lines are read. It is reported at once when it ends, so that only one is held. */
export class OpenTurn {
  turnId: string;
  readonly line: number;
  /** True if a `task_started` opened it: in older versions a turn follows a user's message. */
  readonly explicit: boolean;
  readonly lineTime: number | null;
  readonly parentTurnId: string | null;
  readonly #started: JsonObject;
  #context: JsonObject | null = null;
  #tokens: Tokens | null = null;
  #contextWindow: number | null;
  #answered = false;
  #compacted = false;
  #error: string | null = null;
  /** The usage of single responses, by their ids. */
  readonly #responses = new Map<string, Tokens>();
  #counted = false;
  #lastTime: number | null;
  /**
   * Set while the latest lines may belong to the next prompt: `before` is the time of the last line before them,
   * `message` is true if one of them is a message.
   */
  #next: { readonly before: number | null; readonly message: boolean } | null = null;
  /** The model's last output was an answer, not a call. */
  #settled = false;
  #beforeCount: BeforeCount | null = null;
  #shell = false;
  #review: boolean;
  /** True once there was input of the user, or of another agent. */
  input = false;
  toolCalls = 0;

  constructor({
    turnId,
    line,
    started,
    review,
  }: {
    readonly turnId: string;
    readonly line: RolloutLine;
    readonly started: JsonObject | null;
    readonly review: boolean;
  }) {
    this.turnId = turnId;
    this.line = line.number;
    this.explicit = started !== null;
    this.lineTime = timeOf(line.timestamp);
    this.#lastTime = this.lineTime;
    this.#started = started ?? {};
    this.parentTurnId = textOf(objectOf(this.#started.turn_attribution).parent_turn_id);
    this.#contextWindow = countOf(this.#started.model_context_window);
    this.#review = review;
  }

  /** True if the model may have been asked already: a compaction now is in the middle of the turn. */
  get begun(): boolean {
    return this.input || (this.#context !== null && !this.#compacted);
  }

  get model(): string | null {
    return this.#context && textOf(this.#context.model);
  }

  context(payload: JsonObject): void {
    this.#context = payload;
  }

  /** Reads a line of the thread while the turn is open: the turn lasts to its last own line. */
  passes(line: RolloutLine): void {
    const time = timeOf(line.timestamp);
    if (!inTurns.has(line.type) || (line.type === 'event_msg' && ofThread.has(line.payloadType ?? ''))) return;
    if (isAnswer(line)) {
      this.#settled =
        line.payloadType === 'message' ||
        line.payloadType === 'agent_message' ||
        (this.#settled && line.payloadType === 'reasoning');
      this.#beforeCount = null;
      this.#next = null;
    } else {
      const message = line.type === 'response_item';
      const mayBeNext = message
        ? this.input || !this.explicit
        : line.type === 'turn_context'
          ? this.#context !== null
          : line.payloadType === 'user_message' && !this.explicit;
      if (mayBeNext)
        this.#next = {
          before: this.#next ? this.#next.before : this.#lastTime,
          message: message || (this.#next?.message ?? false),
        };
      else if (line.type === 'event_msg') this.#next = null;
    }
    this.#lastTime = time ?? this.#lastTime;
  }

  /**
   * Adds the usage of a `token_count`. One without news is not the turn's: Codex also writes one when it resumes a
   * thread.
   */
  use(tokens: Tokens | null, contextWindow: number | null, line: RolloutLine): void {
    this.#counted = true;
    this.#beforeCount =
      tokens && this.#tokens && this.#settled
        ? { tokens: this.#tokens, lastTime: this.#lastTime, used: tokens, contextWindow: this.#contextWindow }
        : null;
    this.#contextWindow = contextWindow ?? this.#contextWindow;
    if (!tokens) return;
    this.#tokens = addTokens(this.#tokens, tokens);
    this.#next = null;
    this.#lastTime = timeOf(line.timestamp) ?? this.#lastTime;
  }

  /** Adds the turn's request that the first count of a file gave. */
  useRestored(tokens: Tokens | null): void {
    if (tokens) this.#tokens = addTokens(this.#tokens, tokens);
  }

  /** Notes the usage of one response, which counts where no `token_count` does. */
  respond(id: string, usage: Tokens): void {
    this.#responses.set(id, usage);
  }

  /** Notes a compaction that the response asked for. */
  compactedBy(responseId: string | null): void {
    if (responseId !== null) this.#responses.delete(responseId);
    this.#compacted = true;
  }

  /** True if the model's answer seems complete. */
  get isSettled(): boolean {
    return this.#settled;
  }

  /** Gives up the count that followed the complete answer, when the turn had one of its own before. */
  giveUpLastCount(): Tokens | null {
    const before = this.#beforeCount;
    if (!before) return null;
    this.#beforeCount = null;
    this.#tokens = before.tokens;
    this.#lastTime = before.lastTime;
    this.#contextWindow = before.contextWindow;
    return before.used;
  }

  /** Notes an `error` event, which only files of an extended history have. */
  failed(payload: JsonObject): void {
    const error = errorOf({ error: null, ...payload });
    if (error !== null && !harmless.has(error)) this.#error = error;
  }

  answered(): void {
    this.#answered = true;
  }

  get isReview(): boolean {
    return this.#review;
  }

  reviewing(): void {
    this.#review = true;
  }

  /** Notes that the user ran a command directly. */
  inShell(): void {
    this.#shell = true;
  }

  #task(): TaskKind {
    if (this.#shell && !this.input) return 'shell';
    if (this.#review) return 'review';
    return this.input || (this.#context !== null && !this.#compacted) ? 'regular' : 'compaction';
  }

  /** The time of its last own line, in ms since the epoch. `followed`: another turn begins after it. */
  #lastOwnTime(followed: boolean): number | null {
    return this.#next && (followed || this.#next.message) ? this.#next.before : this.#lastTime;
  }

  /**
   * Returns the turn as it stands. `end` is the payload of its `task_complete` or `turn_aborted`; without one, no line
   * states how and when it ended, and it lasts to its last line. `contextTokens` is the tokens in the context now.
   */
  fact({ threadId, contextTokens, end, followed, contextsTold }: TurnEnding): TurnFact {
    const payload = end?.payload ?? {};
    const context = this.#context ?? {};
    const task = this.#task();
    const error = errorOf(payload.error) ?? this.#error;
    const silent =
      end?.status === 'complete' &&
      task === 'regular' &&
      this.input &&
      error === null &&
      !this.#answered &&
      textOf(payload.last_agent_message) === null;
    const status: TurnStatus | null =
      end?.status === 'aborted'
        ? 'interrupted'
        : error !== null || silent
          ? 'failed'
          : end === null
            ? null
            : 'completed';
    const lastTime = end ? null : this.#lastOwnTime(followed);
    const completedAt = end ? (secondsOf(payload.completed_at) ?? timeOf(end.line.timestamp)) : lastTime;
    const responses = this.#counted || task !== 'regular' || !this.#answered ? [] : [...this.#responses.values()];
    const tokens = this.#tokens ?? responses.reduce<Tokens | null>(addTokens, null);
    return {
      kind: 'turn',
      threadId,
      turnId: this.turnId,
      status,
      statusInferred: silent,
      error,
      task,
      // Without a context the model was not asked, unless the whole file has no contexts.
      reported:
        task === 'regular' &&
        this.input &&
        (this.#context !== null || !this.explicit || (!contextsTold && (this.#answered || tokens !== null))),
      startedAt: secondsOf(this.#started.started_at) ?? secondsOf(payload.started_at) ?? this.lineTime,
      completedAt,
      endInferred: lastTime !== null,
      durationMs: end
        ? countOf(payload.duration_ms)
        : lastTime === null || this.lineTime === null
          ? null
          : Math.max(0, lastTime - this.lineTime),
      timeToFirstTokenMs: countOf(payload.time_to_first_token_ms),
      model: textOf(context.model),
      reasoningEffort: textOf(context.effort),
      approvalPolicy: policyOf(context.approval_policy),
      approvalsReviewer: textOf(context.approvals_reviewer),
      permissions: permissionsOf(context),
      cwd: textOf(context.cwd),
      tokens,
      rootTurnId: textOf(this.#started.root_turn_id) ?? textOf(context.root_turn_id),
      turnTrigger: textOf(objectOf(this.#started.turn_attribution).turn_trigger),
      contextWindow: this.#contextWindow,
      contextTokens: contextTokens ?? responses.at(-1)?.total ?? null,
      toolCalls: this.toolCalls,
    };
  }
}
