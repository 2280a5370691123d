import { z } from 'zod';
import { allOf, type Filter } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { columns } from '../columns.ts';
import { guardianMeasures } from '../guardian.ts';
import { GuardianCounts } from '../shapes.ts';
import { matchesOrAbove, threadRows, numberedThreads } from '../thread-rows.ts';
import { GuardianThreads, type OutlineRows } from './shapes.ts';

/** The most rows in one answer. */
export const mostRows = 500;
/** Nodes by their numbers in an outline, separated by commas. */
export const NodeNumbers = z.string().transform((text, context) => {
  const nodes = text.split(',').map(Number);
  if (/^-?\d{1,9}(,-?\d{1,9})*$/.test(text) && nodes.length <= mostRows) return nodes;
  context.addIssue({ code: 'custom', message: `it must be at most ${mostRows} whole numbers with commas between` });
  return z.NEVER;
});

/**
 * Returns the rows of these nodes of an outline; nodes that do not exist are left out. Figures are the whole thread's,
 * whatever the filter.
 */
export async function outlineRows(store: Reader, filter: Filter, nodes: readonly number[]): Promise<OutlineRows> {
  const [threads, guardians] = await Promise.all([
    numberedThreads(
      store,
      filter,
      nodes.filter((node) => node >= 0),
    ),
    guardiansOf(
      store,
      filter,
      nodes.filter((node) => node < 0),
    ),
  ]);
  return { threads: [...threads].map(([node, thread]) => ({ node, thread })), guardians };
}

/** Returns nodes of guardian threads; each is named by the reviewed thread (`shapes.ts`). */
async function guardiansOf(store: Reader, filter: Filter, nodes: readonly number[]): Promise<GuardianThreads[]> {
  if (nodes.length === 0) return [];
  const reviewed = nodes.filter((node) => node < none).map((node) => -2 - node);
  const members = nodes.includes(none)
    ? '(reviewed.thread IS NOT NULL OR thread.parent_thread_id IS NULL)'
    : 'reviewed.thread IS NOT NULL';
  const where = allOf([
    { sql: `thread.kind = 'guardian' AND ${members}`, values: { reviewed } },
    matchesOrAbove(threadRows(filter).matching),
  ]);
  const rows = await store.rows(
    `WITH member AS MATERIALIZED (
      SELECT thread.thread_id, coalesce(-2 - reviewed.thread, ${none}) AS node,
        reviewed.thread_id AS reviewed_thread_id, reviewed.title AS reviewed_title,
        thread.turns, thread.total_tokens, thread.created_at, thread.last_active_at
      FROM threads AS thread LEFT JOIN (SELECT thread_id, thread, title FROM threads
        WHERE list_contains(CAST($reviewed AS BIGINT[]), thread)) AS reviewed
        ON reviewed.thread_id = thread.parent_thread_id WHERE ${where.sql}
    ), made AS (
      SELECT record.guardian_thread_id, ${counts.sql} FROM guardian_reviews AS record
        WHERE record.guardian_thread_id IN (SELECT thread_id FROM member) GROUP BY record.guardian_thread_id
    )
    SELECT ${group.sql} FROM member LEFT JOIN made ON made.guardian_thread_id = member.thread_id
    GROUP BY member.node, member.reviewed_thread_id, member.reviewed_title`,
    where.values,
  );
  return rows.map((row) => group.read(row));
}
/** Guardians without a reviewed thread. */
const none = -1;
const counts = columns(GuardianCounts, 'record', guardianMeasures);
const group = columns(GuardianThreads, 'member', {
  node: 'member.node',
  threads: 'count(*)',
  turns: 'sum(member.turns)',
  tokens: 'sum(member.total_tokens)',
  createdAt: 'min(member.created_at)',
  durationMs: 'max(member.last_active_at) - min(member.created_at)',
  ...Object.fromEntries(
    Object.keys(GuardianCounts.shape).map((name) => [`guardian.${name}`, `coalesce(sum(made."${name}"), 0)`]),
  ),
});
