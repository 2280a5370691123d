import { z } from 'zod';
import type { Reader } from '../../store/store.ts';
import { count } from '../fields.ts';
import { timeSources } from '../shapes.ts';
import { eventOddities, oddEvents, oddityCounts, oddityMeasures, readOddities } from './oddities.ts';
import { inScope, type Scope } from './scope.ts';

export const EventQuality = z.object({
  times: z.array(z.object({ timeSource: z.enum(timeSources), events: count })).describe('By whence their time comes.'),
  oddities: oddityCounts(eventOddities),
}).meta({ id: 'EventQuality' });
export type EventQuality = z.output<typeof EventQuality>;

/** The times of the events that count. One pass over the events. */
export async function eventQuality(store: Reader, scope: Scope): Promise<EventQuality> {
  const { sql, values } = inScope(scope, 'record');
  const groups = await store.rows(`SELECT record.time_source, count(*) AS events, ${oddityMeasures(oddEvents, eventOddities)} FROM ${oddEvents.from} WHERE ${sql} GROUP BY record.time_source`, values);
  return EventQuality.parse({
    times: timeSources.map((timeSource) => ({ timeSource, events: groups.find((group) => group.time_source === timeSource)?.events ?? 0 })),
    oddities: readOddities(eventOddities, groups),
  });
}

export const Repairs = z.array(z.object({ type: z.string(), field: z.string(), events: count }))
  .describe('Fields that had a wrong type and count as null, with the events that lost them, repeated ones included.').meta({ id: 'Repairs' });
export type Repairs = z.output<typeof Repairs>;

/** Events that lost a field, by type and field, the most first. An event that lost two fields is in two groups. */
export async function repairs(store: Reader, scope: Scope): Promise<Repairs> {
  const { sql, values } = inScope(scope, 'repair');
  return Repairs.parse(await store.rows(`SELECT record.type, repair.field, count(*) AS events FROM logged_repairs AS repair JOIN logged_events AS record ON record.event_id = repair.event_id
    WHERE ${sql} GROUP BY record.type, repair.field ORDER BY events DESC, record.type, repair.field`, values));
}

/** `kind` says which key told that they are the same. */
export const Repeats = z.array(z.object({ type: z.string(), kind: z.string(), repeats: count })).meta({ id: 'Repeats' });
export type Repeats = z.output<typeof Repeats>;

/** Occurrences of events that another one counts for, by type, the most first. */
export async function repeats(store: Reader, scope: Scope): Promise<Repeats> {
  const { sql, values } = inScope(scope, 'record');
  return Repeats.parse(await store.rows(`SELECT record.type, record.kind, count(*) AS repeats FROM logged_events AS record SEMI JOIN duplicates USING (event_id)
    WHERE ${sql} GROUP BY record.type, record.kind ORDER BY repeats DESC, record.type`, values));
}
