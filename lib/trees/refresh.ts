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
import { gatherEvents, gatherEvidence, kindsOfBatch, ofEachBatch } from './working.ts';

/*
 * Figures by tree. A change of facts marks the threads that it names in `dirty_threads`. In the same transaction,
 * `refreshTrees` makes every derived row of their old and new trees again, and leaves all others as they are. That is
 * enough: a thread's parent is chosen from its own evidence alone, so only dirty threads can move, and only between the
 * trees of the threads that their evidence names. `rebuild` does the same for all trees; tests check that both give the
 * same rows.
 */

/** Threads that the selected facts name: their own threads, stated parents, and threads that get a name. */
const named = (among: string): string => `
  SELECT thread FROM thread_evidence WHERE ${among} UNION SELECT parent FROM thread_evidence
    WHERE ${among} AND parent IS NOT NULL
  UNION SELECT thread FROM logged_thread_names WHERE ${among}`;

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
    `INSERT INTO dirty_threads SELECT DISTINCT thread FROM logged_events
      WHERE event_id IN (${events}) AND thread IS NOT NULL`,
  );
}

/** Touches the dirty threads, their stated parents, and all threads of the trees in which any of these were. */
async function touch(transaction: Transaction): Promise<void> {
  await transaction.run(`INSERT INTO touched_threads
    SELECT thread FROM dirty_threads UNION SELECT parent FROM thread_evidence
      SEMI JOIN dirty_threads USING (thread) WHERE parent IS NOT NULL`);
  await transaction.run(`INSERT INTO touched_threads
    SELECT thread FROM threads WHERE tree IN (SELECT tree FROM threads SEMI JOIN touched_threads USING (thread))
      AND thread NOT IN (SELECT thread FROM touched_threads)`);
}

/** A tree has the number of its root, which is touched with all of it. */
const removals = derivedTableNames.map((name) => {
  const number = 'thread' in derivedTables[name] ? 'thread' : 'tree';
  return `DELETE FROM ${name} WHERE ${number} IN (SELECT thread FROM touched_threads)`;
});

const noStorms: ReadonlyMap<string, number> = new Map();

/** Makes the touched threads' trees. */
async function make(transaction: Transaction): Promise<void> {
  await inBatches(transaction, async (threads) => {
    await transaction.run(gatherEvidence);
    await transaction.run(gatherEvents);
    const { kinds, turnSources } = await kindsOfBatch(transaction);
    const nodes = await placeBatch(transaction, threads);
    if (kinds.has('tool_call')) await placeCalls(transaction);
    await mergeBatch(transaction, { turnSources, called: kinds.has('tool_call') });
    const storms = kinds.has('compaction') ? await measureBatch(transaction) : noStorms;
    if (kinds.has('rollout') || kinds.has('thread_name')) await describeBatch(transaction);
    await sumBatch(transaction, { threads, nodes, kinds, storms });
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
  for (const removal of removals) await transaction.run(removal);
  await make(transaction);
  if (threadless) await countThreadless(transaction);
}

/** Makes every tree again, from the facts alone. */
export async function rebuild(transaction: Transaction): Promise<void> {
  for (const name of derivedTableNames) await transaction.run(`DELETE FROM ${name}`);
  await transaction.run(`INSERT INTO touched_threads ${named('TRUE')}`);
  await make(transaction);
  await countThreadless(transaction);
}
