import { crc32 } from 'node:zlib';
import { isObject, type JsonObject } from '../../events/json-object.ts';
import type { GuardianReviewFact, TurnFact } from './facts.ts';
import { objectOf, textOf } from './values.ts';

const sessionPart = 'Reviewed Codex session id:';
/** Names of tools in a planned action, and of actions in analytics (`schema.md` §4.6). */
const actions: ReadonlyMap<string, string> = new Map([
  ['exec_command', 'unified_exec'],
  ['unified_exec', 'unified_exec'],
  ['shell', 'shell'],
  ['shell_command', 'shell'],
  ['local_shell', 'shell'],
  ['apply_patch', 'apply_patch'],
  ['mcp_tool_call', 'mcp_tool_call'],
  ['request_permissions', 'request_permissions'],
  ['network_access', 'network_access'],
  ['write_stdin', 'write_stdin'],
  ['execve', 'execve'],
]);

function jsonObjectOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Returns the type of an action as assessments give it; for a command, by what was to run it. */
export const assessedActionOf = (action: JsonObject): string | null => {
  const type = textOf(action.type) === 'command' ? (textOf(action.source) ?? 'shell') : textOf(action.type);
  return type === null ? null : (actions.get(type) ?? type);
};

function actionTypeOf(action: JsonObject): string | null {
  const tool = textOf(action.tool);
  return tool === null ? null : (actions.get(tool) ?? tool);
}

/** The subject of a guardian's prompt. */
interface Request {
  readonly reviewedThreadId: string | null;
  readonly actionType: string | null;
  readonly action: string | null;
}
const unknownRequest: Request = { reviewedThreadId: null, actionType: null, action: null };

/**
 * Reads the text parts of a guardian's prompt. The transcript among them may say anything; only a separate part begins
 * with these words.
 */
function requestOf(payload: JsonObject): Request {
  const parts = Array.isArray(payload.content) ? payload.content.map((part) => textOf(objectOf(part).text) ?? '') : [];
  const session = parts.findLast((part) => part.startsWith(sessionPart));
  const actionText = parts.findLast((part) => part.startsWith('{'));
  const action = actionText === undefined ? null : jsonObjectOf(actionText);
  return {
    reviewedThreadId: session === undefined ? null : textOf(session.slice(sessionPart.length).trim().slice(0, 128)),
    actionType: action && actionTypeOf(action),
    action: actionText === undefined ? null : `${actionText.length} ${crc32(actionText)}`,
  };
}

type Verdict = Pick<
  GuardianReviewFact,
  'terminalStatus' | 'decision' | 'failureReason' | 'outcome' | 'riskLevel' | 'userAuthorization'
>;
const without = { outcome: null, riskLevel: null, userAuthorization: null } as const;

/**
 * Reads the answer: one JSON object, maybe with words around it. Missing members have Codex's defaults (`schema.md`
 * §4.6).
 */
function assessmentOf(answer: string): Verdict | null {
  const assessment = jsonObjectOf(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
  const outcome = assessment?.outcome;
  if (!assessment || (outcome !== 'allow' && outcome !== 'deny')) return null;
  const decision = outcome === 'allow' ? 'approved' : 'denied';
  return {
    terminalStatus: decision,
    decision,
    failureReason: null,
    outcome,
    riskLevel: textOf(assessment.risk_level) ?? (outcome === 'allow' ? 'low' : 'high'),
    userAuthorization: textOf(assessment.user_authorization) ?? 'unknown',
  };
}

/** The time that every examined version allows for all attempts of a review. */
const timeoutMs = 90_000;
const mostAttempts = 3;

/** An ended turn of the guardian, with its answer and the line times of its start and end, exact to the ms. */
export interface GuardianTurn {
  readonly fact: TurnFact;
  readonly line: number;
  readonly answer: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The turn under review, if the version says it. */
  readonly parentTurnId: string | null;
}
export interface FoundReview {
  readonly line: number;
  readonly fact: GuardianReviewFact;
}

/** How a review without an assessment ended. */
function failureOf({ fact: last, answer }: GuardianTurn, latencyMs: number | null): Verdict {
  if (last.status === null) return { terminalStatus: null, decision: null, failureReason: null, ...without };
  if (last.status === 'interrupted') {
    return latencyMs !== null && latencyMs >= timeoutMs - 1000
      ? { terminalStatus: 'timed_out', decision: 'denied', failureReason: 'timeout', ...without }
      : { terminalStatus: 'aborted', decision: 'aborted', failureReason: 'cancelled', ...without };
  }
  return {
    terminalStatus: 'failed_closed',
    decision: 'denied',
    failureReason: answer === null || last.error !== null ? 'session_error' : 'parse_error',
    ...without,
  };
}

/**
 * The reviews in a guardian's own rollout. Each turn is one attempt. After an attempt without an assessment, up to two
 * more attempts at the same action belong to the same review.
 */
export class GuardianReviews {
  readonly #guardianThreadId: string;
  readonly #parentThreadId: string | null;
  #request: Request = unknownRequest;
  #review: {
    readonly first: GuardianTurn;
    readonly last: GuardianTurn;
    readonly request: Request;
    readonly attempts: number;
  } | null = null;
  /** The reviewed thread, from the latest prompt: versions before 0.142 state it nowhere else. */
  reviewedThreadId: string | null;

  constructor(guardianThreadId: string, parentThreadId: string | null) {
    this.#guardianThreadId = guardianThreadId;
    this.#parentThreadId = parentThreadId;
    this.reviewedThreadId = parentThreadId;
  }

  /** Reads a user's message in the guardian's thread: a `response_item`. Messages without a request change nothing. */
  prompted(payload: JsonObject): void {
    const request = requestOf(payload);
    if (request.action === null && request.reviewedThreadId === null) return;
    this.#request = request;
    this.reviewedThreadId ??= request.reviewedThreadId;
  }

  *turnEnded(turn: GuardianTurn): Generator<FoundReview, void> {
    const [request, before] = [this.#request, this.#review];
    this.#request = unknownRequest;
    const again =
      before !== null &&
      before.attempts < mostAttempts &&
      (before.last.fact.status === 'completed' || before.last.fact.status === 'failed') &&
      request.action !== null &&
      before.request.action === request.action &&
      before.last.parentTurnId === turn.parentTurnId;
    if (!again) yield* this.end();
    this.#review = again
      ? { ...before, last: turn, attempts: before.attempts + 1 }
      : { first: turn, last: turn, request, attempts: 1 };
    if (turn.answer !== null && assessmentOf(turn.answer)) yield* this.end();
  }

  /** Returns the review that might have had another attempt. */
  *end(): Generator<FoundReview, void> {
    if (!this.#review) return;
    const { first, last, request, attempts } = this.#review;
    this.#review = null;
    const span = first.startedAt === null || last.endedAt === null ? null : Math.max(0, last.endedAt - first.startedAt);
    const latencyMs = attempts === 1 ? (last.fact.durationMs ?? span) : span;
    const assessment = last.answer === null || last.fact.status === 'interrupted' ? null : assessmentOf(last.answer);
    const fact: GuardianReviewFact = {
      kind: 'guardian_review',
      reviewId: `${this.#guardianThreadId}/${first.fact.turnId}`,
      guardianThreadId: this.#guardianThreadId,
      guardianTurnId: first.fact.turnId,
      targetItemId: null,
      reviewedThreadId: this.#parentThreadId ?? request.reviewedThreadId ?? this.reviewedThreadId,
      reviewedTurnId: last.parentTurnId,
      ...(assessment ?? failureOf(last, latencyMs)),
      actionType: request.actionType,
      attempts,
      model: last.fact.model,
      startedAt: first.fact.startedAt,
      completedAt: last.fact.completedAt,
      latencyMs,
      timeToFirstTokenMs: last.fact.timeToFirstTokenMs,
      tokens: last.fact.tokens,
    };
    yield { line: first.line, fact };
  }
}
