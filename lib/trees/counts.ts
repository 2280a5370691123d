import {
  countRows,
  countTableNames,
  countTables,
  selectedRows,
  selectedTableNames,
  selectedTables,
  type Sources,
} from '../store/counts.ts';
import type { Transaction } from '../store/store.ts';
import { countedOfBatch, ofBatch } from './working.ts';

/** The records of the batch that count. */
const recordsOfBatch = {
  events: 'batch_events',
  hook_runs: countedOfBatch('logged_hook_runs'),
  turns: ofBatch('turns'),
  compactions: countedOfBatch('logged_compactions'),
  guardian_reviews: countedOfBatch('logged_guardian_reviews'),
} as const;

async function fill(
  transaction: Transaction,
  sourcesOf: (records: keyof typeof recordsOfBatch) => Sources,
  has: (kind: string | null) => boolean,
): Promise<void> {
  for (const table of countTableNames) {
    if (has(countTables[table].kind))
      await transaction.run(`INSERT INTO ${table} ${countRows(table, sourcesOf(countTables[table].records), 'TRUE')}`);
  }
  for (const table of selectedTableNames) {
    const { kind, records } = selectedTables[table];
    if (has(kind)) await transaction.run(`INSERT INTO ${table} ${selectedRows(table, sourcesOf(records))}`);
  }
}

/**
 * Fills the tables of counts and of selected records for the threads of the batch, from the records that count and from
 * `batch_trees`. `kinds` are those of their events.
 */
export async function countBatch(transaction: Transaction, kinds: ReadonlySet<string>): Promise<void> {
  await fill(
    transaction,
    (records) => ({ records: recordsOfBatch[records], threads: 'batch_trees' }),
    (kind) => kind === null || kinds.has(kind),
  );
}

/** Counts records that name no thread, which belong to no tree. */
export async function countThreadless(transaction: Transaction): Promise<void> {
  for (const table of [...countTableNames, ...selectedTableNames])
    await transaction.run(`DELETE FROM ${table} WHERE tree IS NULL`);
  await fill(
    transaction,
    (records) => ({
      records: `(SELECT * FROM ${records} WHERE thread_id IS NULL)`,
      threads: '(SELECT * FROM threads WHERE FALSE)',
    }),
    () => true,
  );
}
