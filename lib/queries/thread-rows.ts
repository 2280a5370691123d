import { z } from 'zod';
import { everything, threadPredicate, type Filter, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns, type Columns } from './columns.ts';
import { ThreadRow } from './shapes.ts';
import { sourcesOf } from './sources.ts';

/**
 * Turns rows of `threads`, called `thread`, into `ThreadRow`s under a filter: `matching` sets their `matches`, and its
 * values must be bound.
 */
export interface ThreadRows {
  readonly row: Columns<typeof ThreadRow>;
  readonly matching: Predicate;
}

export function threadRows(filter: Filter): ThreadRows {
  const matching = threadPredicate(filter, 'thread');
  return {
    row: columns(ThreadRow, 'thread', { ...threadExpressions, matches: matchesExpression(matching) }),
    matching,
  };
}

/** Returns the rows of the threads with these numbers, by number; those that do not exist are left out. */
export async function numberedThreads(
  store: Reader,
  filter: Filter,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, ThreadRow>> {
  if (numbers.length === 0) return new Map();
  const { row, matching } = threadRows(filter);
  // `IN` would be a join, for which the engine reads every column of every thread.
  const rows = await store.rows(
    `SELECT thread.thread, ${row.sql} FROM threads AS thread
      WHERE thread.thread BETWEEN $first AND $last AND list_contains($numbers, thread.thread)`,
    { ...matching.values, numbers, first: Math.min(...numbers), last: Math.max(...numbers) },
  );
  return new Map(rows.map((each) => [z.int().parse(each.thread), row.read(each)]));
}

/** The order of all trees, each in pre-order, of threads called `thread`: roots by their creation. */
export const forestOrder = `coalesce(thread.root_created_at, ${Number.MAX_SAFE_INTEGER}), thread.root_thread_id, thread.place`;

/** A thread whose creation is unknown matches no range of time: the result is false then, not null. */
export const matchesExpression = ({ sql }: Predicate): string => `coalesce((${sql}), FALSE)`;

const threadExpressions = {
  sources: sourcesOf('thread'),
  durationMs: 'thread.last_active_at - thread.created_at',
  childCount: 'thread.children',
  'tokens.input': 'thread.input_tokens',
  'tokens.cachedInput': 'thread.cached_input_tokens',
  'tokens.output': 'thread.output_tokens',
  'tokens.reasoningOutput': 'thread.reasoning_output_tokens',
  'tokens.total': 'thread.total_tokens',
  subtreeSize: 'thread.subtree_end - thread.place + 1',
  subtreeTokens: 'thread.subtree_total_tokens',
};

/**
 * Returns the condition that a thread, called `thread`, matches or stands above one that does. Subtrees are ranges of
 * places, so a thread has a match in its own exactly when the first match of its tree at or after its place is not
 * beyond its end: one ordered pass over the threads.
 */
export function matchesOrAbove(matching: Predicate): Predicate {
  if (matching === everything) return everything;
  return {
    sql: `thread.thread IN (SELECT matching.thread FROM (
      SELECT thread.thread, thread.subtree_end,
        min(CASE WHEN ${matching.sql} THEN thread.place END) OVER (PARTITION BY thread.tree
        ORDER BY thread.place DESC) AS next_match
      FROM threads AS thread) AS matching WHERE matching.next_match <= matching.subtree_end)`,
    values: matching.values,
  };
}

/** Returns the same condition for roots, directly from the threads that match. */
export function rootsOfMatches(matching: Predicate): Predicate {
  if (matching === everything) return everything;
  return {
    sql: `thread.tree IN (SELECT thread.tree FROM threads AS thread WHERE ${matching.sql})`,
    values: matching.values,
  };
}
