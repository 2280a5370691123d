import { countedViews, measuredViews, tables, type ColumnType, type Columns } from '../tables.ts';

/** Bumped whenever a table changes: a data folder of another version is not opened. */
export const schemaVersion = 7;

const engineTypes: Readonly<Record<ColumnType, string>> = {
  integer: 'INTEGER', bigint: 'BIGINT', text: 'VARCHAR', boolean: 'BOOLEAN', bytes: 'BLOB', digest: 'UUID',
};

/** `name TYPE` for each column, for DDL. */
export const columnList = (columns: Columns): string => Object.entries(columns).map(([name, type]) => `${name} ${engineTypes[type]}`).join(', ');

/** The statements that make an empty store. Each can be run again without harm. */
export function definition(): string[] {
  return [
    'CREATE SEQUENCE IF NOT EXISTS import_ids',
    ...Object.entries(tables).map(([name, columns]) => `CREATE TABLE IF NOT EXISTS ${name} (${columnList(columns)})`),
    ...Object.entries(countedViews).map(([view, table]) => `CREATE VIEW IF NOT EXISTS ${view} AS SELECT * FROM ${table} ANTI JOIN duplicates USING (event_id)`),
    ...Object.entries(measuredViews).map(([view, select]) => `CREATE VIEW IF NOT EXISTS ${view} AS ${select}`),
  ];
}
