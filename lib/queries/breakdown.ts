import { z } from 'zod';
import { filterKeys } from '../filter-url.ts';
import { allOf, anyOf, countPredicate, recordPredicate, type Filter, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import type { Columns } from './columns.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { Page } from './shapes.ts';

/** Something to count records by: a column of the record itself, or of its thread, so that a segment agrees with the filter of the same name. */
export type Dimension =
  | { readonly of: 'record'; readonly sql: string }
  /** `thread` stands before the name of each column of the thread. */
  | { readonly of: 'thread'; readonly sql: (thread: string) => string };
export const ofRecord = (column: string): Dimension => ({ of: 'record', sql: `record.${column}` });
export const ofThread = (column: string): Dimension => ({ of: 'thread', sql: (thread) => thread + column });

/** Records that are counted by dimensions and listed by selections of them. */
export interface Breakdown<D extends string> {
  readonly view: 'compactions' | 'hook_runs' | 'guardian_reviews';
  /** Where the list reads them, when a record shows more than is counted. */
  readonly listed?: 'measured_compactions';
  /** Where they are counted already, for any filter without times: `records` is the column that says how many. */
  readonly counts?: { readonly table: 'hook_run_counts'; readonly records: string };
  readonly dimensions: Readonly<Record<D, Dimension>>;
}

/** The values that records must have to be in a segment; null is "no value". */
export type Selection<D extends string> = { readonly [K in D]?: string | null | undefined };

/** The key of a group, by the dimensions that were asked for. */
export const groupKey = <D extends string>(dimensions: readonly D[]) => z.partialRecord(z.enum(dimensions), z.string().nullable());

/**
 * Groups of the records that match, the largest first; within a size, in the order of their keys. `measures` are over rows of `countedRecords`, one of them is
 * the `total`.
 */
export async function breakdown<D extends string, S extends z.ZodObject<{ total: z.ZodType }>>(
  store: Reader, records: Breakdown<D>, measures: Columns<S>, filter: Filter, by: readonly D[],
): Promise<Array<{ key: Partial<Record<D, string | null>>; measures: z.output<S> }>> {
  const asked = [...new Set(by)];
  const { from, where, thread } = countedRecords(records, filter, asked);
  const keys = asked.map((dimension) => expression(records.dimensions[dimension], thread));
  const rows = await store.rows(`SELECT ${[...keys.map((key, index) => `${key} AS "key${index}"`), measures.sql].join(', ')} FROM ${from} WHERE ${where.sql}
    ${keys.length > 0 ? `GROUP BY ${keys.join(', ')} ORDER BY ${['"total" DESC', ...keys].join(', ')}` : ''}`, where.values);
  return rows.map((row) => {
    const key: Partial<Record<D, string | null>> = {};
    asked.forEach((dimension, index) => { key[dimension] = keyValue.parse(row[`key${index}`]); });
    return { key, measures: measures.read(row) };
  });
}
const keyValue = z.string().nullable();

/** One page of the records behind a segment, newest first. */
export async function recordList<D extends string, S extends z.ZodObject>(
  store: Reader, { view, listed, dimensions }: Breakdown<D>, columns: Columns<S>, filter: Filter, selection: Selection<D>, page: Page,
): Promise<{ records: z.output<S>[]; nextCursor: string | null }> {
  const selected = selectionKeys(dimensions).flatMap((dimension) => {
    const value = selection[dimension];
    return value === undefined ? [] : [{ dimension, value: value ?? '' }];
  });
  const { from, where } = matching(listed ?? view, filter, selected.map(({ dimension }) => dimensions[dimension]));
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, place);
  const { sql, values } = allOf([
    where,
    ...selected.map(({ dimension, value }) => anyOf(expression(dimensions[dimension], joinedThread), `selected_${dimension}_`, [value])),
    after && { sql: `${newest} < $afterTime OR (${newest} = $afterTime AND record.event_id < $afterId)`, values: { afterTime: after[0], afterId: after[1] } },
  ]);
  const since = await newestSince(store, from, { sql, values }, page.limit + 1);
  const recent = since === null ? { sql, values } : allOf([{ sql, values }, { sql: 'record.time >= $since', values: { since } }]);
  const rows = await store.rows(`SELECT ${columns.sql}, ${newest} AS place_time, record.event_id AS place_id FROM ${from} WHERE ${recent.sql}
    ORDER BY ${newest} DESC, record.event_id DESC LIMIT ${page.limit + 1}`, recent.values);
  const last = rows.length > page.limit ? rows[page.limit - 1] : undefined;
  return {
    records: rows.slice(0, page.limit).map((row) => columns.read(row)),
    nextCursor: last ? encodeCursor(place.parse([last.place_time, last.place_id])) : null,
  };
}
/** Records without a time come last. */
const newest = `coalesce(record.time, ${Number.MIN_SAFE_INTEGER})`;
const place = z.tuple([z.number(), z.number()]);

const hour = 3_600_000;
/**
 * A time since which there are at least so many of these records, in whole hours; null when there are fewer that have a time. Logs are in order of time, so that the engine would take
 * nearly every record for one of the newest on its way to the last, and this spares it most of them.
 */
async function newestSince(store: Reader, from: string, { sql, values }: Predicate, records: number): Promise<number | null> {
  const [row] = await store.rows(`SELECT max(hour) * ${hour} AS since FROM (
      SELECT hour, sum(records) OVER (ORDER BY hour DESC) AS records FROM (
        SELECT CAST(floor(record.time / ${hour}) AS BIGINT) AS hour, count(*) AS records FROM ${from} WHERE record.time IS NOT NULL AND (${sql}) GROUP BY hour)
    ) WHERE records >= ${records}`, values);
  return Since.parse(row).since;
}
const Since = z.object({ since: z.number().nullable() });

/** Dimensions that are also filters (`model`, `codexVersion`, `threadKind`) are read with the filter. */
const selectable = <D extends string>(dimensions: readonly D[]): D[] => dimensions.filter((dimension) => !filterKeys.some((key) => key === dimension));

/** The parameters by which a page's address selects a segment: a value for each dimension, the empty text for "no value". */
export const selectionShape = (dimensions: readonly string[]) => Object.fromEntries(selectable(dimensions).map((dimension) => [dimension, z.string().optional()]));

/** The segment that these parameters select. */
export function selectionIn<D extends string>(dimensions: readonly D[], parameters: object): Selection<D> {
  const values = new Map<string, unknown>(Object.entries(parameters));
  const selection: { [K in D]?: string | null | undefined } = {};
  for (const dimension of selectable(dimensions)) {
    const value = values.get(dimension);
    if (typeof value === 'string') selection[dimension] = value || null;
  }
  return selection;
}

/** What stands before the name of a column of a record's thread, where records are joined with their threads. */
const joinedThread = 'thread.';
const expression = (dimension: Dimension, thread: string): string => (dimension.of === 'record' ? dimension.sql : dimension.sql(thread));

interface Matching { readonly from: string; readonly where: Predicate }

/** What is counted, as `record`: rows that stand for several records where these are counted already, else the records. `thread` stands before the name of each column of the thread. */
export function countedRecords<D extends string>({ view, counts, dimensions }: Breakdown<D>, filter: Filter, by: readonly D[]): Matching & { readonly thread: string } {
  const counted = counts && countPredicate(filter, 'record');
  if (counts && counted) return { from: `${counts.table} AS record`, where: counted, thread: 'record.thread_' };
  const records = counts ? `(SELECT *, 1 AS ${counts.records} FROM ${view})` : view;
  return { ...matching(records, filter, by.map((dimension) => dimensions[dimension])), thread: joinedThread };
}

/** The records that match, with their threads when the filter or one of the dimensions needs them. */
function matching(records: string, filter: Filter, dimensions: readonly Dimension[]): Matching {
  const joined = dimensions.some((dimension) => dimension.of === 'thread');
  return {
    from: `${records} AS record${joined ? ' LEFT JOIN threads AS thread ON thread.thread_id = record.thread_id' : ''}`,
    where: recordPredicate(filter, joined ? { record: 'record', thread: 'thread' } : { record: 'record' }),
  };
}

function selectionKeys<D extends string>(dimensions: Readonly<Record<D, Dimension>>): D[] {
  const keys: D[] = [];
  for (const dimension in dimensions) keys.push(dimension);
  return keys;
}
