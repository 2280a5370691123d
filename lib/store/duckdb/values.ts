import { BIGINT, BOOLEAN, DOUBLE, LIST, VARCHAR, listValue, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import { columnText } from '../column-text.ts';
import type { SqlRow, SqlValue } from '../store.ts';

type Bound = { readonly values: Record<string, DuckDBValue>; readonly types: Record<string, DuckDBType> };

function bindOne(value: SqlValue): [DuckDBValue, DuckDBType] {
  if (value === null) return [value, VARCHAR];
  if (typeof value === 'string') return [columnText(value), VARCHAR];
  if (typeof value === 'boolean') return [value, BOOLEAN];
  if (typeof value === 'number') return Number.isSafeInteger(value) ? [BigInt(value), BIGINT] : [value, DOUBLE];
  const items: DuckDBValue[] = value.map((item) => (typeof item === 'number' ? BigInt(item) : columnText(item)));
  return [listValue(items), LIST(typeof value[0] === 'number' ? BIGINT : VARCHAR)];
}

/**
 * Binds values for `$name` parameters, with explicit types. Texts get the form of columns, which they are compared
 * with.
 */
export function bind(parameters: Readonly<Record<string, SqlValue>>): Bound {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [name, value] of Object.entries(parameters)) [values[name], types[name]] = bindOne(value);
  return { values, types };
}

/**
 * Converts the engine's row to the store's: 64-bit and 128-bit whole numbers become numbers where that loses nothing.
 */
export function fromEngine(row: Readonly<Record<string, unknown>>): SqlRow {
  const plain: Record<string, unknown> = {};
  for (const name in row) {
    const value = row[name];
    plain[name] =
      typeof value === 'bigint' && value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER
        ? Number(value)
        : value;
  }
  return plain;
}
