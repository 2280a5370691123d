import { z } from 'zod';
import type { Reader } from '../../store/store.ts';
import { nextOffset, offsetOf } from '../cursor.ts';
import { count, id, textOrNull, timeOrNull } from '../fields.ts';
import { NextCursor, timeSources, type Page } from '../shapes.ts';
import { inScope, type Scope } from './scope.ts';

const Seen = z.object({ eventId: id, time: timeOrNull, timeSource: z.enum(timeSources) });

/** A thing that no version of Codex known to Dendro says. `field` is a path, `value` its value. */
export const UnknownThing = z
  .object({
    what: z.enum(['type', 'field', 'value']),
    type: z.string(),
    field: textOrNull,
    value: textOrNull,
    occurrences: count,
    first: Seen.describe('An example event, and when it was first seen.'),
    last: Seen,
  })
  .meta({ id: 'UnknownThing' });
export type UnknownThing = z.output<typeof UnknownThing>;
export const UnknownList = z
  .object({ total: count, unknowns: z.array(UnknownThing), nextCursor: NextCursor })
  .meta({ id: 'UnknownList' });
export type UnknownList = z.output<typeof UnknownList>;

const key = ['what', 'type', 'field', 'value'] as const;
const keyColumns = key.map((column) => `unknown.${column}`).join(', ');
const order = `CASE what WHEN 'type' THEN 1 WHEN 'field' THEN 2 ELSE 3 END, occurrences DESC, ${key.join(', ')}`;

/** Returns a time of the events themselves where any of them has one, else the one that its event got. */
const seen = (
  end: 'first' | 'last',
): string => `${end}.event_id AS ${end}_id, coalesce(${end}_time, ${end}.time) AS ${end}_seen,
  CASE WHEN ${end}_time IS NULL THEN ${end}.time_source ELSE 'event' END AS ${end}_source`;

const Row = z.object({ first: Seen, last: Seen }).loose();
/** Sorts the times: those that events borrow need not be in the order of their log. */
function inOrderOfTime<R extends z.output<typeof Row>>(row: R): R {
  const { first, last } = row;
  return first.time !== null && last.time !== null && first.time > last.time
    ? { ...row, first: last, last: first }
    : row;
}

/** Returns types first, then fields, then values, each by frequency. Throws `BadCursor`. */
export async function unknownList(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<UnknownList> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'unknown');
  const [[totals], rows] = await Promise.all([
    store.rows(
      `SELECT count(*) AS total FROM (SELECT DISTINCT ${keyColumns} FROM unknowns AS unknown WHERE ${sql})`,
      values,
    ),
    store.rows(
      `
      SELECT ${key.map((column) => `found.${column}`).join(', ')}, occurrences, ${seen('first')}, ${seen('last')} FROM (
        SELECT ${keyColumns}, sum(unknown.occurrences) AS occurrences, min(unknown.first_event_id) AS first_event,
          max(unknown.last_event_id) AS last_event,
          min(unknown.first_time) AS first_time, max(unknown.last_time) AS last_time
        FROM unknowns AS unknown WHERE ${sql} GROUP BY ${keyColumns} ORDER BY ${order} LIMIT ${limit + 1} OFFSET ${from}
      ) AS found JOIN logged_events AS first ON first.event_id = first_event
        JOIN logged_events AS last ON last.event_id = last_event ORDER BY ${order}`,
      values,
    ),
  ]);
  const unknowns = rows.map((row) =>
    inOrderOfTime(
      Row.parse({
        ...row,
        first: { eventId: row.first_id, time: row.first_seen, timeSource: row.first_source },
        last: { eventId: row.last_id, time: row.last_seen, timeSource: row.last_source },
      }),
    ),
  );
  return UnknownList.parse({
    ...totals,
    unknowns: unknowns.slice(0, limit),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  });
}
