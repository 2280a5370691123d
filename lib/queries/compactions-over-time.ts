import { z } from 'zod';
import type { Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { CompactionCounts, compactionMeasures } from './compactions.ts';
import { countedRows } from './counted.ts';
import { count, showableTimes, time, integerOrNull } from './fields.ts';

export const CompactionBucket = CompactionCounts.extend({ start: time }).meta({ id: 'CompactionBucket' });
export type CompactionBucket = z.output<typeof CompactionBucket>;
export const CompactionsOverTime = z.object({
  /** The width of every bucket; null when there is none. */
  widthMs: integerOrNull,
  /** One after another without gaps; one that is empty has zeros. */
  buckets: z.array(CompactionBucket),
  /** Compactions that match and have no time, or none that can be shown. */
  untimed: count,
});
export type CompactionsOverTime = z.output<typeof CompactionsOverTime>;

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const widths = [1, 5, 15, 30]
  .map((n) => n * second)
  .concat(
    [1, 5, 15, 30].map((n) => n * minute),
    [1, 3, 6, 12].map((n) => n * hour),
    [1, 7, 30, 90, 365].map((n) => n * day),
  );

/**
 * Returns compactions in buckets of time, at most `most` (≤ 500), in the narrowest usual width that is wide enough.
 * Widths divide the time since the epoch, in UTC.
 */
export async function compactionsOverTime(store: Reader, filter: Filter, most = 120): Promise<CompactionsOverTime> {
  const {
    from,
    where: { sql, values },
  } = countedRows('selected_compactions', filter);
  const timed = `record.time BETWEEN ${showableTimes.first} AND ${showableTimes.last}`;
  const [row] = await store.rows(
    `SELECT min(record.time) FILTER (WHERE ${timed}) AS first, max(record.time) FILTER (WHERE ${timed}) AS last,
    count(*) - count(*) FILTER (WHERE ${timed}) AS untimed FROM ${from} WHERE ${sql}`,
    values,
  );
  const { first, last, untimed } = Span.parse(row);
  if (first === null || last === null) return { widthMs: null, buckets: [], untimed };
  const width = bucketWidth(first, last, Math.min(most, 500));
  const rows = await store.rows(
    `SELECT ${measures.sql} FROM ${from} WHERE ${timed} AND (${sql}) GROUP BY "start" ORDER BY "start"`,
    { ...values, width },
  );
  const found = new Map(rows.map((each) => [each.start, measures.read(each)]));
  const buckets: CompactionBucket[] = [];
  for (let start = Math.floor(first / width) * width; start <= last; start += width)
    buckets.push(found.get(start) ?? CompactionBucket.parse({ ...nothing, start }));
  return { widthMs: width, buckets, untimed };
}
const Span = z.object({ first: z.number().nullable(), last: z.number().nullable(), untimed: count });
const measures = columns(CompactionBucket, 'record', {
  ...compactionMeasures,
  start: 'CAST(floor(record.time / $width) AS BIGINT) * $width',
});
const nothing = { total: 0, completed: 0, failed: 0, interrupted: 0, tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 };

/**
 * Returns the first usual width that needs at most `most` buckets from `first` to `last`; beyond a year, whole years.
 */
function bucketWidth(first: number, last: number, most: number): number {
  const fits = (width: number): boolean => Math.floor(last / width) - Math.floor(first / width) < most;
  const year = 365 * day;
  return widths.find(fits) ?? year * Math.ceil((last - first) / year / (most - 1));
}
