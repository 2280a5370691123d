import { z } from 'zod';
import type { Predicate } from '../../filters.ts';
import type { Reader, SqlRow } from '../../store/store.ts';
import { nextOffset, offsetOf } from '../cursor.ts';
import { count } from '../fields.ts';
import { timeSources, type Page } from '../shapes.ts';
import { eventOddities, oddEvents, oddityCounts } from './oddities.ts';
import { inScope, type Scope } from './scope.ts';

export const EventQuality = z
  .object({
    times: z.array(z.object({ timeSource: z.enum(timeSources), events: count })).describe('By source of timestamp.'),
    oddities: oddityCounts(eventOddities),
  })
  .meta({ id: 'EventQuality' });
export type EventQuality = z.output<typeof EventQuality>;

/** These need the times of each event. The clock does not, and there may be as many such events as events in all. */
const oddTimes = ['ends_before_start', 'in_the_future', 'before_codex'] as const;
const { from, conditions } = oddEvents;

/** Returns the times of the events that count, and their oddities. One pass over the times. */
export async function eventQuality(store: Reader, scope: Scope): Promise<EventQuality> {
  const { sql, values } = inScope(scope, 'record');
  const [groups, [odd]] = await Promise.all([
    store.rows(
      `SELECT record.time_source, sum(record.events) AS events,
        ${eventOddities.map((oddity) => `coalesce(sum(${conditions[oddity].judgedInCounts}), 0) AS ${oddity}`).join(', ')},
      coalesce(sum(record.events) FILTER (WHERE ${conditions.clock_without_zone.odd}), 0) AS odd_clocks
        FROM event_counts AS record WHERE ${sql} GROUP BY record.time_source`,
      values,
    ),
    store.rows(
      `SELECT ${oddTimes.map((oddity) => `count(*) FILTER (WHERE ${conditions[oddity].odd}) AS ${oddity}`).join(', ')} FROM ${from}
      WHERE (${sql}) AND (${oddTimes.map((oddity) => conditions[oddity].odd).join(' OR ')})`,
      values,
    ),
  ]);
  const sum = (column: string): number => groups.reduce((all, group) => all + count.parse(group[column]), 0);
  return EventQuality.parse({
    times: timeSources.map((timeSource) => ({
      timeSource,
      events: groups.find((group) => group.time_source === timeSource)?.events ?? 0,
    })),
    oddities: eventOddities.map((oddity) => ({
      oddity,
      judged: sum(oddity),
      odd: oddity === 'clock_without_zone' ? sum('odd_clocks') : odd?.[oddity],
    })),
  });
}

export const Repairs = z
  .array(z.object({ type: z.string(), field: z.string(), events: count }))
  .describe(
    'Fields that had a wrong type or were out of range, and count as null, with the events that lost them, repeated ones included.',
  )
  .meta({ id: 'Repairs' });
export type Repairs = z.output<typeof Repairs>;

/** The groups of one page, and their total number. */
export interface RepairList {
  readonly total: number;
  readonly repairs: Repairs;
  readonly nextCursor: string | null;
}
export interface RepeatList {
  readonly total: number;
  readonly repeats: Repeats;
  readonly nextCursor: string | null;
}

/**
 * Returns events that lost a field, by type and field, the most first. An event that lost two fields is in two groups.
 * Throws `BadCursor`.
 */
export async function repairs(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<RepairList> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'repair');
  const groups = `SELECT record.type, repair.field, count(*) AS events FROM logged_repairs AS repair
    JOIN logged_events AS record ON record.event_id = repair.event_id
    WHERE ${sql} GROUP BY record.type, repair.field`;
  const { total, rows } = await pageOfGroups(store, { sql: groups, values }, 'events DESC, type, field', {
    limit,
    from,
  });
  return {
    total,
    repairs: Repairs.parse(rows.slice(0, limit)),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  };
}

/** `kind` is the key by which they are the same. */
export const Repeats = z
  .array(z.object({ type: z.string(), kind: z.string(), repeats: count }))
  .meta({ id: 'Repeats' });
export type Repeats = z.output<typeof Repeats>;

/** Returns repeated occurrences of events, by type, the most first. Throws `BadCursor`. */
export async function repeats(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<RepeatList> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'record');
  const groups = `SELECT record.type, record.kind, count(*) AS repeats FROM logged_events AS record
    SEMI JOIN duplicates USING (event_id) WHERE ${sql} GROUP BY record.type, record.kind`;
  const { total, rows } = await pageOfGroups(store, { sql: groups, values }, 'repeats DESC, type, kind', {
    limit,
    from,
  });
  return {
    total,
    repeats: Repeats.parse(rows.slice(0, limit)),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  };
}

/**
 * Returns rows of these groups from a place on, one more than the limit where there are more, and the number of groups,
 * also when the place is beyond the last.
 */
async function pageOfGroups(
  store: Reader,
  { sql, values }: Predicate,
  order: string,
  { limit, from }: { readonly limit: number; readonly from: number },
): Promise<{ readonly total: number; readonly rows: readonly SqlRow[] }> {
  const [[totals], rows] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM (${sql})`, values),
    store.rows(`${sql} ORDER BY ${order} LIMIT ${limit + 1} OFFSET ${from}`, values),
  ]);
  return { total: count.parse(totals?.total), rows };
}
