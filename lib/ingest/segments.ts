import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { LoadedAs, Transaction } from '../store/store.ts';
import { readBlocks } from './event-texts.ts';
import type { Segment } from './log-reading.ts';

/** Segments on their way from the reader of a log to the store: added as they are finished, removed in order. */
export class SegmentQueue {
  #segments: Segment[] = [];
  #ended = false;
  #failure: Error | null = null;
  #change = Promise.withResolvers<void>();

  add(segment: Segment): void {
    this.#segments.push(segment);
    this.#change.resolve();
  }

  /** Ends the queue; a failure is passed on to whoever takes segments. */
  end(failure: Error | null = null): void {
    this.#ended = true;
    this.#failure = failure;
    this.#change.resolve();
  }

  /**
   * Waits for the next segment and returns it, but leaves it in place; null at the end. Rejects with the failure that
   * ended the queue.
   */
  async peek(): Promise<Segment | null> {
    while (this.#segments.length === 0 && !this.#ended) {
      await this.#change.promise;
      this.#change = Promise.withResolvers();
    }
    if (this.#failure) throw this.#failure;
    return this.#segments[0] ?? null;
  }

  /**
   * Returns the segments of the next batch. The last one stays until it is dropped, so that a batch of only one can be
   * returned again.
   */
  async *batch(): AsyncGenerator<Segment> {
    for (let next = await this.peek(); next !== null; next = await this.peek()) {
      yield next;
      if (next.logs !== null) return;
      await this.drop();
    }
  }

  /** Removes the next segment, with its files. */
  async drop(): Promise<void> {
    const segment = this.#segments.shift();
    if (segment) await removeFiles(segment);
  }
}

/** A segment, and the ids and numbers that its rows get. */
export interface SegmentToLoad {
  readonly segment: Segment;
  readonly as: LoadedAs;
}

async function* blockRows(segments: readonly SegmentToLoad[]): AsyncGenerator<readonly unknown[]> {
  for (const {
    segment: { texts },
    as,
  } of segments) {
    let number = as.firstBlock + texts.firstBlock;
    for await (const block of readBlocks(texts.file)) yield [as.importId, number++, block];
  }
}

/** Removes a segment's files. */
export async function removeFiles({ spools, texts }: Segment): Promise<void> {
  for (const { file } of [...spools, texts]) await rm(file);
}

const GivenNumber = z.object({ thread: z.int() });
const NumberedThread = z.object({ thread: z.int(), thread_id: z.string() });

/**
 * Returns the numbers of threads. New threads get numbers in the order of their ids, which for UUIDv7 is the order of
 * time.
 */
async function numbersOf(transaction: Transaction, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const known = await transaction.rows(
    'SELECT thread, thread_id FROM thread_numbers WHERE thread_id IN (SELECT unnest($ids))',
    { ids: [...ids] },
  );
  const numbers = new Map<string, number>();
  for (const row of known) {
    const { thread, thread_id: id } = NumberedThread.parse(row);
    numbers.set(id, thread);
  }
  const others = [...ids].filter((id) => !numbers.has(id)).sort();
  const given = await transaction.rows("SELECT nextval('thread_numbers_sequence') AS thread FROM range($threads)", {
    threads: others.length,
  });
  const numbered = given.map((row, index) => [GivenNumber.parse(row).thread, others[index] ?? ''] as const);
  await transaction.append('thread_numbers', numbered);
  for (const [thread, id] of numbered) numbers.set(id, thread);
  return numbers;
}

/** Stores the rows of all segments at once. */
export async function loadSegments(transaction: Transaction, segments: readonly SegmentToLoad[]): Promise<void> {
  const threads = await numbersOf(transaction, new Set(segments.flatMap(({ segment }) => segment.threads)));
  await transaction.load(
    segments.flatMap(({ segment, as }) => segment.spools.map((spool) => ({ ...spool, as }))),
    threads,
  );
  await transaction.append('event_texts', blockRows(segments));
}
