import { z } from 'zod';
import type { Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { textOrNull } from './fields.ts';
import { reviewsMade, threadHappenings, ThreadHappenings } from './happenings.ts';
import { GuardianReview, ThreadRow, Turn } from './shapes.ts';
import { ThreadName } from './thread-names.ts';
import { threadRows, threadsAt } from './thread-rows.ts';
import { threadTurns } from './turns.ts';

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
}).meta({ id: 'ThreadDetail' });
export type ThreadDetail = z.output<typeof ThreadDetail>;

/** A `ThreadDetail` whose subtree comes in batches, because it may be larger than memory. */
export type ThreadDetailInParts = Omit<ThreadDetail, 'subtree'> & { readonly subtree: AsyncIterable<ThreadRow[]> };

/** A thread with everything that belongs to it; null when there is no such thread. The filter only sets `matches` of the rows. */
export async function threadDetail(store: Reader, threadId: string, filter: Filter = {}): Promise<ThreadDetailInParts | null> {
  const range = await subtreeRange(store, threadId);
  if (!range) return null;
  const [lineage, { turns }, happenings, made] = await Promise.all([
    rowsWhere(store, filter, upwards, range),
    threadTurns(store, threadId),
    threadHappenings(store, threadId),
    reviewsMade(store, threadId),
  ]);
  const thread = lineage.at(-1);
  return thread ? { thread, ancestors: lineage.slice(0, -1), turns, ...happenings, reviewsMade: made, subtree: batchesBelow(store, filter, range) } : null;
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
const upwards = 'thread.position <= $position AND thread.subtree_end >= $subtreeEnd';
const below = 'thread.position > $position AND thread.position <= $subtreeEnd';

/** The places of a thread and of the last one below it in the pre-order of the forest; null when there is no such thread. */
export async function subtreeRange(store: Reader, threadId: string): Promise<Range | null> {
  const [row] = await store.rows('SELECT position, subtree_end AS "subtreeEnd" FROM threads WHERE thread_id = $threadId', { threadId });
  return row ? Range.parse(row) : null;
}

async function rowsWhere(store: Reader, filter: Filter, condition: string, range: Range): Promise<ThreadRow[]> {
  const { row, matching } = threadRows(filter);
  return (await store.rows(inOrder(row.sql, condition), { ...matching.values, ...range })).map(row.read);
}

async function* batchesBelow(store: Reader, filter: Filter, range: Range): AsyncGenerator<ThreadRow[]> {
  const { row, matching } = threadRows(filter);
  for await (const rows of store.batches(inOrder(row.sql, below), { ...matching.values, ...range })) yield rows.map(row.read);
}

const inOrder = (columns: string, condition: string): string => `SELECT ${columns} FROM threads AS thread WHERE ${condition} ORDER BY thread.position`;
