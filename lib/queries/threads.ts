import { z } from 'zod';
import { allOf, threadPredicate, type Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { NextCursor, ThreadRow, type Page } from './shapes.ts';
import { matchesOrAbove, rootsOfMatches, numberedThreads } from './thread-rows.ts';

/** The fields of `ThreadRow` that can order the list of threads. */
export const threadSortFields = [
  'createdAt',
  'lastActiveAt',
  'durationMs',
  'turns',
  'subtreeTurns',
  'tokens',
  'subtreeTokens',
  'subtreeSize',
  'height',
  'compactions',
  'subtreeCompactions',
  'tokensSaved',
  'subtreeTokensSaved',
] as const;
export type ThreadSortField = (typeof threadSortFields)[number];
/** `-` is descending. Threads without a value come last either way. */
export type ThreadSort = ThreadSortField | `-${ThreadSortField}`;
export const threadSorts: readonly ThreadSort[] = threadSortFields.flatMap((field): ThreadSort[] => [
  `-${field}`,
  field,
]);

export const ThreadList = z.object({ threads: z.array(ThreadRow), nextCursor: NextCursor }).meta({ id: 'ThreadList' });
export type ThreadList = z.output<typeof ThreadList>;

export interface ThreadListOptions extends Page {
  /** By default newest first; children are in the order of the tree by default. */
  readonly sort?: ThreadSort | undefined;
  /** The thread whose children are listed; without it, roots. */
  readonly parentThreadId?: string | undefined;
}

/**
 * Returns roots, or the children of a thread. Under a filter it lists those that match or have a descendant that does;
 * `matches` tells them apart. Throws `BadCursor`.
 */
export async function threadList(
  store: Reader,
  filter: Filter,
  { sort, parentThreadId, limit, cursor }: ThreadListOptions,
): Promise<ThreadList> {
  const matching = threadPredicate(filter, 'thread');
  const { expression, descending } = order(sort ?? (parentThreadId === undefined ? '-createdAt' : null));
  const tie = parentThreadId === undefined ? 'thread.thread_id' : 'thread.place';
  const after = cursor === undefined ? null : decodeCursor(cursor, place);
  const { sql, values } = allOf([
    ...(parentThreadId === undefined
      ? [{ sql: 'thread.depth = 0', values: {} }, rootsOfMatches(matching)]
      : [{ sql: 'thread.parent_thread_id = $parentThreadId', values: { parentThreadId } }, matchesOrAbove(matching)]),
    after && {
      sql: `${expression} ${descending ? '<' : '>'} $afterValue
        OR (${expression} = $afterValue AND ${tie} > $afterTie)`,
      values: { afterValue: after[0], afterTie: after[1] },
    },
  ]);
  // The places alone come first: the many columns of a row are read for one page of rows only.
  const places = Places.parse(
    await store.rows(
      `SELECT ${expression} AS value, ${tie} AS tie, thread.thread FROM threads AS thread WHERE ${sql}
    ORDER BY ${expression} ${descending ? 'DESC' : 'ASC'}, ${tie} LIMIT ${limit + 1}`,
      values,
    ),
  );
  const shown = places.slice(0, limit);
  const rows = await numberedThreads(
    store,
    filter,
    shown.map(({ thread }) => thread),
  );
  const last = places.length > limit ? shown.at(-1) : undefined;
  return {
    threads: shown.flatMap(({ thread }) => rows.get(thread) ?? []),
    nextCursor: last ? encodeCursor(place.parse([last.value, last.tie])) : null,
  };
}
/** A sum may be beyond 2⁵³, where the store has a bigint. */
const value = z.coerce.number();
/** Equal ones are in the order of their ids, or, below one parent, of the tree. */
const tie = z.union([z.string(), z.number()]);
const place = z.tuple([value, tie]);
const Places = z.array(z.object({ value, tie, thread: z.int() }));

/**
 * Returns the expression that `sort` orders by; null is the order of the tree. A missing value counts as beyond the
 * end.
 */
function order(sort: ThreadSort | null): { readonly expression: string; readonly descending: boolean } {
  if (sort === null) return { expression: 'thread.place', descending: false };
  const descending = sort.startsWith('-');
  const field = threadSortFields.find((name) => name === (descending ? sort.slice(1) : sort)) ?? 'createdAt';
  return {
    expression: `coalesce(${threadSortExpressions[field]}, ${descending ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER})`,
    descending,
  };
}
/** The expression of each field in a row of `threads`, called `thread`. */
export const threadSortExpressions: Readonly<Record<ThreadSortField, string>> = {
  createdAt: 'thread.created_at',
  lastActiveAt: 'thread.last_active_at',
  durationMs: 'thread.last_active_at - thread.created_at',
  turns: 'thread.turns',
  subtreeTurns: 'thread.subtree_turns',
  tokens: 'thread.total_tokens',
  subtreeTokens: 'thread.subtree_total_tokens',
  subtreeSize: 'thread.subtree_end - thread.place',
  height: 'thread.height',
  compactions: 'thread.compactions',
  subtreeCompactions: 'thread.subtree_compactions',
  tokensSaved: 'thread.tokens_saved',
  subtreeTokensSaved: 'thread.subtree_tokens_saved',
};
