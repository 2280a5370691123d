import { z } from 'zod';
import { allOf, anyOf, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns, type Columns } from './columns.ts';
import { count } from './fields.ts';
import { firstWithin, mostOnPage } from './page-bytes.ts';
import { Approval, Compaction, GuardianReview, HookRun, ToolCall } from './shapes.ts';

/** Everything that happened in a thread besides its turns, each list in order of time. */
export const ThreadHappenings = z.object({
  compactions: z.array(Compaction),
  guardianReviews: z.array(GuardianReview),
  hookRuns: z.array(HookRun),
  toolCalls: z.array(ToolCall),
  approvals: z.array(Approval),
});
export type ThreadHappenings = z.output<typeof ThreadHappenings>;

/** The columns of each kind of record, as `record`. */
export const compactionColumns = columns(Compaction, 'record', {
  inferred: "record.source = 'rollout'",
  tokensBeforeExact: 'record.before_is_exact',
  tokensSaved: "CASE WHEN record.status = 'completed' THEN record.tokens_before - record.tokens_after END",
});
export const hookRunColumns = columns(HookRun, 'record');
export const guardianReviewColumns = columns(GuardianReview, 'record');
export const toolCallColumns = columns(ToolCall, 'record');
const approvalColumns = columns(Approval, 'record');

/** Some records of a list, by their places in it. */
export interface Part {
  readonly limit: number;
  readonly offset: number;
}
/** The selected turns of a thread: null is outside of any turn; when absent, the whole thread. */
type TurnIds = readonly (string | null)[];

const recordsIn = (threadId: string, turnIds?: TurnIds): Predicate =>
  allOf([
    { sql: 'record.thread_id = $threadId', values: { threadId } },
    turnIds
      ? anyOf(
          'record.turn_id',
          'turnId',
          turnIds.map((id) => id ?? ''),
        )
      : null,
  ]);

/** The view that counts the records of each kind. */
const views = {
  compactions: 'compactions',
  guardianReviews: 'guardian_reviews',
  hookRuns: 'hook_runs',
  toolCalls: 'tool_calls',
  approvals: 'approvals',
} as const satisfies Record<keyof ThreadHappenings, string>;
/** The number of records of each kind. */
export const HappeningTotals = z.object({
  compactions: count,
  guardianReviews: count,
  hookRuns: count,
  toolCalls: count,
  approvals: count,
}) satisfies z.ZodType<Record<keyof ThreadHappenings, number>>;
export type HappeningTotals = z.output<typeof HappeningTotals>;

/** Returns the number of records of each kind in these turns of the thread, or in all of it. */
export async function happeningTotals(store: Reader, threadId: string, turnIds?: TurnIds): Promise<HappeningTotals> {
  const { sql, values } = recordsIn(threadId, turnIds);
  const [row] = await store.rows(
    `SELECT ${Object.entries(views)
      .map(([kind, view]) => `(SELECT count(*) FROM ${view} AS record WHERE ${sql}) AS "${kind}"`)
      .join(', ')}`,
    values,
  );
  return HappeningTotals.parse(row);
}

/** Returns the records of each kind in these turns of the thread, or in all of it: all of each kind, or a part. */
export async function threadHappenings(
  store: Reader,
  threadId: string,
  turnIds?: TurnIds,
  part?: Part,
): Promise<ThreadHappenings> {
  const where = recordsIn(threadId, turnIds);
  const [compactions, guardianReviews, hookRuns, toolCalls, approvals] = await Promise.all([
    recordsOf(store, 'measured_compactions', compactionColumns, where, part),
    recordsOf(store, 'guardian_reviews', guardianReviewColumns, where, part),
    recordsOf(store, 'hook_runs', hookRunColumns, where, part),
    recordsOf(store, 'placed_tool_calls', toolCallColumns, where, part),
    recordsOf(store, 'approvals', approvalColumns, where, part),
  ]);
  return { compactions, guardianReviews, hookRuns, toolCalls, approvals };
}

export const TurnHappenings = ThreadHappenings.extend({
  totals: HappeningTotals.describe('Total of each kind; the lists have the first ones.'),
});
/** The most records and bytes of each kind for a turn. */
const mostOfTurn: Most = { limit: 1000, bytes: 2 << 20 };

/** The limit for each kind: records and, in JSON, bytes. */
export interface Most {
  readonly limit: number;
  readonly bytes: number;
}

/**
 * Returns the records of one turn of a thread (null: outside of any turn), the first of each kind, and their totals.
 */
export async function turnHappenings(
  store: Reader,
  threadId: string,
  turnId: string | null,
  { limit, bytes }: Most = mostOfTurn,
): Promise<z.output<typeof TurnHappenings>> {
  const [{ compactions, guardianReviews, hookRuns, toolCalls, approvals }, totals] = await Promise.all([
    threadHappenings(store, threadId, [turnId], { limit, offset: 0 }),
    happeningTotals(store, threadId, [turnId]),
  ]);
  return {
    compactions: firstWithin(compactions, bytes),
    guardianReviews: firstWithin(guardianReviews, bytes),
    hookRuns: firstWithin(hookRuns, bytes),
    toolCalls: firstWithin(toolCalls, bytes),
    approvals: firstWithin(approvals, bytes),
    totals,
  };
}

/** Returns the first `limit` compactions of a thread, fewer where their texts are long. */
export async function threadCompactions(store: Reader, threadId: string, limit: number): Promise<Compaction[]> {
  return firstWithin(
    await recordsOf(
      store,
      'measured_compactions',
      compactionColumns,
      { sql: 'record.thread_id = $threadId', values: { threadId } },
      { limit, offset: 0 },
    ),
    mostOnPage,
  );
}

/** Returns the reviews that a guardian thread made; they belong to the reviewed thread. */
export async function reviewsMade(store: Reader, guardianThreadId: string): Promise<GuardianReview[]> {
  return recordsOf(store, 'guardian_reviews', guardianReviewColumns, {
    sql: 'record.guardian_thread_id = $guardianThreadId',
    values: { guardianThreadId },
  });
}

async function recordsOf<S extends z.ZodObject>(
  store: Reader,
  view: string,
  { sql, read }: Columns<S>,
  where: Predicate,
  part?: Part,
): Promise<z.output<S>[]> {
  const rows = await store.rows(
    `SELECT ${sql} FROM ${view} AS record WHERE ${where.sql} ORDER BY record.time,
      record.event_id ${part === undefined ? '' : `LIMIT ${part.limit} OFFSET ${part.offset}`}`,
    where.values,
  );
  return rows.map(read);
}
