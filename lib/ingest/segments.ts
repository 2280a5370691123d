import { rm } from 'node:fs/promises';
import type { LoadedAs, SpoolToLoad, Transaction } from '../store/store.ts';
import type { LoadedTable } from '../store/tables.ts';
import { readBlocks } from './event-texts.ts';
import type { Segment } from './log-reading.ts';

/** Segments on their way from the reader of a log to the store: put in as they are finished, taken out in order. */
export class SegmentQueue {
  #segments: Segment[] = [];
  #ended = false;
  #failure: Error | null = null;
  #change = Promise.withResolvers<void>();

  add(segment: Segment): void {
    this.#segments.push(segment);
    this.#change.resolve();
  }

  /** No more segments come; with a failure, whoever takes them hears of it. */
  end(failure: Error | null = null): void {
    this.#ended = true;
    this.#failure = failure;
    this.#change.resolve();
  }

  /**
   * The next segment, left in its place, when it is there; null at the end. Rejects with the failure when no more is to
   * come because of one.
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
   * The segments of the next batch. The last one stays until it is dropped, so that a batch of only one can be given
   * again.
   */
  async *batch(): AsyncGenerator<Segment> {
    for (let next = await this.peek(); next !== null; next = await this.peek()) {
      yield next;
      if (next.logs !== null) return;
      await this.drop();
    }
  }

  /** Lets the next segment go, with its files. */
  async drop(): Promise<void> {
    const segment = this.#segments.shift();
    if (segment) await removeFiles(segment);
  }
}

/** A segment, and what its rows become. */
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

/** Removes what a segment has on the disk. */
export async function removeFiles({ spools, texts }: Segment): Promise<void> {
  for (const { file } of [...spools, texts]) await rm(file);
}

/** Stores the rows of segments: those of all of them at once, table by table. */
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
