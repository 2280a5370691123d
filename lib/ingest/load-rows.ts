import { rm } from 'node:fs/promises';
import path from 'node:path';
import { SpoolWriter } from '../store/spool.ts';
import type { Transaction } from '../store/store.ts';
import { derivedTables, type LoadedTable } from '../store/tables.ts';

/**
 * Loads the rows that `fill` adds into a derived table, through a spool file in `folder` that is gone when this ends, however it ends. `fill` waits for
 * nothing, so that the file is open for a short while only: what it needs is read before.
 */
export async function loadRows(transaction: Transaction, table: LoadedTable & keyof typeof derivedTables, folder: string, fill: (spool: Pick<SpoolWriter, 'add'>) => void): Promise<void> {
  const spool = new SpoolWriter(path.join(folder, table), Object.keys(derivedTables[table]).slice(1));
  try {
    try {
      fill(spool);
    } finally {
      spool.end();
    }
    if (spool.rows > 0) await transaction.load(table, spool.file, 0);
  } finally {
    await rm(spool.file);
  }
}
