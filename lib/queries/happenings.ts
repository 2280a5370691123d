import { z } from 'zod';
import { allOf, anyOf, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns, type Columns } from './columns.ts';
import { Approval, Compaction, GuardianReview, HookRun, ToolCall } from './shapes.ts';

/** What happened in a thread beside its turns, each in order of time. */
export const ThreadHappenings = z.object({
  compactions: z.array(Compaction),
  guardianReviews: z.array(GuardianReview),
  hookRuns: z.array(HookRun),
  toolCalls: z.array(ToolCall),
  approvals: z.array(Approval),
});
export type ThreadHappenings = z.output<typeof ThreadHappenings>;

/** How the records of each kind are read, as `record`. */
export const compactionColumns = columns(Compaction, 'record', {
  inferred: "record.source = 'rollout'", tokensBeforeExact: 'record.before_is_exact',
  tokensSaved: "CASE WHEN record.status = 'completed' THEN record.tokens_before - record.tokens_after END",
});
export const hookRunColumns = columns(HookRun, 'record');
export const guardianReviewColumns = columns(GuardianReview, 'record');
export const toolCallColumns = columns(ToolCall, 'record');
const approvalColumns = columns(Approval, 'record');

/** What happened in these turns of the thread (null: outside of any turn), or in all of it. */
export async function threadHappenings(store: Reader, threadId: string, turnIds?: readonly (string | null)[]): Promise<ThreadHappenings> {
  const where = allOf([
    { sql: 'record.thread_id = $threadId', values: { threadId } },
    turnIds ? anyOf('record.turn_id', 'turnId', turnIds.map((id) => id ?? '')) : null,
  ]);
  const [compactions, guardianReviews, hookRuns, toolCalls, approvals] = await Promise.all([
    recordsOf(store, 'measured_compactions', compactionColumns, where),
    recordsOf(store, 'guardian_reviews', guardianReviewColumns, where),
    recordsOf(store, 'hook_runs', hookRunColumns, where),
    recordsOf(store, 'placed_tool_calls', toolCallColumns, where),
    recordsOf(store, 'approvals', approvalColumns, where),
  ]);
  return { compactions, guardianReviews, hookRuns, toolCalls, approvals };
}

/** The first `limit` compactions of a thread. */
export async function threadCompactions(store: Reader, threadId: string, limit: number): Promise<Compaction[]> {
  return recordsOf(store, 'measured_compactions', compactionColumns, { sql: 'record.thread_id = $threadId', values: { threadId } }, limit);
}

/** The reviews that a guardian thread made; they belong to the reviewed thread. */
export async function reviewsMade(store: Reader, guardianThreadId: string): Promise<GuardianReview[]> {
  return recordsOf(store, 'guardian_reviews', guardianReviewColumns, { sql: 'record.guardian_thread_id = $guardianThreadId', values: { guardianThreadId } });
}

async function recordsOf<S extends z.ZodObject>(store: Reader, view: string, { sql, read }: Columns<S>, where: Predicate, limit?: number): Promise<z.output<S>[]> {
  const rows = await store.rows(`SELECT ${sql} FROM ${view} AS record WHERE ${where.sql} ORDER BY record.time, record.event_id ${limit === undefined ? '' : `LIMIT ${limit}`}`, where.values);
  return rows.map(read);
}
