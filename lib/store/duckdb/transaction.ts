import { readFile, stat } from 'node:fs/promises';
import type { DuckDBPreparedStatement } from '@duckdb/node-api';
import type { SqlValue, Transaction } from '../store.ts';
import type { ColumnType } from '../columns.ts';
import { tables, workingTables, type LoadedTable } from '../tables.ts';
import { appendRows } from './append.ts';
import type { Instance } from './instance.ts';
import { readerOf } from './reader.ts';
import { spooledQuery, spooledRows } from './spool-file.ts';
import { bind, fromEngine } from './values.ts';

const columnsOf = { ...tables, ...workingTables };

/** Rows of a file below this size, in bytes, are appended one by one: starting the bulk loader would take longer. */
const bulkBytes = 1 << 17;

/**
 * Creates one transaction on the writer of `instance`. Every call throws when `signal` is aborted: interrupting the
 * engine stops the statement under way, and does nothing between two of them.
 */
export function createTransaction(
  instance: Pick<Instance, 'writer' | 'statements' | 'call'>,
  signal?: AbortSignal,
): Transaction {
  const { writer, statements } = instance;
  const reader = readerOf(writer, instance);
  const append: Transaction['append'] = async (table, rows) => {
    signal?.throwIfAborted();
    // An appender costs a millisecond or two.
    if (Array.isArray(rows) && rows.length === 0) return;
    await instance.call(async () =>
      appendRows(
        await writer.createAppender(table, null, table in workingTables ? 'temp' : null),
        Object.values<ColumnType>(columnsOf[table]),
        rows,
      ),
    );
  };
  const prepared = <T>(
    sql: string,
    parameters: Readonly<Record<string, SqlValue>> = {},
    work: (statement: DuckDBPreparedStatement) => Promise<T>,
  ): Promise<T> => {
    signal?.throwIfAborted();
    return instance.call(async () => {
      const statement = await statements.of(sql);
      const { values, types } = bind(parameters);
      statement.bind(values, types);
      signal?.throwIfAborted();
      return work(statement);
    });
  };
  return {
    append,
    async rows(sql, parameters) {
      const answer = await prepared(sql, parameters, (statement) => statement.runAndReadAll());
      return answer.getRowObjectsJS().map(fromEngine);
    },
    columns: async (sql) => (await prepared(sql, {}, (statement) => statement.runAndReadAll())).getColumnsObjectJS(),
    async *batches(...statement) {
      signal?.throwIfAborted();
      yield* reader.batches(...statement);
    },
    async run(sql, parameters) {
      await prepared(sql, parameters, (statement) => statement.run());
    },
    async load(files, threads) {
      signal?.throwIfAborted();
      const sized = await Promise.all(
        files.map(async (each) => ({ ...each, large: (await stat(each.file)).size >= bulkBytes })),
      );
      const small = new Map<LoadedTable, (readonly unknown[])[]>();
      for (const { table, file, as } of sized.filter(({ large }) => !large)) {
        const rows = small.get(table) ?? [];
        rows.push(...spooledRows(await readFile(file, 'utf8'), table, { ...as, threads }));
        small.set(table, rows);
      }
      for (const [table, rows] of small) await append(table, rows);
      const large = sized.filter((each) => each.large);
      if (large.length === 0) return;
      await append(
        'loading_threads',
        [...threads].map(([id, thread]) => [thread, id]),
      );
      for (const { table, file, as } of large) {
        signal?.throwIfAborted();
        const { rowsChanged } = await instance.call(() =>
          writer.run(`INSERT INTO ${table} ${spooledQuery(file, table, as)}`),
        );
        if (table === 'logged_events') statements.cameIn(rowsChanged);
      }
      await instance.call(() => writer.run('DELETE FROM loading_threads'));
    },
  };
}
