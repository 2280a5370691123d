import { rm } from 'node:fs/promises';
import type { LoadedAs, SpoolToLoad, Transaction } from '../store/store.ts';
import type { LoadedTable } from '../store/tables.ts';
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

/** Stores the rows of all segments at once, table by table. */
export async function loadSegments(transaction: Transaction, segments: readonly SegmentToLoad[]): Promise<void> {
  const spools = new Map<LoadedTable, SpoolToLoad[]>();
  for (const { segment, as } of segments) {
    for (const { table, file } of segment.spools) {
      const others = spools.get(table) ?? [];
      others.push({ file, as });
      spools.set(table, others);
    }
  }
  for (const [table, files] of spools) await transaction.load(table, files);
  await transaction.append('event_texts', blockRows(segments));
}
