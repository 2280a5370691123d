import { z } from 'zod';
import { everything, threadPredicate, type Filter, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns, type Columns } from './columns.ts';
import { ThreadRow } from './shapes.ts';
import { sourcesOf } from './sources.ts';

/** How rows of `threads`, called `thread`, become `ThreadRow`s under a filter: `matching` sets their `matches`, and its values must be bound. */
export interface ThreadRows { readonly row: Columns<typeof ThreadRow>; readonly matching: Predicate }

export function threadRows(filter: Filter): ThreadRows {
  const matching = threadPredicate(filter, 'thread');
  return { row: columns(ThreadRow, 'thread', { ...threadExpressions, matches: matchesExpression(matching) }), matching };
}

/** The rows of the threads at these positions, by their positions; those that are not there are left out. */
export async function threadsAt(store: Reader, filter: Filter, positions: readonly number[]): Promise<ReadonlyMap<number, ThreadRow>> {
  if (positions.length === 0) return new Map();
  const { row, matching } = threadRows(filter);
  // `IN` would be a join, for which the engine reads every column of every thread.
  const rows = await store.rows(`SELECT thread.position, ${row.sql} FROM threads AS thread WHERE thread.position BETWEEN $first AND $last AND list_contains($positions, thread.position)`,
    { ...matching.values, positions, first: Math.min(...positions), last: Math.max(...positions) });
  return new Map(rows.map((each) => [z.int().parse(each.position), row.read(each)]));
}

/** A thread whose creation is unknown matches no range of time, and that is an answer too. */
export const matchesExpression = ({ sql }: Predicate): string => `coalesce((${sql}), FALSE)`;

const threadExpressions = {
  sources: sourcesOf('thread'),
  durationMs: 'thread.last_active_at - thread.created_at',
  childCount: 'thread.children',
  'tokens.input': 'thread.input_tokens', 'tokens.cachedInput': 'thread.cached_input_tokens', 'tokens.output': 'thread.output_tokens',
  'tokens.reasoningOutput': 'thread.reasoning_output_tokens', 'tokens.total': 'thread.total_tokens',
  subtreeSize: 'thread.subtree_end - thread.position + 1',
  subtreeTokens: 'thread.subtree_total_tokens',
};

/**
 * The condition that a thread, called `thread`, matches or stands above one that does. Subtrees are ranges of positions, so a thread has a match in its
 * own exactly when the first match at or after its position is not beyond its end: one ordered pass over all threads.
 */
export function kept(matching: Predicate): Predicate {
  if (matching === everything) return everything;
  return {
    sql: `thread.position IN (SELECT kept.position FROM (
      SELECT thread.position, thread.subtree_end, min(CASE WHEN ${matching.sql} THEN thread.position END) OVER (ORDER BY thread.position DESC) AS next_match
      FROM threads AS thread) AS kept WHERE kept.next_match <= kept.subtree_end)`,
    values: matching.values,
  };
}

/** The same for roots, for which the threads that match tell it. */
export function keptRoots(matching: Predicate): Predicate {
  if (matching === everything) return everything;
  return { sql: `thread.thread_id IN (SELECT thread.root_thread_id FROM threads AS thread WHERE ${matching.sql})`, values: matching.values };
}
