import { within } from './expressions.ts';
import { derivedTables, keysOf, usageColumns } from './tables.ts';

/*
 * What is counted before anyone asks (`docs/adr/0014-figures-are-rebuilt-when-read.md`): how the rows of those tables follow from the records that count.
 */

/** A figure of a group of records, and what makes one figure of several groups' figures. */
interface Figure { readonly of: string; readonly together: 'sum' | 'min' | 'max' }
const total = (of: string): Figure => ({ of, together: 'sum' });
interface CountTable {
  readonly records: 'events' | 'hook_runs' | 'turns';
  readonly hourly: 'hourly_event_counts' | 'hourly_hook_run_counts' | 'hourly_turn_counts';
  /** The one that is called as the records are is how many of them a row stands for. The table's other columns are what its rows are groups by. */
  readonly figures: Readonly<Record<string, Figure>>;
}

export const countTables = {
  event_counts: {
    records: 'events', hourly: 'hourly_event_counts',
    figures: {
      events: total('count(*)'), times_known: total('count(record.time)'), first_time: { of: 'min(record.time)', together: 'min' }, last_time: { of: 'max(record.time)', together: 'max' },
      ends_known: total('count(record.ended_at)'), last_end: { of: 'max(record.ended_at)', together: 'max' },
    },
  },
  hook_run_counts: { records: 'hook_runs', hourly: 'hourly_hook_run_counts', figures: { hook_runs: total('count(*)') } },
  turn_counts: {
    records: 'turns', hourly: 'hourly_turn_counts',
    figures: { turns: total('count(*)'), ...Object.fromEntries(usageColumns.map((column) => [column, total(within(`sum(record.${column})`))])) },
  },
} as const satisfies Record<string, CountTable>;
/** The tables of selected records, by what they are records of. */
export const selectedTables = { selected_compactions: 'compactions', selected_guardian_reviews: 'guardian_reviews' } as const;

export type CountTableName = keyof typeof countTables;
export type SelectedTableName = keyof typeof selectedTables;
export const countTableNames = keysOf(countTables);
export const selectedTableNames = keysOf(selectedTables);

export const hourMs = 3_600_000;
/** The beginning of the hour of a time, both ms since the epoch. In whole numbers, and so exact for every time, also before 1970. */
export const hourOf = (time: string): string => `${time} - (${time} % ${hourMs} + ${hourMs}) % ${hourMs}`;

/** The columns of `table`, each as `column` says, from its records and their threads. */
function rowsOf(table: keyof typeof derivedTables, records: string, column: (name: string) => string, rest: string): string {
  const columns = Object.keys(derivedTables[table]).map((name) => `${name.startsWith('thread_') ? name.replace('thread_', 'thread.') : column(name)} AS ${name}`);
  return `SELECT ${columns.join(', ')} FROM ${records} AS record LEFT JOIN threads AS thread ON thread.thread_id = record.thread_id ${rest}`;
}

/** Rows of the hourly counts of the records, as `record`, that `condition` holds for. */
export function hourlyRows(table: CountTableName, condition: string): string {
  const { records, hourly, figures }: CountTable = countTables[table];
  return rowsOf(hourly, records, (name) => (name === 'hour' ? hourOf('record.time') : figures[name]?.of ?? `record.${name}`), `WHERE ${condition} GROUP BY ALL`);
}

/** Rows of the counts, from the hourly ones. */
export function countRows(table: CountTableName): string {
  const { hourly, figures }: CountTable = countTables[table];
  const columns = Object.keys(derivedTables[table]).map((name) => (figures[name] ? `${within(`${figures[name].together}(${name})`)} AS ${name}` : name));
  return `SELECT ${columns.join(', ')} FROM ${hourly} GROUP BY ALL`;
}

/** Rows of selected records. */
export const selectedRows = (table: SelectedTableName): string => rowsOf(table, selectedTables[table], (name) => `record.${name}`, '');
