import { z } from 'zod';
import { allOf, boundList, recordPredicate, type Filter, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { eventTexts, TextPlace } from './event-texts.ts';
import { holds } from './field-in-text.ts';
import { id } from './fields.ts';
import { eventOddities, isJudged, isOdd, oddEvents } from './quality/oddities.ts';
import { firstWithin } from './page-bytes.ts';
import { LoggedEvent, NextCursor, Source, timeSources, type Page } from './shapes.ts';
import { comesFrom } from './sources.ts';

/** The event as the API answers it: `payload` is the event as it was in the log, spliced in by `eventJson`. */
export const EventRecord = LoggedEvent.omit({ text: true })
  .extend({ payload: z.unknown().describe('The event exactly as logged.') })
  .meta({ id: 'Event' });
export const EventWithText = EventRecord.extend({ text: z.string().describe('The same, byte for byte.') }).meta({
  id: 'EventWithText',
});
export const EventText = z.unknown().describe('The event exactly as logged.');
export const EventList = z
  .object({
    events: z.array(
      EventRecord.extend({ text: z.string().optional().describe('The same, byte for byte, when it is asked for.') }),
    ),
    nextCursor: NextCursor,
  })
  .meta({ id: 'EventList' });

/** The occurrences of an event: the one that counts, those that repeat it, or all. */
export const occurrences = ['counted', 'repeated', 'all'] as const;

/** The selection of a list of events, besides the filter. */
export const EventSelection = z.object({
  threadId: z.string().optional(),
  turnId: z.string().optional(),
  type: z.string().optional(),
  kind: z
    .string()
    .optional()
    .describe('Types in groups, such as `tool_call`; `unknown` are those that Dendro does not know.'),
  format: z.string().optional().describe('The format they were read as, such as `bare` or `rollout`.'),
  source: Source.optional().describe('The kind of log that they come from.'),
  timeSource: z.enum(timeSources).optional(),
  occurrence: z
    .enum(occurrences)
    .optional()
    .describe('By default only counted occurrences; `repeated` or `all` for the others.'),
  oddity: z.enum(eventOddities).optional().describe('Events whose times contradict something else.'),
  judged: z.enum(eventOddities).optional().describe('Events with enough data to check for this oddity.'),
  repaired: z
    .literal('true')
    .optional()
    .describe('Events with a field of a wrong type or out of range; it counts as null.'),
  repairedField: z
    .string()
    .max(200)
    .optional()
    .describe('The same, where it is this field of `event_params`: a path such as `runtime.codex_rs_version`.'),
  field: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Events that hold this field of `event_params`: a path such as `runtime.runtime_os`. Looked for in their texts.',
    ),
  value: z.string().max(200).optional().describe('The same, where the field has this text.'),
});
export type EventSelection = z.output<typeof EventSelection>;
export type EventListOptions = Page & EventSelection;
type EventPage = { readonly events: LoggedEvent[]; readonly nextCursor: string | null };
/** Events from a place on, and whether more follow. */
interface Found {
  readonly events: LoggedEvent[];
  readonly more: boolean;
}

const tables = {
  counted: 'events',
  repeated: '(SELECT * FROM logged_events SEMI JOIN duplicates USING (event_id))',
  all: 'logged_events',
} as const;
const columnsSelected = {
  threadId: 'thread_id',
  turnId: 'turn_id',
  type: 'type',
  kind: 'kind',
  timeSource: 'time_source',
} as const;
const selections = ['threadId', 'turnId', 'type', 'kind', 'timeSource'] as const;

/**
 * Returns events in the order of their logs, oldest import first. A page may hold fewer than `limit` although more
 * follow, because their texts are long; with `field`, texts are searched, and it may hold none. Throws `BadCursor`.
 */
export async function eventList(
  store: Reader,
  filter: Filter,
  {
    limit,
    cursor,
    occurrence = 'counted',
    format,
    source,
    oddity,
    judged,
    repaired,
    repairedField,
    field,
    value,
    ...selection
  }: EventListOptions,
): Promise<EventPage> {
  const after = cursor === undefined ? -1 : decodeCursor(cursor, place)[0];
  const where = allOf([
    recordPredicate(filter, { record: 'record' }),
    ...selections.map((name) =>
      selection[name] === undefined
        ? null
        : { sql: `record.${columnsSelected[name]} = $${name}`, values: { [name]: selection[name] } },
    ),
    source === undefined ? null : { sql: comesFrom[source], values: {} },
    await placeOfUnknown(store, { type: selection.type, field, value }),
    format === undefined ? null : readAs(format),
    oddity === undefined ? null : among(isOdd(oddEvents, oddity)),
    judged === undefined ? null : among(isJudged(oddEvents, judged)),
    repaired === undefined ? null : { sql: 'record.event_id IN (SELECT event_id FROM logged_repairs)', values: {} },
    repairedField === undefined
      ? null
      : {
          sql: 'record.event_id IN (SELECT event_id FROM logged_repairs WHERE field = $repairedField)',
          values: { repairedField },
        },
  ]);
  const next = (from: number, count: number): Promise<Found> =>
    loggedEvents(
      store,
      tables[occurrence],
      allOf([where, { sql: 'record.event_id > $afterId', values: { afterId: from } }]),
      count,
    );
  if (field !== undefined) return searched(next, ({ text }) => holds(text, field, value), { limit, after });
  const { events, more } = await next(after, limit);
  const last = events.at(-1);
  return { events, nextCursor: more && last ? encodeCursor([Number(last.id)]) : null };
}
const place = z.tuple([z.int().min(0)]);
const among = ({ sql }: Predicate): Predicate => ({
  sql: `record.event_id IN (SELECT record.event_id FROM ${oddEvents.from} WHERE ${sql})`,
  values: {},
});
const readAs = (format: string): Predicate => ({
  sql: `EXISTS (SELECT 1 FROM (SELECT format, event_id AS first_id, lead(event_id) OVER (ORDER BY event_id) AS beyond_id
    FROM logged_formats) AS run
    WHERE run.format = $format AND record.event_id >= run.first_id
      AND (run.beyond_id IS NULL OR record.event_id < run.beyond_id))`,
  values: { format },
});

/** The most text in one answer, in bytes, when there are several events: an answer may hold each text twice. */
const mostText = 4 << 20;

/** The most events that are searched for one page, so that an answer never takes long. */
const mostSearched = 20_000;
const mostSearchedBytes = 256 << 20;
const searchedAtOnce = 1000;

/** Returns a page of the events whose text passes: it ends when it is full, or when enough have been searched. */
async function searched(
  next: (after: number, count: number) => Promise<Found>,
  passes: (event: LoggedEvent) => boolean,
  { limit, after }: { readonly limit: number; readonly after: number },
): Promise<EventPage> {
  const found: LoggedEvent[] = [];
  let from = after;
  let room = mostText;
  for (let [looked, passedBytes] = [0, 0]; looked < mostSearched && passedBytes < mostSearchedBytes;) {
    const { events, more } = await next(from, searchedAtOnce);
    for (const event of events) {
      const size = Buffer.byteLength(event.text);
      passedBytes += size;
      if (!passes(event)) continue;
      room -= size;
      if (found.length > 0 && (found.length === limit || room < 0))
        return { events: found, nextCursor: encodeCursor([Number(found.at(-1)?.id)]) };
      found.push(event);
    }
    if (!more) return { events: found, nextCursor: null };
    looked += events.length;
    from = Number(events.at(-1)?.id);
  }
  return { events: found, nextCursor: encodeCursor([from]) };
}

/**
 * Returns the condition on where events with an unknown field or value are: between the first and the last one that
 * imports keep. Null when they keep none: then the events may be anywhere.
 */
async function placeOfUnknown(
  store: Reader,
  { type, field, value }: Pick<EventSelection, 'type' | 'field' | 'value'>,
): Promise<Predicate | null> {
  if (type === undefined || field === undefined) return null;
  const [row] = await store.rows(
    `SELECT min(first_event_id) AS first, max(last_event_id) AS last FROM unknowns
    WHERE type = $type AND field = $field AND value ${value === undefined ? 'IS NULL' : '= $value'}`,
    { type, field, ...(value === undefined ? {} : { value }) },
  );
  const read = Ends.safeParse(row);
  return read.success
    ? {
        sql: 'record.event_id BETWEEN $firstHolding AND $lastHolding',
        values: { firstHolding: read.data.first, lastHolding: read.data.last },
      }
    : null;
}
const Ends = z.object({ first: z.int(), last: z.int() });

/** Returns null when there is no such event. Repeated events are found too. */
export async function eventById(store: Reader, id: string): Promise<LoggedEvent | null> {
  if (!/^\d{1,16}$/.test(id) || !Number.isSafeInteger(Number(id))) return null;
  const {
    events: [event],
  } = await loggedEvents(
    store,
    'logged_events',
    { sql: 'record.event_id = $eventId', values: { eventId: Number(id) } },
    1,
  );
  return event ?? null;
}

const facts = columns(LoggedEvent.omit({ text: true, repairs: true }), 'record', { id: 'record.event_id' });

/**
 * Returns at most `limit` events in the order of their logs: fewer where their texts are long, but at least one if
 * there are any.
 */
async function loggedEvents(store: Reader, table: string, where: Predicate, limit: number): Promise<Found> {
  const rows = await store.rows(
    `SELECT ${facts.sql}, record.import_id, record.text_block, record.text_start, record.text_length, record.item
    FROM ${table} AS record WHERE ${where.sql} ORDER BY record.event_id LIMIT ${limit + 1}`,
    where.values,
  );
  const read = withRecordsInRoom(rows.slice(0, limit).map((row) => ({ row, place: TextPlace.parse(row) })));
  const events = read.map(({ row }) => facts.read(row));
  const [texts, repairs] = await Promise.all([
    eventTexts(
      store,
      read.map(({ place: textPlace }) => textPlace),
    ),
    repairsOf(
      store,
      events.map(({ id }) => Number(id)),
    ),
  ]);
  const found = firstWithin(
    events.map((event, index) => ({ ...event, repairs: repairs.get(event.id) ?? [], text: texts[index] ?? '' })),
    mostText,
    ({ text }) => Buffer.byteLength(text),
  );
  return { events: found, more: found.length < rows.length };
}

const mostRecords = 32 << 20;
/**
 * Returns the events whose records, each read once, fit in memory together: a record may be a line of megabytes with
 * thousands of events.
 */
function withRecordsInRoom<R extends { readonly place: TextPlace }>(rows: readonly R[]): R[] {
  const records = new Set<string>();
  return firstWithin(rows, mostRecords, ({ place: { import_id, text_block, text_start, text_length } }) => {
    const record = `${import_id} ${text_block} ${text_start}`;
    if (records.has(record)) return 0;
    records.add(record);
    return text_length;
  });
}

const Repaired = z.array(z.object({ id, field: z.string() }));
/** Returns the fields that these events lost; events that lost none are not in it. */
async function repairsOf(store: Reader, eventIds: readonly number[]): Promise<Map<string, string[]>> {
  const listed = boundList('event', eventIds);
  const rows =
    eventIds.length === 0
      ? []
      : await store.rows(
          `SELECT event_id AS id, field FROM logged_repairs WHERE event_id IN (${listed.sql}) ORDER BY event_id, field`,
          listed.values,
        );
  const repairs = new Map<string, string[]>();
  for (const row of Repaired.parse(rows)) repairs.set(row.id, [...(repairs.get(row.id) ?? []), row.field]);
  return repairs;
}

/**
 * Returns the event as JSON text, `EventRecord` or `EventWithText`. Its payload is not parsed, so that no number in it
 * is rounded and no key is lost.
 */
export function eventJson(event: LoggedEvent, { withText = false } = {}): string {
  const { text, ...facts } = event;
  return `${JSON.stringify(withText ? { ...facts, text } : facts).slice(0, -1)},"payload":${text}}`;
}
