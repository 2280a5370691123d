import { rm } from 'node:fs/promises';
import type { LoadedAs, Transaction } from '../store/store.ts';
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

  /** The next segment, left in its place, when it is there; null at the end. Rejects with the failure when no more is to come because of one. */
  async peek(): Promise<Segment | null> {
    while (this.#segments.length === 0 && !this.#ended) {
      await this.#change.promise;
      this.#change = Promise.withResolvers();
    }
    if (this.#failure) throw this.#failure;
    return this.#segments[0] ?? null;
  }

  /** Takes the segments of the next batch. */
  async *batch(): AsyncGenerator<Segment> {
    for (let next = await this.peek(); next !== null; next = await this.peek()) {
      this.#segments.shift();
      yield next;
      if (next.logs !== null) return;
    }
  }
}

async function* blockRows({ file, firstBlock }: Segment['texts'], as: LoadedAs): AsyncGenerator<readonly unknown[]> {
  let number = as.firstBlock + firstBlock;
  for await (const block of readBlocks(file)) yield [as.importId, number++, block];
}

/** Stores the rows of one segment and removes its files. */
export async function loadSegment(transaction: Transaction, { spools, texts }: Segment, as: LoadedAs): Promise<void> {
  for (const { table, file } of spools) {
    await transaction.load(table, file, as);
    await rm(file);
  }
  await transaction.append('event_texts', blockRows(texts, as));
  await rm(texts.file);
}
