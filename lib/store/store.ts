import type { LoadedTable, TableName } from './tables.ts';
import type { StoreTrouble } from './trouble.ts';

export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];
/** Values as the engine gives them back: whole numbers as numbers (all of ours are below 2⁵³), missing values as null. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** Reading, which rejects with `StoreTrouble` for what is the engine's fault or the disk's. Statements are in the subset that DuckDB and ClickHouse share; values are bound as `$name`, never pasted in. */
export interface Reader {
  rows(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<readonly SqlRow[]>;
  /** The same, in batches as the engine makes them, for answers that do not fit in memory. */
  batches(sql: string, values?: Readonly<Record<string, SqlValue>>): AsyncIterable<readonly SqlRow[]>;
}

/** Writing inside one transaction: everything becomes durable together, or nothing does. */
export interface Transaction extends Reader {
  run(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<void>;
  /** Appends rows in the column order of `tables[table]`. For thousands of rows; millions go through `load`. */
  append(table: TableName, rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>): Promise<void>;
  /**
   * Bulk load of a spool file (see `lib/store/spool.ts`): the table's columns without `import_id`, which the rows get here, and for a fact the
   * event's ordinal in place of `event_id`.
   */
  load(table: LoadedTable, file: string, importId: number): Promise<void>;
}

export interface Store extends Reader {
  /** Name and version of the engine, for `GET /api/health`. */
  readonly engine: string;
  /**
   * One writer at a time: a second call waits. Rejects with what `work` rejected with, after everything is rolled back. Aborting `signal` stops the statement
   * under way, and every call on the transaction throws from then on, so that `work` is undone soon. Work that is `repeatable` is done again in a new transaction
   * when the engine failed and may do better now. Nothing is written into a damaged store.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, signal?: AbortSignal, options?: { readonly repeatable?: boolean }): Promise<T>;
  /** What whoever uses the store should know: that it is damaged, or that the engine failed and works more simply since. Null when all is well. */
  trouble(): StoreTrouble | null;
  /** What is stored is not what was. `what` says it in whole sentences. */
  damaged(what: string): void;
  close(): Promise<void>;
}
