import { countRows, countTableNames, countTables, hourlyRows, selectedRows, selectedTableNames } from '../store/counts.ts';
import type { Transaction } from '../store/store.ts';

/** Fills the tables of counts and of selected records from the records that count and from `threads`. */
export async function deriveCounts(transaction: Transaction): Promise<void> {
  for (const table of countTableNames) {
    await transaction.run(`INSERT INTO ${countTables[table].hourly} ${hourlyRows(table, 'TRUE')}`);
    await transaction.run(`INSERT INTO ${table} ${countRows(table)}`);
  }
  for (const table of selectedTableNames) await transaction.run(`INSERT INTO ${table} ${selectedRows(table)}`);
}
