import type { DerivedTable, StagedTable, TableName } from './tables.ts';

export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];
/** Values as the engine gives them back: whole numbers as numbers (all of ours are below 2⁵³), missing values as null. */
export type SqlRow = Record<string, unknown>;

/** Reading. Statements are in the subset that DuckDB and ClickHouse share; values are bound as `$name`, never pasted in. */
export interface Reader {
  rows(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<SqlRow[]>;
  /** The same, in batches as the engine makes them, for answers that do not fit in memory. */
  batches(sql: string, values?: Readonly<Record<string, SqlValue>>): AsyncIterable<SqlRow[]>;
}

/** Writing inside one transaction: everything becomes durable together, or nothing does. */
export interface Transaction extends Reader {
  run(sql: string, values?: Readonly<Record<string, SqlValue>>): Promise<void>;
  /** Appends rows in the column order of `tables[table]`. For thousands of rows; millions go through `load`. */
  append(table: TableName, rows: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>): Promise<void>;
  /** Moves the rows of a stage in and gives them `importId`: a fact's ordinal becomes its `event_id`. */
  take(stage: Stage, importId: number): Promise<void>;
  /** Bulk load of a derived table's spool file. */
  load(table: DerivedTable, file: string): Promise<void>;
}

/**
 * Where the rows of one import wait, outside the database, while its log is still being read. Nothing of it can be seen before a transaction
 * takes it, and closing it forgets it.
 */
export interface Stage {
  /** Bulk load of a spool file (see `lib/store/spool.ts`): the table's columns without `import_id`, a fact's ordinal in place of `event_id`. */
  load(table: StagedTable, file: string): Promise<void>;
  append(table: StagedTable, rows: AsyncIterable<readonly unknown[]>): Promise<void>;
  close(): Promise<void>;
}

export interface Store extends Reader {
  /** Name and version of the engine, for `GET /api/health`. */
  readonly engine: string;
  /** A new stage whose files lie in `folder`, which must exist. */
  stage(folder: string): Promise<Stage>;
  /** One writer at a time: a second call waits. Rejects with what `work` rejected with, after everything is rolled back. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
