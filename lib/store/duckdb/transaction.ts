import { readFile, stat } from 'node:fs/promises';
import type { Transaction } from '../store.ts';
import { factTables, tables, type ColumnType, type Columns, type LoadedTable } from '../tables.ts';
import { appendRows } from './append.ts';
import type { Instance } from './instance.ts';
import { readerOf } from './reader.ts';
import { spooledRows, spoolFile } from './spool-file.ts';
import { bind } from './values.ts';

/** The columns of `table` out of its spool file: the import's number, and an event's ordinal below it. */
function selected(table: LoadedTable, importId: number): string {
  const columns: Columns = tables[table];
  return Object.keys(columns).map((name) => {
    if (name === 'import_id') return String(importId);
    if (name === 'event_id' && table in factTables) return `${importId} * 4294967296 + event_id`;
    return name;
  }).join(', ');
}

/** Rows of a smaller file than this, in bytes, are appended one by one: starting the bulk loader would take longer. */
const bulkBytes = 1 << 17;

/**
 * The writer's side of the store, for the time of one transaction on the writer of `instance`. Every call throws when `signal` is aborted: interrupting the engine
 * stops the statement under way, and does nothing between two of them.
 */
export function createTransaction(instance: Pick<Instance, 'writer' | 'call'>, signal?: AbortSignal): Transaction {
  const { writer } = instance;
  const reader = readerOf(writer, instance);
  const append: Transaction['append'] = async (table, rows) => {
    signal?.throwIfAborted();
    await instance.call(async () => appendRows(await writer.createAppender(table), Object.values<ColumnType>(tables[table]), rows));
  };
  return {
    append,
    async rows(...statement) {
      signal?.throwIfAborted();
      return reader.rows(...statement);
    },
    async *batches(...statement) {
      signal?.throwIfAborted();
      yield* reader.batches(...statement);
    },
    async run(sql, values = {}) {
      signal?.throwIfAborted();
      const { values: bound, types } = bind(values);
      await instance.call(() => writer.run(sql, bound, types));
    },
    async load(table, file, importId) {
      signal?.throwIfAborted();
      if ((await stat(file)).size < bulkBytes) {
        await append(table, spooledRows(await readFile(file, 'utf8'), table, importId));
        return;
      }
      const { import_id: _given, ...columns }: Columns = tables[table];
      await instance.call(() => writer.run(`INSERT INTO ${table} SELECT ${selected(table, importId)} FROM ${spoolFile(file, columns)}`));
    },
  };
}
