import { z } from 'zod';
import type { Transaction } from '../store/store.ts';

/**
 * A batch of trees ends once it has this many threads, so that memory stays bounded however many an import names. A
 * tree is never split, so a batch may have more.
 */
const threadsAtOnce = 5_000;

const Link = z.object({ thread: z.int(), parent: z.int().nullable() });
const Counted = z.object({ threads: z.int(), last: z.int().nullable() });

/** Sets of numbers from 1 on that are joined in pairs. Memory: four bytes for each number up to the last. */
class Groups {
  /** 0 for the first of a set. */
  readonly #above: Int32Array;

  constructor(last: number) {
    this.#above = new Int32Array(last + 1);
  }

  of(thread: number): number {
    let top = thread;
    for (let above = this.#above[top]; above; above = this.#above[top]) top = above;
    // Visited numbers now point at the top, so that the next walk is short.
    for (let at = thread; at !== top;) {
      const above = this.#above[at] ?? top;
      this.#above[at] = top;
      at = above;
    }
    return top;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)];
    if (first !== second) this.#above[Math.max(first, second)] = Math.min(first, second);
  }
}

/** Joins threads that any evidence links, whichever of it decides their parents. */
async function linked(
  transaction: Transaction,
  last: number,
): Promise<{ readonly threads: readonly number[]; readonly groups: Groups }> {
  const groups = new Groups(last);
  const threads: number[] = [];
  for await (const rows of transaction.batches(`
    SELECT touched.thread, parent.thread AS parent FROM touched_threads AS touched
      LEFT JOIN (SELECT DISTINCT thread, parent FROM thread_evidence) AS evidence USING (thread)
      LEFT JOIN touched_threads AS parent ON parent.thread = evidence.parent`)) {
    for (const row of rows) {
      const { thread, parent } = Link.parse(row);
      threads.push(thread);
      if (parent !== null) groups.join(thread, parent);
    }
  }
  return { threads, groups };
}

/** Numbers of threads have fewer than this many bits. */
const numberBits = 32n;

/**
 * Returns batches of whole groups. `threads` may name a thread several times. Memory: one number of 64 bits for each of
 * them.
 */
function* batchesOf(threads: readonly number[], groups: Groups): Generator<readonly number[]> {
  // Groups in the order of their first threads, so nearly in the order of time: the rows of a batch are close together
  // in the tables.
  const keys = BigUint64Array.from(
    threads,
    (thread) => (BigInt(groups.of(thread)) << numberBits) | BigInt(thread),
  ).sort();
  let batch: number[] = [];
  let [lastGroup, lastThread] = [0, 0];
  for (const key of keys) {
    const [group, thread] = [Number(key >> numberBits), Number(BigInt.asUintN(Number(numberBits), key))];
    if (thread === lastThread) continue;
    if (batch.length >= threadsAtOnce && group !== lastGroup) {
      yield batch;
      batch = [];
    }
    batch.push(thread);
    [lastGroup, lastThread] = [group, thread];
  }
  if (batch.length > 0) yield batch;
}

const Numbered = z.object({ thread: z.array(z.int()), thread_id: z.array(z.string()) });
/** Fills `batch_threads` with the threads in `table`. Returns their ids by number. */
async function fillBatch(
  transaction: Transaction,
  table: 'touched_threads' | 'batch_numbers',
): Promise<ReadonlyMap<number, string>> {
  await transaction.run(
    `INSERT INTO batch_threads SELECT thread, thread_id FROM thread_numbers SEMI JOIN ${table} USING (thread)`,
  );
  const found = Numbered.parse(await transaction.columns('SELECT thread, thread_id FROM batch_threads'));
  return new Map(found.thread.map((thread, at) => [thread, found.thread_id[at] ?? '']));
}

/**
 * Runs `work` for all touched threads, in batches of whole trees. `work` gets the ids of the batch's threads by number.
 * It finds the same threads in `batch_threads`, and must empty that table.
 */
export async function inBatches(
  transaction: Transaction,
  work: (threads: ReadonlyMap<number, string>) => Promise<void>,
): Promise<void> {
  const [counted] = await transaction.rows('SELECT count(*) AS threads, max(thread) AS last FROM touched_threads');
  const { threads: count, last } = Counted.parse(counted);
  if (count <= threadsAtOnce) {
    await work(await fillBatch(transaction, 'touched_threads'));
    return;
  }
  const { threads, groups } = await linked(transaction, last ?? 0);
  for (const batch of batchesOf(threads, groups)) {
    await transaction.append(
      'batch_numbers',
      batch.map((thread) => [thread]),
    );
    await work(await fillBatch(transaction, 'batch_numbers'));
    await transaction.run('DELETE FROM batch_numbers');
  }
}
