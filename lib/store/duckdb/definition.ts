import type { ColumnType, Columns } from '../columns.ts';
import { countedViews, measuredViews, tables, workingTables } from '../tables.ts';

/** The layout of the tables. When you change one, add 1, and define in `older.ts` how the layout before is read. */
export const schemaVersion = 13;

const engineTypes: Readonly<Record<ColumnType, string>> = {
  integer: 'INTEGER',
  bigint: 'BIGINT',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  bytes: 'BLOB',
  digest: 'UUID',
};

/** `name TYPE` for each column, for DDL. */
export const columnList = (columns: Columns): string =>
  Object.entries(columns)
    .map(([name, type]) => `${name} ${engineTypes[type]}`)
    .join(', ');

/** Returns the statements that make an empty store. Each can be run again without harm. */
export function definition(): string[] {
  return [
    'CREATE SEQUENCE IF NOT EXISTS import_ids',
    'CREATE SEQUENCE IF NOT EXISTS thread_numbers_sequence',
    ...Object.entries(tables).map(([name, columns]) => `CREATE TABLE IF NOT EXISTS ${name} (${columnList(columns)})`),
    ...Object.entries(countedViews).map(
      ([view, table]) =>
        `CREATE VIEW IF NOT EXISTS ${view} AS SELECT * FROM ${table} ANTI JOIN duplicates USING (event_id)`,
    ),
    ...Object.entries(measuredViews).map(([view, select]) => `CREATE VIEW IF NOT EXISTS ${view} AS ${select}`),
  ];
}

/** Returns the statements that make the working tables of a connection. */
export const workingDefinition = (): string[] =>
  Object.entries(workingTables).map(([name, columns]) => `CREATE TEMP TABLE ${name} (${columnList(columns)})`);
