import { z } from 'zod';
import { filterKeys } from '../filter-url.ts';
import { allOf, anyOf, recordPredicate, type Filter, type Predicate } from '../filters.ts';
import { hourMs } from '../store/counts.ts';
import type { Reader } from '../store/store.ts';
import type { Columns } from './columns.ts';
import { countedRows, countedByHour, type Counted, type CountedRows } from './counted.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { count } from './fields.ts';
import { firstWithin, mostOnPage } from './page-bytes.ts';
import type { Page } from './shapes.ts';

/**
 * A value to count records by: a column of the record itself, or of its thread, so that a segment agrees with the
 * filter of the same name.
 */
export type Dimension =
  | { readonly of: 'record'; readonly sql: string }
  /** `thread` is the prefix of each column name of the thread. */
  | { readonly of: 'thread'; readonly sql: (thread: string) => string };
export const ofRecord = (column: string): Dimension => ({ of: 'record', sql: `record.${column}` });
export const ofThread = (column: string): Dimension => ({ of: 'thread', sql: (thread) => thread + column });

/** Records that are counted by dimensions and listed by selections of them. */
export interface Breakdown<D extends string> {
  readonly view: 'compactions' | 'hook_runs' | 'guardian_reviews';
  /** The view that the list reads, when a record shows more than is counted. */
  readonly listed?: 'measured_compactions';
  /** The table that they are counted from. */
  readonly counted: Counted;
  readonly dimensions: Readonly<Record<D, Dimension>>;
}

/** The values of the records in a segment; null is "no value". */
export type Selection<D extends string> = { readonly [K in D]?: string | null | undefined };

/** The key of a group, by the requested dimensions. */
export const groupKey = <D extends string>(dimensions: readonly D[]) =>
  z.partialRecord(z.enum(dimensions), z.string().nullable());

/** The shape of an answer about groups; `measures` are the figures of a group. */
export const breakdownShape = <G extends z.ZodObject, S extends z.ZodObject>(group: G, measures: S) =>
  z.object({
    groups: z.array(group).describe('The largest groups: at most 1,000, fewer if their keys are long.'),
    total: measures.describe('Totals of all groups, including omitted ones.'),
    more: count.describe('How many groups are omitted; the smallest are.'),
  });

/** Every record may be a group of its own, so pages and answers have at most this many groups. */
export const mostGroups = { page: 200, answer: 1000 } as const;
/**
 * The room for the keys of all groups, in bytes for each possible group: every figure of a group is a link that holds
 * its key. The largest group is always there.
 */
const roomOfKey = 100;

/**
 * Returns groups of the records that match, the largest `most` first; groups of one size are in the order of their
 * keys. `measures` are over rows of `counted`, one of them is the `total`. The answer's `total` is of all groups, and
 * `more` is the number of groups left out.
 */
export async function breakdown<D extends string, S extends z.ZodObject<{ total: z.ZodType }>>(
  store: Reader,
  records: Breakdown<D>,
  measures: Columns<S>,
  filter: Filter,
  by: readonly D[],
  most: number,
): Promise<{
  groups: Array<z.output<S> & { key: Partial<Record<D, string | null>> }>;
  total: z.output<S>;
  more: number;
}> {
  const asked = [...new Set(by)];
  const { from, where } = countedRows(records.counted, filter);
  const keys = asked.map((dimension) => expression(records.dimensions[dimension], countedThread));
  const [[all], rows] = await Promise.all([
    store.rows(`SELECT ${measures.sql} FROM ${from} WHERE ${where.sql}`, where.values),
    keys.length === 0
      ? []
      : store.rows(
          `SELECT ${[...keys.map((key, index) => `${key} AS "key${index}"`), measures.sql, 'count(*) OVER () AS "groupsFound"'].join(', ')} FROM ${from} WHERE ${where.sql}
      GROUP BY ${keys.join(', ')} ORDER BY ${['"total" DESC', ...keys].join(', ')} LIMIT ${most}`,
          where.values,
        ),
  ]);
  const total = measures.read(all ?? {});
  if (keys.length === 0) return { groups: [{ ...total, key: {} }], total, more: 0 };
  let room = roomOfKey * most;
  const groups: Array<z.output<S> & { key: Partial<Record<D, string | null>> }> = [];
  for (const row of rows) {
    const key: Partial<Record<D, string | null>> = {};
    asked.forEach((dimension, index) => {
      key[dimension] = keyValue.parse(row[`key${index}`]);
    });
    room -= Buffer.byteLength(JSON.stringify(key));
    if (room < 0 && groups.length > 0) break;
    groups.push({ ...measures.read(row), key });
  }
  return { groups, total, more: count.parse(Number(rows[0]?.groupsFound ?? 0)) - groups.length };
}
const keyValue = z.string().nullable();

/** Returns one page of the records behind a segment, newest first; it ends early where their texts are long. */
export async function recordList<D extends string, S extends z.ZodObject>(
  store: Reader,
  { view, listed, counted: table, dimensions }: Breakdown<D>,
  columns: Columns<S>,
  filter: Filter,
  selection: Selection<D>,
  page: Page,
): Promise<{ records: z.output<S>[]; nextCursor: string | null }> {
  const selected = selectionKeys(dimensions).flatMap((dimension) => {
    const value = selection[dimension];
    return value === undefined ? [] : [{ dimension, value: value ?? '' }];
  });
  const { from, where } = matching(
    listed ?? view,
    filter,
    selected.map(({ dimension }) => dimensions[dimension]),
  );
  const after = page.cursor === undefined ? null : decodeCursor(page.cursor, place);
  const segment = (thread: string): Predicate =>
    allOf(
      selected.map(({ dimension, value }) =>
        anyOf(expression(dimensions[dimension], thread), `selected_${dimension}_`, [value]),
      ),
    );
  const since = await newestSince(store, table, filter, segment(countedThread), {
    records: page.limit + 1,
    before: after?.[0] ?? null,
  });
  const { sql, values } = allOf([
    where,
    segment(joinedThread),
    since === null ? null : { sql: 'record.time >= $since', values: { since } },
    after && {
      sql: `${newest} < $afterTime OR (${newest} = $afterTime AND record.event_id < $afterId)`,
      values: { afterTime: after[0], afterId: after[1] },
    },
  ]);
  const rows = await store.rows(
    `SELECT ${columns.sql}, ${newest} AS place_time, record.event_id AS place_id FROM ${from} WHERE ${sql}
    ORDER BY ${newest} DESC, record.event_id DESC LIMIT ${page.limit + 1}`,
    values,
  );
  const records = firstWithin(
    rows.slice(0, page.limit).map((row) => columns.read(row)),
    mostOnPage,
  );
  const last = rows.length > records.length ? rows[records.length - 1] : undefined;
  return {
    records,
    nextCursor: last ? encodeCursor(place.parse([last.place_time, last.place_id])) : null,
  };
}
/** Records without a time come last. */
const newest = `coalesce(record.time, ${Number.MIN_SAFE_INTEGER})`;
const place = z.tuple([z.number(), z.number()]);

/**
 * Returns the beginning of an hour since which at least this many of these records have a time before that of `before`,
 * in ms since the epoch; null when there are fewer. Logs are in order of time, so the engine would take nearly every
 * record for one of the newest on its way to the last; this limit saves it most of them.
 */
async function newestSince(
  store: Reader,
  table: Counted,
  filter: Filter,
  segment: Predicate,
  { records, before }: { readonly records: number; readonly before: number | null },
): Promise<number | null> {
  const rows = countedByHour(table, filter);
  const { sql, values } = allOf([
    rows.where,
    segment,
    before === null ? null : { sql: `${rows.hour} <= $before - ${hourMs}`, values: { before } },
  ]);
  const [row] = await store.rows(
    `SELECT max(hour) AS since FROM (
      SELECT hour, sum(records) OVER (ORDER BY hour DESC) AS records
        FROM (SELECT ${rows.hour} AS hour, sum(${rows.records}) AS records
        FROM ${rows.from} WHERE ${sql} GROUP BY ${rows.hour})
    ) WHERE records >= ${records}`,
    values,
  );
  return Since.parse(row).since;
}
const Since = z.object({ since: z.number().nullable() });

/**
 * Returns the dimensions without those that are also filters (`model`, `codexVersion`, `threadKind`): the filter reads
 * them.
 */
const selectable = <D extends string>(dimensions: readonly D[]): D[] =>
  dimensions.filter((dimension) => !filterKeys.some((key) => key === dimension));

/**
 * The parameters of a page's address that select a segment: a value for each dimension, the empty text for "no value".
 */
export const selectionShape = (dimensions: readonly string[]) =>
  Object.fromEntries(selectable(dimensions).map((dimension) => [dimension, z.string().optional()]));

/** Returns the segment that these parameters select. */
export function selectionIn<D extends string>(dimensions: readonly D[], parameters: object): Selection<D> {
  const values = new Map<string, unknown>(Object.entries(parameters));
  const selection: { [K in D]?: string | null | undefined } = {};
  for (const dimension of selectable(dimensions)) {
    const value = values.get(dimension);
    if (typeof value === 'string') selection[dimension] = value || null;
  }
  return selection;
}

/** The prefix of a column of a record's thread, where records are joined with their threads. */
const joinedThread = 'thread.';
/** The same in rows of `counted`. */
const countedThread = 'record.thread_';
const expression = (dimension: Dimension, thread: string): string =>
  dimension.of === 'record' ? dimension.sql : dimension.sql(thread);

/** Returns the records that match, with their threads when the filter or one of the dimensions needs them. */
function matching(records: string, filter: Filter, dimensions: readonly Dimension[]): CountedRows {
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
