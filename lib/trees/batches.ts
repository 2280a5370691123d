import { z } from 'zod';
import type { Transaction } from '../store/store.ts';

/** So many threads are made anew at a time, so that memory stays bounded however many an import names. A larger tree is a batch of its own. */
const threadsAtOnce = 5_000;

const Link = z.object({ thread: z.int(), parent: z.int().nullable() });
const Count = z.object({ threads: z.int() });

/** Sets of numbers that are joined pair by pair. Memory: one number for each thread. */
class Groups {
  readonly #above = new Map<number, number>();

  of(thread: number): number {
    let top = thread;
    for (let above = this.#above.get(top); above !== undefined; above = this.#above.get(top)) top = above;
    // What was walked over points at the top from now on, so that the next walk is short.
    for (let at = thread; at !== top;) {
      const above = this.#above.get(at) ?? top;
      this.#above.set(at, top);
      at = above;
    }
    return top;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)];
    if (first !== second) this.#above.set(Math.max(first, second), Math.min(first, second));
  }
}

/** Threads that any evidence links stay together, whichever of it decides who their parents are. */
async function linked(transaction: Transaction): Promise<{ readonly threads: number[]; readonly groups: Groups }> {
  const groups = new Groups();
  const threads: number[] = [];
  for await (const rows of transaction.batches(`
    SELECT number.thread, parent.thread AS parent FROM touched_numbers AS number
      LEFT JOIN (SELECT DISTINCT thread_id, parent_thread_id FROM thread_evidence) AS evidence USING (thread_id)
      LEFT JOIN touched_numbers AS parent ON parent.thread_id = evidence.parent_thread_id`)) {
    for (const row of rows) {
      const { thread, parent } = Link.parse(row);
      threads.push(thread);
      if (parent !== null) groups.join(thread, parent);
    }
  }
  return { threads: [...new Set(threads)], groups };
}

function* batchesOf(threads: readonly number[], groups: Groups): Generator<readonly number[]> {
  // Groups in the order of their first threads, and so nearly in the order of time: what belongs to a batch lies together in the tables.
  const keyed = threads.map((thread): readonly [number, number] => [groups.of(thread), thread]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let batch: number[] = [];
  let last: number | null = null;
  for (const [group, thread] of keyed) {
    if (batch.length >= threadsAtOnce && group !== last) {
      yield batch;
      batch = [];
    }
    batch.push(thread);
    last = group;
  }
  if (batch.length > 0) yield batch;
}

/** Runs `work` for all touched threads, in batches of whole trees. `batch_threads` holds the threads of the batch meanwhile; `work` empties it. */
export async function inBatches(transaction: Transaction, work: () => Promise<void>): Promise<void> {
  const [counted] = await transaction.rows('SELECT count(*) AS threads FROM touched_numbers');
  if (Count.parse(counted).threads <= threadsAtOnce) {
    await transaction.run('INSERT INTO batch_threads SELECT thread, thread_id FROM touched_numbers');
    await work();
    return;
  }
  const { threads, groups } = await linked(transaction);
  for (const batch of batchesOf(threads, groups)) {
    await transaction.append('batch_numbers', batch.map((thread) => [thread]));
    await transaction.run('INSERT INTO batch_threads SELECT thread, thread_id FROM touched_numbers SEMI JOIN batch_numbers USING (thread)');
    await work();
    await transaction.run('DELETE FROM batch_numbers');
  }
}
