import type { AppendedTable, LoadedTable } from './tables.ts';
import type { StoreTrouble } from './trouble.ts';

export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];
/** Values as the engine returns them: whole numbers as numbers (all of ours are below 2⁵³), missing values as null. */
export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * Reads; rejects with `StoreTrouble` for failures of the engine or the disk. Statements are in the subset that DuckDB
 * and ClickHouse share; values are bound as `$name`, never pasted in.
 */
export interface Reader {
  rows(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<readonly SqlRow[]>;
  /** Returns the rows in batches as the engine makes them, for answers that do not fit in memory. */
  batches(sql: string, values?: Readonly<Record<string, SqlValue>>): AsyncIterable<readonly SqlRow[]>;
}

/** Writes inside one transaction: everything becomes durable together, or nothing does. */
export interface Transaction extends Reader {
  /**
   * Returns the columns of an answer, each with its values in the order of the rows. Whole numbers of 64 bits and more
   * are `bigint`. For many rows this costs much less than reading them one by one.
   */
  columns(sql: string): Promise<Readonly<Record<string, readonly unknown[]>>>;
  run(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<void>;
  /** Appends rows in the column order of `tables[table]`. For thousands of rows; millions go through `load`. */
  append(table: AppendedTable, rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>): Promise<void>;
  /**
   * Loads spool files (see `lib/store/spool.ts`) in bulk. They hold the columns of their table, except `import_id` and
   * the numbers of threads, which are added here. A fact has its ordinal in place of `event_id`. Logs and text blocks
   * are counted from the first of the file. `threads` has the numbers of all threads that the rows name.
   */
  load(files: readonly SpoolToLoad[], threads: ReadonlyMap<string, number>): Promise<void>;
}
/**
 * The numbers that the rows of a spool file get: their import, the id of the first event, and the numbers of the first
 * log and of the first block of texts.
 */
export interface LoadedAs {
  readonly importId: number;
  readonly firstEventId: number;
  readonly firstLog: number;
  readonly firstBlock: number;
}

/** A spool file, and the numbers that its rows get. */
export interface SpoolToLoad {
  readonly table: LoadedTable;
  readonly file: string;
  readonly as: LoadedAs;
}

/**
 * The store as everyone reads it. Inside of `answer` all statements see one state, that of the first of them, even if
 * the data changes meanwhile; outside of it, each statement sees the latest.
 */
export interface Store extends Reader {
  /** Name and version of the engine, for `GET /api/health`. */
  readonly engine: string;
  /**
   * Runs one writer at a time: a second call waits. Rejects with the failure of `work`, after everything is rolled
   * back. Aborting `signal` stops the statement under way, and every later call on the transaction throws, so that
   * `work` is undone soon. `repeatable` work is done again in a new transaction when the engine failed and a retry may
   * work. Nothing is written into a damaged store.
   */
  write<T>(
    work: (transaction: Transaction) => Promise<T>,
    signal?: AbortSignal,
    options?: { readonly repeatable?: boolean },
  ): Promise<T>;
  /**
   * The trouble that users of the store should know: that it is damaged, or that the engine failed and works more
   * simply since. Null when all is well.
   */
  trouble(): StoreTrouble | null;
  /** Notes that the stored data is damaged. `what` explains it in whole sentences. */
  damaged(what: string): void;
  /**
   * Runs `work` with all its reads on one state: its own, and those of the functions that it calls. It holds a
   * connection until it is settled.
   */
  answer<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
