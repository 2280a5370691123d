import { z } from 'zod';
import type { Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { nextOffset, offsetOf } from './cursor.ts';
import { count, textOrNull } from './fields.ts';
import {
  happeningTotals,
  HappeningTotals,
  reviewsMade,
  threadHappenings,
  ThreadHappenings,
  type Part,
} from './happenings.ts';
import { GuardianReview, NextCursor, Page, ThreadRow, Turn } from './shapes.ts';
import { ThreadName } from './thread-names.ts';
import { forestOrder, numberedThreads } from './thread-rows.ts';
import { numberedTurns } from './turns.ts';

export const ThreadDetail = z
  .object({
    thread: ThreadRow,
    /** From the root down to the parent. */
    ancestors: z.array(ThreadRow),
    /** In pre-order, without the thread itself. */
    subtree: z.array(ThreadRow),
    /** In order of time. */
    turns: z.array(Turn),
    ...ThreadHappenings.shape,
    /** For a guardian thread: the reviews that it made, which belong to the reviewed thread. */
    reviewsMade: z.array(GuardianReview),
    totals: z
      .object({ ancestors: count, subtree: count, turns: count, ...HappeningTotals.shape, reviewsMade: count })
      .describe('Total of each kind.'),
    nextCursor: NextCursor.describe('Continues every list; null when all lists have ended.'),
  })
  .meta({ id: 'ThreadDetail' });
export type ThreadDetail = z.output<typeof ThreadDetail>;

/** Longer lists of a thread come page by page: a chain of 100,000 threads would make an answer of more than 100 MB. */
const mostOfEach = 1000;
/** One page of all lists of a thread at once: its `limit` is that of each list. */
export const ThreadPage = Page.extend({ limit: Page.shape.limit.unwrap().default(mostOfEach) });

/**
 * Returns a thread with everything that belongs to it, one page of each list; null when there is no such thread. The
 * filter only sets `matches` of the rows. Throws `BadCursor`.
 */
export async function threadDetail(
  store: Reader,
  threadId: string,
  filter: Filter = {},
  { limit, cursor }: Page = { limit: mostOfEach },
): Promise<ThreadDetail | null> {
  const from = offsetOf({ cursor });
  const place = await placeOf(store, threadId);
  if (!place) return null;
  const { thread: number, depth } = place;
  const part = { limit, offset: from };
  const [rows, ancestors, subtree, turns, happenings, counts, made] = await Promise.all([
    numberedThreads(store, filter, [number]),
    rowsWhere(store, filter, upwards, place, part),
    rowsWhere(store, filter, below, place, part),
    numberedTurns(store, threadId, { first: from + 1, limit }),
    threadHappenings(store, threadId, undefined, part),
    happeningTotals(store, threadId),
    reviewsMade(store, threadId),
  ]);
  const thread = rows.get(number);
  if (!thread) return null;
  const totals = {
    ancestors: depth,
    subtree: place.subtreeEnd - place.place,
    turns: turns.total,
    ...counts,
    reviewsMade: made.length,
  };
  return {
    thread,
    ancestors,
    subtree,
    turns: turns.turns,
    ...happenings,
    reviewsMade: made.slice(from, from + limit),
    totals,
    nextCursor: nextOffset({ from, limit, found: Math.max(...Object.values(totals)) - from }),
  };
}

/**
 * A thread with its way down from the root. Of many ancestors, the `first` ones below the root (with it) and the `last`
 * ones above the thread are named; `between` is the number of those between them.
 */
export interface ThreadLineage {
  readonly thread: ThreadRow;
  readonly first: readonly ThreadName[];
  readonly between: number;
  readonly last: readonly ThreadName[];
}
/** The number of ancestors named at each end. A thread may have thousands, and reading them takes seconds. */
const namedAtEachEnd = 4;

/**
 * Returns null when there is no such thread. Linear in the threads, and fast: of the ancestors, only the named ones are
 * read.
 */
export async function threadLineage(store: Reader, threadId: string): Promise<ThreadLineage | null> {
  const [found] = await store.rows('SELECT thread, tree, place, depth FROM threads WHERE thread_id = $threadId', {
    threadId,
  });
  if (!found) return null;
  const { thread: number, tree, place, depth } = Place.parse(found);
  const above = 'thread.tree = $tree AND thread.place < $place AND thread.subtree_end >= $place';
  const [threads, named] = await Promise.all([
    numberedThreads(store, {}, [number]),
    store.rows(
      inOrder(
        names.sql,
        `${above} AND (thread.depth < ${namedAtEachEnd} OR thread.depth >= $depth - ${namedAtEachEnd})`,
      ),
      { tree, place, depth },
    ),
  ]);
  const thread = threads.get(number);
  const ancestors = named.map((row) => names.read(row));
  return thread
    ? {
        thread,
        first: ancestors.slice(0, namedAtEachEnd),
        between: depth - ancestors.length,
        last: ancestors.slice(namedAtEachEnd),
      }
    : null;
}
const Place = z.object({ thread: z.int(), tree: z.int(), place: z.int(), depth: z.int() });
const names = columns(ThreadName, 'thread');

export const ThreadNeighbours = z.object({
  previous: textOrNull.describe('Before it in the order of all trees.'),
  next: textOrNull,
  previousSibling: textOrNull.describe('With the same parent; of a root, the root before it.'),
  nextSibling: textOrNull,
});
export type ThreadNeighbours = z.output<typeof ThreadNeighbours>;

/**
 * Returns the neighbours of a thread, in the order of all trees and below the same parent. Linear in its tree and in
 * the roots.
 */
export async function threadNeighbours(store: Reader, threadId: string): Promise<ThreadNeighbours> {
  const [row] = await store.rows(
    `WITH own AS (SELECT tree, place, subtree_end, depth FROM threads WHERE thread_id = $threadId), roots AS (
      SELECT thread.tree, lag(thread.tree) OVER in_order AS earlier, lead(thread.tree) OVER in_order AS later
        FROM threads AS thread WHERE thread.depth = 0 WINDOW in_order AS (ORDER BY ${forestOrder})
    ), beside AS (SELECT own.*, roots.earlier, roots.later FROM own JOIN roots USING (tree))
    SELECT
      coalesce(max(CASE WHEN other.tree = own.tree AND other.place = own.place - 1 THEN other.thread_id END),
        max({'place': other.place, 'id': other.thread_id}) FILTER (WHERE own.place = 0
          AND other.tree = own.earlier).id) AS "previous",
      coalesce(max(CASE WHEN other.tree = own.tree AND other.place = own.place + 1 THEN other.thread_id END),
        max(CASE WHEN other.tree = own.later AND other.place = 0 THEN other.thread_id END)) AS "next",
      max(CASE WHEN other.depth = own.depth
        AND ((other.tree = own.tree AND other.subtree_end = own.place - 1)
        OR (own.depth = 0 AND other.tree = own.earlier)) THEN other.thread_id END) AS "previousSibling",
      max(CASE WHEN other.depth = own.depth
        AND ((other.tree = own.tree AND other.place = own.subtree_end + 1)
        OR (own.depth = 0 AND other.tree = own.later)) THEN other.thread_id END) AS "nextSibling"
    FROM beside AS own JOIN threads AS other ON other.tree = own.tree OR other.tree = own.earlier
      OR other.tree = own.later`,
    { threadId },
  );
  return ThreadNeighbours.parse(row ?? {});
}

/** A subtree: the places of a thread and of the last one below it in their tree. */
const Range = z.object({ tree: z.int(), place: z.int(), subtreeEnd: z.int() });
type Range = z.output<typeof Range>;
const NumberedRange = Range.extend({ thread: z.int(), depth: count });
const upwards = 'thread.tree = $tree AND thread.place < $place AND thread.subtree_end >= $subtreeEnd';
const below = 'thread.tree = $tree AND thread.place > $place AND thread.place <= $subtreeEnd';
const range = 'tree, place, subtree_end AS "subtreeEnd"';

/** Returns null when there is no such thread. */
export async function subtreeRange(store: Reader, threadId: string): Promise<Range | null> {
  const [row] = await store.rows(`SELECT ${range} FROM threads WHERE thread_id = $threadId`, { threadId });
  return row ? Range.parse(row) : null;
}

async function placeOf(store: Reader, threadId: string): Promise<z.output<typeof NumberedRange> | null> {
  const [row] = await store.rows(`SELECT ${range}, thread, depth FROM threads WHERE thread_id = $threadId`, {
    threadId,
  });
  return row ? NumberedRange.parse(row) : null;
}

/** Reads the numbers first: the many columns of a row are read only for those shown. */
async function rowsWhere(
  store: Reader,
  filter: Filter,
  condition: string,
  { tree, place, subtreeEnd }: Range,
  { limit, offset }: Part,
): Promise<ThreadRow[]> {
  const numbers = (
    await store.rows(`${inOrder('thread.thread', condition)} LIMIT ${limit} OFFSET ${offset}`, {
      tree,
      place,
      subtreeEnd,
    })
  ).map((each) => z.int().parse(each.thread));
  const rows = await numberedThreads(store, filter, numbers);
  return numbers.flatMap((number) => rows.get(number) ?? []);
}

const inOrder = (columns: string, condition: string): string =>
  `SELECT ${columns} FROM threads AS thread WHERE ${condition} ORDER BY thread.place`;
