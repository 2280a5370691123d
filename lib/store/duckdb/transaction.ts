import type { DuckDBConnection } from '@duckdb/node-api';
import type { Transaction } from '../store.ts';
import { factTables, stagedTableNames, tables, type ColumnType, type Columns, type StagedTable } from '../tables.ts';
import { appendRows } from './append.ts';
import { readerOf } from './reader.ts';
import { spoolFile } from './spool-file.ts';
import { openStages } from './stage.ts';
import { bind } from './values.ts';

/** The columns of `table` out of a stage: the import's number, and an event's ordinal below it. */
function taken(table: StagedTable, importId: number): string {
  const columns: Columns = tables[table];
  return Object.keys(columns).map((name) => {
    if (name === 'import_id') return `${importId} AS import_id`;
    return name === 'event_id' && table in factTables ? `${importId} * 4294967296 + event_id AS event_id` : name;
  }).join(', ');
}

/** The writer's side of the store, for the time of one transaction on `connection`. */
export function createTransaction(connection: DuckDBConnection): Transaction {
  return {
    ...readerOf(connection),
    async run(sql, values = {}) {
      const { values: bound, types } = bind(values);
      await connection.run(sql, bound, types);
    },
    async append(table, rows) {
      await appendRows(await connection.createAppender(table), Object.values<ColumnType>(tables[table]), rows);
    },
    async take(stage, importId) {
      const name = openStages.get(stage)?.name;
      if (name === undefined) throw new TypeError('This stage belongs to another store.');
      for (const table of stagedTableNames) await connection.run(`INSERT INTO ${table} SELECT ${taken(table, importId)} FROM ${name}.${table}`);
    },
    async load(table, file) {
      await connection.run(`INSERT INTO ${table} SELECT * FROM ${spoolFile(file, tables[table])}`);
    },
  };
}
