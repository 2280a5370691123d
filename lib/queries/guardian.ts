import { z } from 'zod';
import type { Filter } from '../filters.ts';
import { quantile } from '../store/expressions.ts';
import type { Reader } from '../store/store.ts';
import {
  breakdown,
  breakdownShape,
  groupKey,
  mostGroups,
  ofRecord,
  recordList,
  type Breakdown,
  type Selection,
} from './breakdown.ts';
import { columns } from './columns.ts';
import { guardianReviewColumns } from './happenings.ts';
import { count, integer, integerOrNull } from './fields.ts';
import { GuardianCounts, GuardianReview, NextCursor, type Page } from './shapes.ts';

export const guardianDimensions = [
  'decision',
  'terminalStatus',
  'failureReason',
  'riskLevel',
  'userAuthorization',
  'outcome',
  'actionType',
  'requestSource',
  'sessionKind',
  'guardianModel',
] as const;
export type GuardianDimension = (typeof guardianDimensions)[number];
const reviews: Breakdown<GuardianDimension> = {
  view: 'guardian_reviews',
  counted: 'selected_guardian_reviews',
  dimensions: {
    decision: ofRecord('decision'),
    terminalStatus: ofRecord('terminal_status'),
    failureReason: ofRecord('failure_reason'),
    riskLevel: ofRecord('risk_level'),
    userAuthorization: ofRecord('user_authorization'),
    outcome: ofRecord('outcome'),
    actionType: ofRecord('action_type'),
    requestSource: ofRecord('request_source'),
    sessionKind: ofRecord('session_kind'),
    guardianModel: ofRecord('guardian_model'),
  },
};

/** A review of any other terminal status is in the total only. */
export const GuardianStatuses = z.object({ total: count, ...GuardianCounts.shape });
/** The figures of `GuardianStatuses` over the reviews called `record`. */
export const guardianMeasures = {
  total: 'count(*)',
  approved: "count(*) FILTER (WHERE record.terminal_status = 'approved')",
  denied: "count(*) FILTER (WHERE record.terminal_status = 'denied')",
  failedClosed: "count(*) FILTER (WHERE record.terminal_status = 'failed_closed')",
  timedOut: "count(*) FILTER (WHERE record.terminal_status = 'timed_out')",
  aborted: "count(*) FILTER (WHERE record.terminal_status = 'aborted')",
} as const satisfies Record<keyof z.output<typeof GuardianStatuses>, string>;

const GuardianMeasures = GuardianStatuses.extend({
  latencyMs: z
    .object({ p50: integerOrNull, p95: integerOrNull })
    .describe("From the request to the guardian's answer."),
  totalTokens: integer.describe('Tokens as the reviews report.'),
});
export const GuardianGroup = GuardianMeasures.extend({ key: groupKey(guardianDimensions) }).meta({
  id: 'GuardianGroup',
});
export type GuardianGroup = z.output<typeof GuardianGroup>;
export const GuardianBreakdown = breakdownShape(GuardianGroup, GuardianMeasures).meta({ id: 'GuardianBreakdown' });
export type GuardianBreakdown = z.output<typeof GuardianBreakdown>;
const measures = columns(GuardianMeasures, 'record', {
  ...guardianMeasures,
  'latencyMs.p50': quantile('record.latency_ms', 0.5),
  'latencyMs.p95': quantile('record.latency_ms', 0.95),
  totalTokens: 'coalesce(sum(record.total_tokens), 0)',
});

/**
 * Returns guardian reviews by the values of `by`, the largest groups first: as many as a page has room for, or `most`.
 * Without dimensions, one group.
 */
export async function guardianBreakdown(
  store: Reader,
  filter: Filter,
  by: readonly GuardianDimension[],
  most: number = mostGroups.page,
): Promise<GuardianBreakdown> {
  return breakdown(store, reviews, measures, filter, by, most);
}

export const GuardianReviewList = z.object({ records: z.array(GuardianReview), nextCursor: NextCursor });
export type GuardianReviewList = z.output<typeof GuardianReviewList>;

/** Returns the guardian reviews behind a segment, newest first. Throws `BadCursor`. */
export async function guardianReviewList(
  store: Reader,
  filter: Filter,
  selection: Selection<GuardianDimension>,
  page: Page,
): Promise<GuardianReviewList> {
  return recordList(store, reviews, guardianReviewColumns, filter, selection, page);
}
