import { rm } from 'node:fs/promises';
import type { Transaction } from '../store/store.ts';
import { readBlocks } from './event-texts.ts';
import type { Segment } from './log-reading.ts';

/** Segments on their way from the reader of a log to the store: put in as they are finished, taken out in order. */
export class SegmentQueue implements AsyncIterable<Segment> {
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

  /** Resolves when there is something to take, or the end is known. Rejects with the failure when no more is to come because of one. */
  async ready(): Promise<void> {
    while (this.#segments.length === 0 && !this.#ended) {
      await this.#change.promise;
      this.#change = Promise.withResolvers();
    }
    if (this.#failure) throw this.#failure;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Segment> {
    for (;;) {
      await this.ready();
      const segment = this.#segments.shift();
      if (!segment) return;
      yield segment;
    }
  }
}

async function* blockRows({ file, firstBlock }: Segment['texts'], importId: number): AsyncGenerator<readonly unknown[]> {
  let number = firstBlock;
  for await (const block of readBlocks(file)) yield [importId, number++, block];
}

/** Stores the rows of one segment and removes its files. */
export async function loadSegment(transaction: Transaction, { spools, texts }: Segment, importId: number): Promise<void> {
  for (const { table, file } of spools) {
    await transaction.load(table, file, importId);
    await rm(file);
  }
  await transaction.append('event_texts', blockRows(texts, importId));
  await rm(texts.file);
}
