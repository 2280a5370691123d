import { uuidValue, type DuckDBAppender } from '@duckdb/node-api';
import { columnText } from '../column-text.ts';
import type { ColumnType } from '../columns.ts';

type Rows = AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>;

const [most, least] = [2n ** 63n - 1n, -(2n ** 63n)];
/** Limits a whole number of any size to a column of 64 bits. */
const within = (value: bigint): bigint => (value > most ? most : value < least ? least : value);

function appendValue(appender: DuckDBAppender, type: ColumnType, value: unknown): void {
  if (value === null || value === undefined) appender.appendNull();
  else if (type === 'text' && typeof value === 'string') appender.appendVarchar(columnText(value));
  else if (type === 'integer' && typeof value === 'number') appender.appendInteger(value);
  else if (type === 'bigint' && typeof value === 'number') appender.appendBigInt(BigInt(value));
  else if (type === 'bigint' && typeof value === 'bigint') appender.appendBigInt(within(value));
  else if (type === 'boolean' && typeof value === 'boolean') appender.appendBoolean(value);
  else if (type === 'bytes' && value instanceof Uint8Array) appender.appendBlob(value);
  else if (type === 'digest' && typeof value === 'string') appender.appendUUID(uuidValue(BigInt(`0x${value}`)));
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
