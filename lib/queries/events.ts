import { z } from 'zod';
import { allOf, recordPredicate, type Filter, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { eventTexts, TextPlace } from './event-texts.ts';
import { count, id, textOrNull, timeOrNull } from './fields.ts';
import { NextCursor, timeSources, type Page } from './shapes.ts';

/** An event of a log with its text, byte for byte. */
export const LoggedEvent = z.object({
  id,
  type: z.string(),
  time: timeOrNull,
  timeSource: z.enum(timeSources),
  threadId: textOrNull,
  turnId: textOrNull,
  importId: id,
  line: count.describe('The line of the log that it begins on, from 1.'),
  text: z.string(),
});
export type LoggedEvent = z.output<typeof LoggedEvent>;

/** The event as the API answers it: `payload` is the event as it was in the log, spliced in by `eventJson`. */
export const EventRecord = LoggedEvent.omit({ text: true }).extend({ payload: z.unknown().describe('The event exactly as it was in the log.') }).meta({ id: 'Event' });
export const EventWithText = EventRecord.extend({ text: z.string().describe('The same, byte for byte.') }).meta({ id: 'EventWithText' });
export const EventList = z.object({ events: z.array(EventRecord), nextCursor: NextCursor }).meta({ id: 'EventList' });

export interface EventListOptions extends Page {
  readonly threadId?: string | undefined;
  readonly turnId?: string | undefined;
  readonly type?: string | undefined;
}

/** Events in the order of their logs, oldest import first. Throws `BadCursor`. */
export async function eventList(
  store: Reader, filter: Filter, { threadId, turnId, type, limit, cursor }: EventListOptions,
): Promise<{ events: LoggedEvent[]; nextCursor: string | null }> {
  const events = await loggedEvents(store, 'events', allOf([
    recordPredicate(filter, { record: 'record' }),
    threadId === undefined ? null : { sql: 'record.thread_id = $threadId', values: { threadId } },
    turnId === undefined ? null : { sql: 'record.turn_id = $turnId', values: { turnId } },
    type === undefined ? null : { sql: 'record.type = $type', values: { type } },
    cursor === undefined ? null : { sql: 'record.event_id > $afterId', values: { afterId: decodeCursor(cursor, place)[0] } },
  ]), limit + 1);
  const last = events.length > limit ? events[limit - 1] : undefined;
  return { events: events.slice(0, limit), nextCursor: last ? encodeCursor([Number(last.id)]) : null };
}
const place = z.tuple([z.int().min(0)]);

/** Null when there is no such event. One that repeats another is found too. */
export async function eventById(store: Reader, id: string): Promise<LoggedEvent | null> {
  if (!/^\d{1,16}$/.test(id) || !Number.isSafeInteger(Number(id))) return null;
  const [event] = await loggedEvents(store, 'logged_events', { sql: 'record.event_id = $eventId', values: { eventId: Number(id) } }, 1);
  return event ?? null;
}

const facts = columns(LoggedEvent.omit({ text: true }), 'record', { id: 'record.event_id' });

async function loggedEvents(store: Reader, table: 'events' | 'logged_events', where: Predicate, limit: number): Promise<LoggedEvent[]> {
  const rows = await store.rows(`SELECT ${facts.sql}, record.import_id, record.text_block, record.text_start, record.text_length, record.item
    FROM ${table} AS record WHERE ${where.sql} ORDER BY record.event_id LIMIT ${limit}`, where.values);
  const texts = await eventTexts(store, rows.map((row) => TextPlace.parse(row)));
  return rows.map((row, index) => ({ ...facts.read(row), text: texts[index] ?? '' }));
}

/** The event as JSON text, `EventRecord` or `EventWithText`. Its payload is not parsed, so that no number in it is rounded and no key is lost. */
export function eventJson(event: LoggedEvent, { withText = false } = {}): string {
  const { text, ...facts } = event;
  return `${JSON.stringify(withText ? { ...facts, text } : facts).slice(0, -1)},"payload":${text}}`;
}
