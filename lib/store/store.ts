import type { AppendedTable, LoadedTable } from './tables.ts';
import type { StoreTrouble } from './trouble.ts';

export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];
/**
 * Values as the engine gives them back: whole numbers as numbers (all of ours are below 2⁵³), missing values as null.
 */
export type SqlRow = Readonly<Record<string, unknown>>;

/**
 * Reading, which rejects with `StoreTrouble` for what is the engine's fault or the disk's. Statements are in the subset
 * that DuckDB and ClickHouse share; values are bound as `$name`, never pasted in.
 */
export interface Reader {
  rows(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<readonly SqlRow[]>;
  /** The same, in batches as the engine makes them, for answers that do not fit in memory. */
  batches(sql: string, values?: Readonly<Record<string, SqlValue>>): AsyncIterable<readonly SqlRow[]>;
}

/** Writing inside one transaction: everything becomes durable together, or nothing does. */
export interface Transaction extends Reader {
  /**
   * The columns of an answer, each with its values in the order of the rows. Whole numbers of 64 bits and more are
   * `bigint`. Many rows cost much less than one by one.
   */
  columns(sql: string): Promise<Readonly<Record<string, readonly unknown[]>>>;
  run(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<void>;
  /** Appends rows in the column order of `tables[table]`. For thousands of rows; millions go through `load`. */
  append(table: AppendedTable, rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>): Promise<void>;
  /**
   * Bulk load of spool files (see `lib/store/spool.ts`) of one table: its columns without `import_id`, which the rows
   * get here, and for a fact the event's ordinal in place of `event_id`; logs and blocks of texts are counted from the
   * file's first.
   */
  load(table: LoadedTable, files: readonly SpoolToLoad[]): Promise<void>;
}
/**
 * What the rows of a spool file become: the import that they are of, the id of the first event, and the numbers of the
 * first log and of the first block of texts.
 */
export interface LoadedAs {
  readonly importId: number;
  readonly firstEventId: number;
  readonly firstLog: number;
  readonly firstBlock: number;
}

/** A spool file, and what its rows become. */
export interface SpoolToLoad {
  readonly file: string;
  readonly as: LoadedAs;
}

/**
 * The store as everyone reads it. Inside of `answer` all statements see one state, that of the first of them, whatever
 * is written meanwhile; outside of it, each statement sees the latest.
 */
export interface Store extends Reader {
  /** Name and version of the engine, for `GET /api/health`. */
  readonly engine: string;
  /**
   * One writer at a time: a second call waits. Rejects with what `work` rejected with, after everything is rolled back.
   * Aborting `signal` stops the statement under way, and every call on the transaction throws from then on, so that
   * `work` is undone soon. Work that is `repeatable` is done again in a new transaction when the engine failed and may
   * do better now. Nothing is written into a damaged store.
   */
  write<T>(
    work: (transaction: Transaction) => Promise<T>,
    signal?: AbortSignal,
    options?: { readonly repeatable?: boolean },
  ): Promise<T>;
  /**
   * What whoever uses the store should know: that it is damaged, or that the engine failed and works more simply since.
   * Null when all is well.
   */
  trouble(): StoreTrouble | null;
  /** What is stored is not what was. `what` says it in whole sentences. */
  damaged(what: string): void;
  /**
   * Runs `work`, all of whose reads are of one state: those that it makes directly, and those of what it calls. It
   * holds a connection until it is settled.
   */
  answer<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
