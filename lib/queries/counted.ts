import { allOf, selectedPredicate, timePredicate, type Filter, type Predicate } from '../filters.ts';
import {
  countRows,
  countTables,
  hourMs,
  hourOf,
  selectedTables,
  type CountTableName,
  type SelectedTableName,
} from '../store/counts.ts';

/**
 * The tables of figures, so that no filter needs a pass over the records and their threads: groups of records, or
 * selected records one by one.
 */
export type Counted = CountTableName | SelectedTableName;
const isSelected = (table: Counted): table is SelectedTableName => table in selectedTables;

/** The counted rows, called `record`, and the condition on them. The values of `where` are also bound in `from`. */
export interface CountedRows {
  readonly from: string;
  readonly where: Predicate;
}

/**
 * Returns rows like those of `table` that stand exactly for the records that a filter selects. The columns of their
 * threads are called `thread_…`.
 */
export function countedRows(table: Counted, filter: Filter): CountedRows {
  const where = selectedPredicate(filter, 'record');
  if (isSelected(table))
    return { from: `${table} AS record`, where: allOf([timePredicate(filter, 'record.time'), where]) };
  const times = timePredicate(filter, 'record.time');
  if (times === null) return { from: `${table} AS record`, where };
  const hours = wholeHours(filter, 'hour');
  // The parts of the range that are no whole hours are counted now: records of two hours at most.
  const { records } = countTables[table];
  const rest = isWhole(filter)
    ? []
    : [
        countRows(
          table,
          { records, threads: 'threads' },
          `${times.sql} AND NOT (${wholeHours(filter, 'record.time').sql})`,
        ),
      ];
  const rows = [`SELECT * FROM ${table} WHERE ${hours.sql}`, ...rest];
  return {
    from: `(${rows.join(' UNION ALL ')}) AS record`,
    where: { sql: where.sql, values: { ...(isWhole(filter) ? {} : times.values), ...hours.values, ...where.values } },
  };
}

/**
 * Returns the same for records that have a time, by the hour that `hour` gives; each row stands for `records` records.
 * When a range of time begins or ends within an hour, that hour is left out.
 */
export function countedByHour(
  table: Counted,
  filter: Filter,
): CountedRows & { readonly hour: string; readonly records: string } {
  if (isSelected(table)) {
    const { from, where } = countedRows(table, filter);
    return {
      from,
      where: allOf([where, { sql: 'record.time IS NOT NULL', values: {} }]),
      hour: hourOf('record.time'),
      records: '1',
    };
  }
  const { records } = countTables[table];
  return {
    from: `${table} AS record`,
    where: allOf([wholeHours(filter, 'record.hour'), selectedPredicate(filter, 'record')]),
    hour: 'record.hour',
    records: `record.${records}`,
  };
}

const isWhole = ({ from = 0, to = 0 }: Filter): boolean => from % hourMs === 0 && to % hourMs === 0;

/** Returns the condition that an hour, by its beginning or any time in it, is completely within the filter's times. */
function wholeHours({ from, to }: Filter, hour: string): Predicate {
  return allOf([
    { sql: `${hour} IS NOT NULL`, values: {} },
    from === undefined
      ? null
      : { sql: `${hour} >= $firstHour`, values: { firstHour: Math.ceil(from / hourMs) * hourMs } },
    to === undefined ? null : { sql: `${hour} < $endHour`, values: { endHour: Math.floor(to / hourMs) * hourMs } },
  ]);
}
