import { z } from 'zod';
import type { SqlValue, Transaction } from '../store/store.ts';
import { derivedTables } from '../store/derived-tables.ts';
import { derivedTableNames, keysOf, workingTables } from '../store/tables.ts';
import { inBatches } from './batches.ts';
import { placeCalls } from './calls.ts';
import { measureBatch } from './compactions.ts';
import { countBatch, countThreadless } from './counts.ts';
import { placeBatch } from './forest.ts';
import { describeBatch } from './rollouts.ts';
import { sumBatch } from './threads.ts';
import { mergeBatch } from './turns.ts';
import { gatherEvents, gatherEvidence, ofEachBatch } from './working.ts';

/*
 * Figures by tree. A change of facts marks the threads that it names in `dirty_threads`. In the same transaction,
 * `refreshTrees` makes every derived row of their old and new trees again, and leaves all others as they are. That is
 * enough: a thread's parent is chosen from its own evidence alone, so only dirty threads can move, and only between the
 * trees of the threads that their evidence names. `rebuild` does the same for all trees; tests check that both give the
 * same rows.
 */

/** Threads that the selected facts name: their own threads, stated parents, and threads that get a name. */
const named = (among: string): string => `
  SELECT thread_id FROM thread_evidence WHERE ${among} UNION SELECT parent_thread_id FROM thread_evidence
    WHERE ${among} AND parent_thread_id IS NOT NULL
  UNION SELECT thread_id FROM logged_thread_names WHERE ${among}`;

/**
 * Facts that came in or will go: a condition on their `event_id` and `import_id`. Its text is always the same, so that
 * the engine plans it once.
 */
export interface ChangedFacts {
  readonly sql: string;
  readonly values: Readonly<Record<string, SqlValue>>;
}

/**
 * Marks the threads that facts name: after they came in, or before they go. Returns if any of their events names no
 * thread.
 */
export async function markFacts(
  transaction: Transaction,
  { sql, values }: ChangedFacts,
): Promise<{ readonly threadless: boolean }> {
  await transaction.run(`INSERT INTO dirty_threads ${named(sql)}`, values);
  const [found] = await transaction.rows(
    `SELECT 1 AS found FROM logged_events WHERE ${sql} AND thread_id IS NULL LIMIT 1`,
    values,
  );
  return { threadless: found !== undefined };
}

/** Marks the threads of these events, which start or stop counting. `events` is a query of their ids. */
export async function markEvents(transaction: Transaction, events: string): Promise<void> {
  await transaction.run(
    `INSERT INTO dirty_threads SELECT DISTINCT thread_id FROM logged_events
      WHERE event_id IN (${events}) AND thread_id IS NOT NULL`,
  );
}

/** Touches the dirty threads, their stated parents, and all threads of the trees in which any of these were. */
async function touch(transaction: Transaction): Promise<void> {
  await transaction.run(`INSERT INTO touched_threads
    SELECT thread_id FROM dirty_threads UNION SELECT parent_thread_id FROM thread_evidence
      SEMI JOIN dirty_threads USING (thread_id) WHERE parent_thread_id IS NOT NULL`);
  await transaction.run(`INSERT INTO touched_threads
    SELECT thread_id FROM threads WHERE tree IN (SELECT tree FROM threads SEMI JOIN touched_threads USING (thread_id))
      AND thread_id NOT IN (SELECT thread_id FROM touched_threads)`);
}

const findNumbers =
  'INSERT INTO touched_numbers SELECT thread, thread_id, FALSE FROM thread_numbers SEMI JOIN touched_threads USING (thread_id)';
/** In the order of ids, which for UUIDv7 is that of time. */
const numberOthers = [
  `INSERT INTO touched_numbers SELECT nextval('thread_numbers_sequence'), thread_id, TRUE FROM (
    SELECT thread_id FROM touched_threads ANTI JOIN touched_numbers USING (thread_id) ORDER BY thread_id)`,
  'INSERT INTO thread_numbers SELECT thread, thread_id FROM touched_numbers WHERE is_new',
];

const tables = derivedTableNames.map((name) => ({ name, byTree: !('thread_id' in derivedTables[name]) }));
/** A tree has the number of its root, which is touched with all of it. */
const removals = tables.map(({ name, byTree }) =>
  byTree
    ? `DELETE FROM ${name} WHERE tree IN (SELECT thread FROM touched_numbers)`
    : `DELETE FROM ${name} WHERE thread_id IN (SELECT thread_id FROM touched_threads)`,
);

const Kinds = z.array(z.object({ kind: z.string() }));
/** Returns the kinds of events in the threads of the batch: the tables of other kinds need no rows. */
async function kindsOfBatch(transaction: Transaction): Promise<ReadonlySet<string>> {
  return new Set(Kinds.parse(await transaction.rows('SELECT DISTINCT kind FROM batch_events')).map(({ kind }) => kind));
}

/** Makes the touched threads' trees; existing numbers are found by then. */
async function make(transaction: Transaction): Promise<void> {
  for (const statement of numberOthers) await transaction.run(statement);
  await inBatches(transaction, async () => {
    await transaction.run(gatherEvidence);
    await transaction.run(gatherEvents);
    const kinds = await kindsOfBatch(transaction);
    const nodes = await placeBatch(transaction);
    if (kinds.has('tool_call')) await placeCalls(transaction);
    await mergeBatch(transaction);
    if (kinds.has('compaction')) await measureBatch(transaction);
    if (kinds.has('rollout') || kinds.has('thread_name')) await describeBatch(transaction);
    await sumBatch(transaction, nodes, kinds);
    await countBatch(transaction, kinds);
    for (const table of ofEachBatch) await transaction.run(`DELETE FROM ${table}`);
  });
  for (const table of keysOf(workingTables)) await transaction.run(`DELETE FROM ${table}`);
}

/**
 * Makes the trees of all marked threads again. `threadless`: records that name no thread have changed as well. Linear
 * in the content of these trees.
 */
export async function refreshTrees(
  transaction: Transaction,
  { threadless }: { readonly threadless: boolean },
): Promise<void> {
  await touch(transaction);
  await transaction.run(findNumbers);
  // Threads without a number have no rows to remove.
  const [known] = await transaction.rows('SELECT 1 AS known FROM touched_numbers LIMIT 1');
  if (known) for (const removal of removals) await transaction.run(removal);
  await make(transaction);
  if (threadless) await countThreadless(transaction);
}

/** Makes every tree again, from the facts alone. */
export async function rebuild(transaction: Transaction): Promise<void> {
  for (const { name } of tables) await transaction.run(`DELETE FROM ${name}`);
  await transaction.run(`INSERT INTO touched_threads ${named('TRUE')}`);
  await transaction.run(findNumbers);
  await make(transaction);
  await countThreadless(transaction);
}
