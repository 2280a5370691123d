import { permissionsOf } from '../../events/permissions.ts';
import type { JsonObject } from '../../events/json-object.ts';
import type { TaskKind, Tokens, TurnFact, TurnStatus } from './facts.ts';
import type { RolloutLine } from './line.ts';
import { addTokens } from './tokens.ts';
import { countOf, objectOf, secondsOf, textOf, timeOf } from './values.ts';

/** A plain kind is a string, a kind with data an object with one key. */
function errorOf(value: unknown): string | null {
  const error = objectOf(value);
  if (Object.keys(error).length === 0) return null;
  const info = error.codex_error_info;
  return textOf(info) ?? Object.keys(objectOf(info))[0] ?? 'other';
}

/** `granular` and the like are objects with one key. */
const policyOf = (value: unknown): string | null => textOf(value) ?? Object.keys(objectOf(value))[0] ?? null;

/** A turn while its lines are read. It is written down at once when it ends, so that only one is held. */
export class OpenTurn {
  turnId: string;
  readonly line: number;
  /** Whether a `task_started` opened it: before there were any, a turn is what follows a user's message. */
  readonly explicit: boolean;
  readonly lineTime: number | null;
  readonly parentTurnId: string | null;
  readonly #started: JsonObject;
  #context: JsonObject | null = null;
  #tokens: Tokens | null = null;
  #contextWindow: number | null;
  #answered = false;
  #compacted = false;
  #shell = false;
  #review: boolean;
  /** Whether input of the user, or of another agent, was seen. */
  input = false;
  toolCalls = 0;

  constructor({ turnId, line, started, review }: { readonly turnId: string; readonly line: RolloutLine; readonly started: JsonObject | null; readonly review: boolean }) {
    this.turnId = turnId;
    this.line = line.number;
    this.explicit = started !== null;
    this.lineTime = timeOf(line.timestamp);
    this.#started = started ?? {};
    this.parentTurnId = textOf(objectOf(this.#started.turn_attribution).parent_turn_id);
    this.#contextWindow = countOf(this.#started.model_context_window);
    this.#review = review;
  }

  /** Whether the model may have been asked already: what is compacted now is compacted in the middle of the turn. */
  get begun(): boolean {
    return this.input || (this.#context !== null && !this.#compacted);
  }

  get model(): string | null {
    return this.#context && textOf(this.#context.model);
  }

  context(payload: JsonObject): void {
    this.#context = payload;
  }

  use(tokens: Tokens | null, contextWindow: number | null): void {
    if (tokens) this.#tokens = addTokens(this.#tokens, tokens);
    this.#contextWindow = contextWindow ?? this.#contextWindow;
  }

  answered(): void {
    this.#answered = true;
  }

  compacted(): void {
    this.#compacted = true;
  }

  get isReview(): boolean {
    return this.#review;
  }

  reviewing(): void {
    this.#review = true;
  }

  /** The user ran a command by themselves. */
  inShell(): void {
    this.#shell = true;
  }

  #task(): TaskKind {
    if (this.#shell && !this.input) return 'shell';
    if (this.#review) return 'review';
    return this.input || (this.#context !== null && !this.#compacted) ? 'regular' : 'compaction';
  }

  /** The turn as it stands. `end` is the payload of its `task_complete` or `turn_aborted`; without one it never ended. `contextTokens` is what the context holds now. */
  fact(threadId: string, contextTokens: number | null, end: { readonly status: 'complete' | 'aborted'; readonly payload: JsonObject; readonly line: RolloutLine } | null): TurnFact {
    const payload = end?.payload ?? {};
    const context = this.#context ?? {};
    const task = this.#task();
    const error = errorOf(payload.error);
    const silent = end?.status === 'complete' && task === 'regular' && this.input && error === null && !this.#answered && textOf(payload.last_agent_message) === null;
    const status: TurnStatus | null = end === null ? null : end.status === 'aborted' ? 'interrupted' : error !== null || silent ? 'failed' : 'completed';
    const completedAt = end && (secondsOf(payload.completed_at) ?? timeOf(end.line.timestamp));
    return {
      kind: 'turn', threadId, turnId: this.turnId, status, statusInferred: silent || (end !== null && !this.explicit && end.status === 'complete'), error, task,
      reported: task === 'regular' && this.input && (this.#context !== null || !this.explicit),
      startedAt: secondsOf(this.#started.started_at) ?? secondsOf(payload.started_at) ?? this.lineTime, completedAt, durationMs: countOf(payload.duration_ms),
      timeToFirstTokenMs: countOf(payload.time_to_first_token_ms), model: textOf(context.model), reasoningEffort: textOf(context.effort),
      approvalPolicy: policyOf(context.approval_policy), approvalsReviewer: textOf(context.approvals_reviewer), permissions: permissionsOf(context), cwd: textOf(context.cwd),
      tokens: this.#tokens, rootTurnId: textOf(this.#started.root_turn_id) ?? textOf(context.root_turn_id), turnTrigger: textOf(objectOf(this.#started.turn_attribution).turn_trigger),
      contextWindow: this.#contextWindow, contextTokens, toolCalls: this.toolCalls,
    };
  }
}
