import path from 'node:path';
import { randomUUID } from 'node:crypto';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Stage } from '../store.ts';
import { stagedTableNames, tables, type ColumnType, type Columns, type StagedTable } from '../tables.ts';
import { appendRows } from './append.ts';
import { columnList } from './definition.ts';
import { quoted, spoolFile } from './spool-file.ts';

/** A stage is a database file of its own, attached under `name` while it is needed. */
export interface DuckDBStage extends Stage { readonly name: string }

/** The columns of a table that a log's rows have before they belong to an import. */
export function stagedColumns(table: StagedTable): Columns {
  const columns: Columns = tables[table];
  return Object.fromEntries(Object.entries(columns).filter(([name]) => name !== 'import_id'));
}

const selected = (columns: Columns): string => Object.entries(columns).map(([name, type]) => (type === 'digest' ? `md5_number(${name})` : name)).join(', ');

/** The stages that are open, so that a transaction finds the one that it is given. */
export const openStages = new WeakMap<Stage, DuckDBStage>();

/** A new stage on a connection of its own, which is closed with it. */
export async function createStage(connection: DuckDBConnection, folder: string): Promise<Stage> {
  const name = `stage_${randomUUID().replaceAll('-', '')}`;
  await connection.run(`ATTACH ${quoted(path.join(folder, 'stage.duckdb'))} AS ${name}`);
  for (const table of stagedTableNames) await connection.run(`CREATE TABLE ${name}.${table} (${columnList(stagedColumns(table))})`);
  const stage: DuckDBStage = {
    name,
    async load(table, file) {
      const columns = stagedColumns(table);
      await connection.run(`INSERT INTO ${name}.${table} SELECT ${selected(columns)} FROM ${spoolFile(file, columns)}`);
    },
    async append(table, rows) {
      await appendRows(await connection.createAppender(table, 'main', name), Object.values<ColumnType>(stagedColumns(table)), rows);
    },
    async close() {
      await connection.run(`DETACH ${name}`);
      connection.closeSync();
    },
  };
  openStages.set(stage, stage);
  return stage;
}
