import { z } from 'zod';
import type { Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { nextOffset, offsetOf } from './cursor.ts';
import { count, textOrNull } from './fields.ts';
import { happeningTotals, HappeningTotals, reviewsMade, threadHappenings, ThreadHappenings, type Part } from './happenings.ts';
import { GuardianReview, NextCursor, Page, ThreadRow, Turn } from './shapes.ts';
import { ThreadName } from './thread-names.ts';
import { threadsAt } from './thread-rows.ts';
import { numberedTurns } from './turns.ts';

export const ThreadDetail = z.object({
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
  totals: z.object({ ancestors: count, subtree: count, turns: count, ...HappeningTotals.shape, reviewsMade: count }).describe('How many there are of each in all.'),
  nextCursor: NextCursor.describe('The next page goes on in every list; null when all of them have ended.'),
}).meta({ id: 'ThreadDetail' });
export type ThreadDetail = z.output<typeof ThreadDetail>;

/** More of a thread than this comes page by page: a chain of 100,000 threads would make an answer of more than 100 MB. */
const mostOfEach = 1000;
/** One page of all lists of a thread at once: its `limit` is that of each list. */
export const ThreadPage = Page.extend({ limit: Page.shape.limit.unwrap().default(mostOfEach) });

/** A thread with everything that belongs to it, one page of each list; null when there is no such thread. The filter only sets `matches` of the rows. Throws `BadCursor`. */
export async function threadDetail(store: Reader, threadId: string, filter: Filter = {}, { limit, cursor }: Page = { limit: mostOfEach }): Promise<ThreadDetail | null> {
  const from = offsetOf({ cursor });
  const place = await placeOf(store, threadId);
  if (!place) return null;
  const { position, subtreeEnd, depth } = place;
  const part = { limit, offset: from };
  const [rows, ancestors, subtree, turns, happenings, counts, made] = await Promise.all([
    threadsAt(store, filter, [position]),
    rowsWhere(store, filter, upwards, place, part),
    rowsWhere(store, filter, below, place, part),
    numberedTurns(store, threadId, { first: from + 1, limit }),
    threadHappenings(store, threadId, undefined, part),
    happeningTotals(store, threadId),
    reviewsMade(store, threadId),
  ]);
  const thread = rows.get(position);
  if (!thread) return null;
  const totals = { ancestors: depth, subtree: subtreeEnd - position, turns: turns.total, ...counts, reviewsMade: made.length };
  return {
    thread, ancestors, subtree, turns: turns.turns, ...happenings, reviewsMade: made.slice(from, from + limit), totals,
    nextCursor: nextOffset({ from, limit, found: Math.max(...Object.values(totals)) - from }),
  };
}

/** A thread with its way down from the root. Of many ancestors, `between` are only counted: those above them are `first`, those below them `last`. */
export interface ThreadLineage { readonly thread: ThreadRow; readonly first: readonly ThreadName[]; readonly between: number; readonly last: readonly ThreadName[] }
/** So many ancestors are named at each end. A thread may have thousands, and reading them takes seconds. */
const namedAtEachEnd = 4;

/** Null when there is no such thread. Linear in the threads, and fast: of the ancestors, only those that are named are read. */
export async function threadLineage(store: Reader, threadId: string): Promise<ThreadLineage | null> {
  const [place] = await store.rows('SELECT position, depth FROM threads WHERE thread_id = $threadId', { threadId });
  if (!place) return null;
  const { position, depth } = Place.parse(place);
  const above = 'thread.position < $position AND thread.subtree_end >= $position';
  const [threads, named] = await Promise.all([
    threadsAt(store, {}, [position]),
    store.rows(inOrder(names.sql, `${above} AND (thread.depth < ${namedAtEachEnd} OR thread.depth >= $depth - ${namedAtEachEnd})`), { position, depth }),
  ]);
  const thread = threads.get(position);
  const ancestors = named.map((row) => names.read(row));
  return thread ? { thread, first: ancestors.slice(0, namedAtEachEnd), between: depth - ancestors.length, last: ancestors.slice(namedAtEachEnd) } : null;
}
const Place = z.object({ position: z.int(), depth: z.int() });
const names = columns(ThreadName, 'thread');

export const ThreadNeighbours = z.object({
  previous: textOrNull.describe('Before it in the order of all trees.'), next: textOrNull, previousSibling: textOrNull.describe('With the same parent; of a root, the root before it.'), nextSibling: textOrNull,
});
export type ThreadNeighbours = z.output<typeof ThreadNeighbours>;

/** The threads beside a thread, in the order of the trees and below the same parent. Linear in the threads, and fast: positions have no gaps. */
export async function threadNeighbours(store: Reader, threadId: string): Promise<ThreadNeighbours> {
  const [row] = await store.rows(`SELECT
      max(CASE WHEN other.position = own.position - 1 THEN other.thread_id END) AS "previous", max(CASE WHEN other.position = own.position + 1 THEN other.thread_id END) AS "next",
      max(CASE WHEN other.subtree_end = own.position - 1 AND other.depth = own.depth THEN other.thread_id END) AS "previousSibling",
      max(CASE WHEN other.position = own.subtree_end + 1 AND other.depth = own.depth THEN other.thread_id END) AS "nextSibling"
    FROM threads AS other, (SELECT position, subtree_end, depth FROM threads WHERE thread_id = $threadId) AS own`, { threadId });
  return ThreadNeighbours.parse(row ?? {});
}

const Range = z.object({ position: z.int(), subtreeEnd: z.int() });
type Range = z.output<typeof Range>;
const RangeAtDepth = Range.extend({ depth: count });
const upwards = 'thread.position < $position AND thread.subtree_end >= $subtreeEnd';
const below = 'thread.position > $position AND thread.position <= $subtreeEnd';

/** The places of a thread and of the last one below it in the pre-order of the forest; null when there is no such thread. */
export async function subtreeRange(store: Reader, threadId: string): Promise<Range | null> {
  const [row] = await store.rows('SELECT position, subtree_end AS "subtreeEnd" FROM threads WHERE thread_id = $threadId', { threadId });
  return row ? Range.parse(row) : null;
}

async function placeOf(store: Reader, threadId: string): Promise<z.output<typeof RangeAtDepth> | null> {
  const [row] = await store.rows('SELECT position, subtree_end AS "subtreeEnd", depth FROM threads WHERE thread_id = $threadId', { threadId });
  return row ? RangeAtDepth.parse(row) : null;
}

/** The places come first: the many columns of a row are read for those alone that are shown. */
async function rowsWhere(store: Reader, filter: Filter, condition: string, { position, subtreeEnd }: Range, { limit, offset }: Part): Promise<ThreadRow[]> {
  const places = await store.rows(`${inOrder('thread.position', condition)} LIMIT ${limit} OFFSET ${offset}`, { position, subtreeEnd });
  const rows = await threadsAt(store, filter, places.map((each) => z.int().parse(each.position)));
  return [...rows].sort(([one], [other]) => one - other).map(([, row]) => row);
}

const inOrder = (columns: string, condition: string): string => `SELECT ${columns} FROM threads AS thread WHERE ${condition} ORDER BY thread.position`;
