import type { JsonObject } from '../../events/json-object.ts';
import type { GuardianReviewFact } from './facts.ts';
import { assessedActionOf, type FoundReview } from './guardian.ts';
import type { RolloutLine } from './line.ts';
import { millisecondsOf, objectOf, textOf, timeOf } from './values.ts';

type Verdict = Pick<GuardianReviewFact, 'terminalStatus' | 'decision' | 'failureReason' | 'outcome'>;
const running: Verdict = { terminalStatus: null, decision: null, failureReason: null, outcome: null };
const verdicts: ReadonlyMap<string, Verdict> = new Map<string, Verdict>([
  ['approved', { terminalStatus: 'approved', decision: 'approved', failureReason: null, outcome: 'allow' }],
  ['denied', { terminalStatus: 'denied', decision: 'denied', failureReason: null, outcome: 'deny' }],
  ['timed_out', { terminalStatus: 'timed_out', decision: 'denied', failureReason: 'timeout', outcome: null }],
  ['aborted', { terminalStatus: 'aborted', decision: 'aborted', failureReason: 'cancelled', outcome: null }],
]);
/** More reviews than these are never open at once. */
const mostOpen = 1024;

/**
 * The `guardian_assessment` events in the rollout of a reviewed thread, which only an extended history has: one when a
 * review begins and one when it has ended, with the id of the review in both.
 */
export class Assessments {
  readonly #threadId: string;
  readonly #open = new Map<string, FoundReview>();

  constructor(threadId: string) {
    this.#threadId = threadId;
  }

  *assessed(line: RolloutLine, payload: JsonObject, openTurnId: string | null): Generator<FoundReview, void> {
    const reviewId = textOf(payload.id);
    if (reviewId === null) return;
    const begun = this.#open.get(reviewId);
    const verdict = verdicts.get(textOf(payload.status) ?? '') ?? running;
    const [time, ended] = [timeOf(line.timestamp), verdict.terminalStatus !== null];
    const startedAt = millisecondsOf(payload.started_at_ms) ?? begun?.fact.startedAt ?? (ended ? null : time);
    const completedAt = ended ? (millisecondsOf(payload.completed_at_ms) ?? time) : null;
    const fact: GuardianReviewFact = {
      kind: 'guardian_review',
      reviewId,
      guardianThreadId: null,
      guardianTurnId: null,
      targetItemId: textOf(payload.target_item_id) ?? begun?.fact.targetItemId ?? null,
      reviewedThreadId: this.#threadId,
      reviewedTurnId: textOf(payload.turn_id) ?? begun?.fact.reviewedTurnId ?? openTurnId,
      ...verdict,
      riskLevel: textOf(payload.risk_level),
      userAuthorization: textOf(payload.user_authorization),
      actionType: assessedActionOf(objectOf(payload.action)) ?? begun?.fact.actionType ?? null,
      attempts: 1,
      model: null,
      startedAt,
      completedAt,
      latencyMs: startedAt === null || completedAt === null ? null : Math.max(0, completedAt - startedAt),
      timeToFirstTokenMs: null,
      tokens: null,
    };
    const review = { line: begun?.line ?? line.number, fact };
    this.#open.delete(reviewId);
    if (ended) yield review;
    else this.#open.set(reviewId, review);
    if (this.#open.size > mostOpen) yield* this.end(1);
  }

  /** Returns the reviews for which no line says how they ended. */
  *end(most = Infinity): Generator<FoundReview, void> {
    for (const [id, review] of [...this.#open].slice(0, most)) {
      this.#open.delete(id);
      yield review;
    }
  }
}
