import { within } from './expressions.ts';
import { derivedTables } from './derived-tables.ts';
import { keysOf, usageColumns } from './tables.ts';

/*
 * The counts that are made in advance: how the rows of their tables follow from the records that count.
 */

/**
 * The figures of a table of counts. The figure with the name of the records is how many of them a row stands for; the
 * table's other columns are the groups.
 */
interface CountTable {
  readonly records: 'events' | 'hook_runs' | 'turns';
  /** The kind of the records' events; null for any. */
  readonly kind: string | null;
  readonly figures: Readonly<Record<string, string>>;
}

export const countTables = {
  event_counts: {
    records: 'events',
    kind: null,
    figures: {
      events: 'count(*)',
      times_known: 'count(record.time)',
      first_time: 'min(record.time)',
      last_time: 'max(record.time)',
      ends_known: 'count(record.ended_at)',
      last_end: 'max(record.ended_at)',
    },
  },
  hook_run_counts: { records: 'hook_runs', kind: 'hook_run', figures: { hook_runs: 'count(*)' } },
  turn_counts: {
    records: 'turns',
    kind: null,
    figures: {
      turns: 'count(*)',
      ...Object.fromEntries(usageColumns.map((column) => [column, within(`sum(record.${column})`)])),
    },
  },
} as const satisfies Record<string, CountTable>;
/** The tables of selected records, by the name of the records. */
export const selectedTables = {
  selected_compactions: { records: 'compactions', kind: 'compaction' },
  selected_guardian_reviews: { records: 'guardian_reviews', kind: 'guardian_review' },
} as const;

export type CountTableName = keyof typeof countTables;
export type SelectedTableName = keyof typeof selectedTables;
export const countTableNames = keysOf(countTables);
export const selectedTableNames = keysOf(selectedTables);

export const hourMs = 3_600_000;
/**
 * The beginning of the hour of a time, both ms since the epoch. In whole numbers, so exact for every time, also before
 * 1970.
 */
export const hourOf = (time: string): string => `${time} - (${time} % ${hourMs} + ${hourMs}) % ${hourMs}`;

/** The sources of rows: tables, views or subqueries with the columns of `records` and of `threads`. */
export interface Sources {
  readonly records: string;
  readonly threads: string;
}

const threadColumn = (name: string): string => (name === 'tree' ? 'thread.tree' : name.replace('thread_', 'thread.'));

/** Selects the columns of `table`, each by `column`, from its records and their threads. */
function rowsOf(
  table: keyof typeof derivedTables,
  { records, threads }: Sources,
  column: (name: string) => string,
  rest: string,
): string {
  const columns = Object.keys(derivedTables[table]).map(
    (name) => `${name === 'tree' || name.startsWith('thread_') ? threadColumn(name) : column(name)} AS ${name}`,
  );
  return `SELECT ${columns.join(', ')} FROM ${records} AS record
    LEFT JOIN ${threads} AS thread ON thread.thread_id = record.thread_id ${rest}`;
}

/** Selects rows of counts of the records, as `record`, for which `condition` holds. */
export function countRows(table: CountTableName, sources: Sources, condition: string): string {
  const { figures }: CountTable = countTables[table];
  return rowsOf(
    table,
    sources,
    (name) => (name === 'hour' ? hourOf('record.time') : (figures[name] ?? `record.${name}`)),
    `WHERE ${condition} GROUP BY ALL`,
  );
}

/** Selects rows of selected records. */
export const selectedRows = (table: SelectedTableName, sources: Sources): string =>
  rowsOf(table, sources, (name) => `record.${name}`, '');
