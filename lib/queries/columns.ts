import { z } from 'zod';
import type { SqlRow } from '../store/store.ts';

/**
 * The columns that read a schema of the API from the store. The fields of an object within are columns of their own,
 * called `tokens.input`; the database column is the path in snake case (`hooks_completed`), or the expression in
 * `expressions`.
 */
export interface Columns<S extends z.ZodObject> {
  /** The list for SELECT. */
  readonly sql: string;
  /**
   * Reads one row of that list, checked. An object that may be null is null when all of its columns are; a sum beyond
   * 2⁵³ becomes the nearest number.
   */
  read(row: SqlRow): z.output<S>;
}

const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);
/** Returns the column of a field, by default. */
export const snake = (path: string): string =>
  path.replaceAll('.', '_').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Returns columns of `source` (a table's alias) for every field of `schema`. */
export function columns<S extends z.ZodObject>(
  schema: S,
  source: string,
  expressions: Readonly<Record<string, string>> = {},
): Columns<S> {
  const select = (path: string): string => `${expressions[path] ?? `${source}.${snake(path)}`} AS "${path}"`;
  const fields = Object.entries<z.ZodType>(schema.shape).map(([name, field]) => {
    const nullable = field instanceof z.ZodNullable;
    const inner = nullable ? field.unwrap() : field;
    return {
      name,
      nullable,
      within:
        inner instanceof z.ZodObject ? Object.keys(inner.shape).map((key) => ({ key, path: `${name}.${key}` })) : null,
    };
  });
  return {
    sql: fields
      .flatMap(({ name, within }) => (within ? within.map(({ path }) => select(path)) : [select(name)]))
      .join(', '),
    read(row) {
      const shaped: Record<string, unknown> = {};
      for (const { name, nullable, within } of fields) {
        if (within === null) {
          shaped[name] = plain(row[name]);
          continue;
        }
        const object: Record<string, unknown> = {};
        let known = false;
        for (const { key, path } of within) {
          object[key] = plain(row[path]);
          known ||= row[path] !== null;
        }
        shaped[name] = known || !nullable ? object : null;
      }
      return schema.parse(shaped);
    },
  };
}
