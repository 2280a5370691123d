import { anatomy, usage, type Columns, type ColumnType } from './columns.ts';
import { derivedTables } from './derived-tables.ts';
import { factTables, thread_evidence, threadNumbers, type FactTable } from './fact-tables.ts';

/**
 * Every table of the store, declared once: the engine's DDL, the bulk loader's column order and the row types all come
 * from here.
 *
 * Three layers. *Facts* (`logged_…`, in `fact-tables.ts`) are the content of one import and never change: they are
 * added with an import and deleted with it. *Derived* tables (in `derived-tables.ts`) are a function of the facts.
 * *Ledgers* record the imports themselves. Times are UTC milliseconds since the epoch; durations are milliseconds;
 * tokens are whole numbers.
 */

/** The records that count: each view is its `logged_` table without the duplicates. Queries read these. */
export const countedViews = {
  events: 'logged_events',
  compactions: 'logged_compactions',
  hook_runs: 'logged_hook_runs',
  guardian_reviews: 'logged_guardian_reviews',
  tool_calls: 'logged_tool_calls',
  approvals: 'logged_approvals',
  workspaces: 'logged_workspaces',
  critical_paths: 'logged_critical_paths',
} as const satisfies Record<string, keyof typeof factTables>;

/** Counted records with the measures that follow from the others of their thread. */
export const measuredViews = {
  measured_compactions: `SELECT compactions.*, refill_turns, refill_ms, coalesce(storm, FALSE) AS storm FROM compactions
      LEFT JOIN compaction_measures USING (event_id)`,
  placed_tool_calls: `SELECT tool_calls.* REPLACE (coalesce(tool_calls.parent_call_id,
    call_parents.parent_call_id) AS parent_call_id)
    FROM tool_calls LEFT JOIN (SELECT event_id, parent_call_id FROM call_parents) AS call_parents USING (event_id)`,
} as const;

export const ledgerTables = {
  /**
   * One row for each drop, of one log or of thousands. `state` is `complete`, or `incomplete` while logs are still to
   * come: a drop that was cut off stays so until it is dropped again. `sha256` and `bytes` are of the sent bytes; the
   * digest is empty when they came in several requests.
   */
  imports: {
    import_id: 'integer',
    name: 'text',
    state: 'text',
    sha256: 'text',
    bytes: 'bigint',
    started_at: 'bigint',
    finished_at: 'bigint',
  },
  /**
   * The logs of an import, by their number in it and by their `path`, which is null for a file that was sent alone.
   * `state`: `read`; `already_in` when the same bytes are in as a log of `other_import_id`; `replaced` when that import
   * brought a later version, and nothing of this one is left; `passed_over` for the reason `passed_over`, which
   * `detail` explains. `sha256` is of the log's own bytes; `first_line` and `prefixes` identify a log that was
   * rewritten (`log-digest.ts`). Its events have the ids from `first_event_id` on, its texts the blocks from
   * `first_block` on.
   */
  import_logs: {
    import_id: 'integer',
    log: 'integer',
    path: 'text',
    state: 'text',
    passed_over: 'text',
    detail: 'text',
    other_import_id: 'integer',
    sha256: 'text',
    first_line: 'text',
    prefixes: 'bytes',
    bytes: 'bigint',
    lines_total: 'bigint',
    lines_blank: 'bigint',
    lines_rejected: 'bigint',
    events: 'bigint',
    events_unknown: 'bigint',
    events_repaired: 'bigint',
    first_event_id: 'bigint',
    first_block: 'integer',
    blocks: 'integer',
  },
  /** Lines of a log by the format they were read as; a value on several lines counts once. */
  log_formats: { import_id: 'integer', log: 'integer', format: 'text', lines: 'bigint' },
  /** How many events of each type a log brought, by the format of their lines. Duplicates included. */
  import_counts: {
    import_id: 'integer',
    log: 'integer',
    format: 'text',
    type: 'text',
    kind: 'text',
    events: 'bigint',
    repaired: 'bigint',
  },
  /**
   * The unknown parts of a log: `what` is `type`, `field` or `value`, with how often, the first and last event, and
   * their times (null when they have none of their own).
   */
  unknowns: {
    import_id: 'integer',
    log: 'integer',
    what: 'text',
    type: 'text',
    field: 'text',
    value: 'text',
    occurrences: 'bigint',
    first_event_id: 'bigint',
    last_event_id: 'bigint',
    first_time: 'bigint',
    last_time: 'bigint',
  },
  /**
   * The first rejects of an import; `reject_counts` has how many there were, by code, with the message of the first.
   */
  rejects: { import_id: 'integer', log: 'integer', line: 'bigint', code: 'text', message: 'text', excerpt: 'text' },
  reject_counts: { import_id: 'integer', log: 'integer', code: 'text', rejects: 'bigint', example: 'text' },
  /**
   * The texts of records with events, one after another, in blocks of at most about 512 KiB, each of one log and
   * compressed with zstd.
   */
  event_texts: { import_id: 'integer', text_block: 'integer', compressed: 'bytes' },
} as const satisfies Record<string, Columns>;

/**
 * Occurrences that repeat a better or earlier occurrence: they are kept, and count nowhere. They change with the facts.
 */
const duplicates = { event_id: 'bigint' } as const satisfies Columns;

/** The numbers of threads: given once, when a record first names the thread. */
const thread_numbers = { thread: 'integer', thread_id: 'text' } as const satisfies Columns;
/** One row: the id that the next event gets. */
const next_ids = { event_id: 'bigint' } as const satisfies Columns;

/**
 * The working set of a change; empty between changes, and only visible to the writer. `leaving_logs` and
 * `leaving_events` are removed, `moving_logs` and `moving_events` go to another import, `settling_logs` have times to
 * be settled, `suspects` are events that may start or stop counting, `loading_threads` are named by the facts that are
 * loaded, `dirty_threads` have changed facts, `touched_threads` are all threads of the trees that may change with them,
 * and the `batch_…` tables hold the threads of one batch, with their evidence, nodes, trees and events.
 */
export const workingTables = {
  leaving_logs: { import_id: 'integer', log: 'integer' },
  leaving_events: { event_id: 'bigint' },
  moving_events: { event_id: 'bigint', to_import: 'integer' },
  moving_logs: {
    import_id: 'integer',
    log: 'integer',
    to_import: 'integer',
    to_log: 'integer',
    first_block: 'integer',
    to_block: 'integer',
    blocks: 'integer',
  },
  settling_logs: {
    import_id: 'integer',
    log: 'integer',
    first_event_id: 'bigint',
    last_event_id: 'bigint',
    clock_offset: 'bigint',
    first_time: 'bigint',
    time_source: 'text',
  },
  suspects: { event_id: 'bigint' },
  loading_threads: thread_numbers,
  dirty_threads: { thread: 'integer' },
  touched_threads: { thread: 'integer' },
  batch_numbers: { thread: 'integer' },
  batch_threads: thread_numbers,
  batch_evidence: thread_evidence,
  batch_nodes: { thread_id: 'text', created_at: 'bigint' },
  batch_trees: {
    thread: 'integer',
    thread_id: 'text',
    tree: 'integer',
    kind: 'text',
    model: 'text',
    client: 'text',
    codex_version: 'text',
  },
  batch_events: {
    event_id: 'bigint',
    import_id: 'integer',
    thread: 'integer',
    thread_id: 'text',
    turn_id: 'text',
    type: 'text',
    kind: 'text',
    time: 'bigint',
    time_source: 'text',
    ended_at: 'bigint',
    outcome: 'text',
  },
} as const satisfies Record<string, Columns>;

export const tables = {
  ...ledgerTables,
  ...factTables,
  duplicates,
  thread_numbers,
  next_ids,
  ...derivedTables,
} as const;
export type TableName = keyof typeof tables;
/** Tables that spool files are loaded into. */
export type LoadedTable = FactTable | 'rejects';
/** Tables that rows are appended to. */
export type AppendedTable = TableName | keyof typeof workingTables;

export function keysOf<T extends object>(record: T): Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
/** The columns of a table in its spool files: the loader adds the import and the numbers of threads. */
export const spooledColumns = (table: LoadedTable): Columns =>
  Object.fromEntries(
    Object.entries<ColumnType>(tables[table]).filter(([name]) => name !== 'import_id' && !(name in threadNumbers)),
  );
export const factTableNames = keysOf(factTables);
export const ledgerTableNames = keysOf(ledgerTables);
export const derivedTableNames = keysOf(derivedTables);
export const anatomyColumns = keysOf(anatomy);
export const usageColumns = keysOf(usage);
