import type { DuckDBAppender } from '@duckdb/node-api';
import type { ColumnType } from '../tables.ts';

type Rows = AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>;

function appendValue(appender: DuckDBAppender, type: ColumnType, value: unknown): void {
  if (value === null || value === undefined) appender.appendNull();
  else if (type === 'text') appender.appendVarchar(String(value));
  else if (type === 'integer') appender.appendInteger(Number(value));
  else if (type === 'bigint') appender.appendBigInt(BigInt(Number(value)));
  else if (type === 'boolean') appender.appendBoolean(value === true);
  else if (value instanceof Uint8Array) appender.appendBlob(value);
  else throw new TypeError(`A ${type} column cannot hold a ${typeof value}.`);
}

/** Appends rows of these types and closes the appender. */
export async function appendRows(appender: DuckDBAppender, types: readonly ColumnType[], rows: Rows): Promise<void> {
  for await (const row of rows) {
    types.forEach((type, index) => appendValue(appender, type, row[index]));
    appender.endRow();
  }
  appender.closeSync();
}
