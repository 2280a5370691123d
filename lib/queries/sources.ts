import { z } from 'zod';
import type { Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { countedRows } from './counted.ts';
import { count } from './fields.ts';
import type { Source } from './shapes.ts';

/**
 * The coverage of a filter's figures: the events of each kind of log (`docs/semantics.md`, "Sources"). Headers of
 * requests belong to neither.
 */
export const Sources = z.object({
  analytics: z.object({ events: count }),
  rollout: z.object({ events: count, threads: count.describe('Threads with an imported rollout.') }),
});
export type Sources = z.output<typeof Sources>;

/** A rollout's record that Dendro does not know is called `rollout.…`. */
const fromRollout = "(starts_with(record.type, 'rollout_') OR starts_with(record.type, 'rollout.'))";
/** The condition that an event, called `record`, comes from a kind of log. */
export const comesFrom = {
  analytics: `(record.kind <> 'turn_metadata' AND NOT ${fromRollout})`,
  rollout: fromRollout,
} as const satisfies Record<Source, string>;
const eventsThat = (condition: string): string => `coalesce(sum(record.events) FILTER (WHERE ${condition}), 0)`;
/** `Sources` over rows of `event_counts`, called `record`. */
export const sourceFigures = columns(Sources, 'record', {
  'analytics.events': eventsThat(comesFrom.analytics),
  'rollout.events': eventsThat(comesFrom.rollout),
  'rollout.threads': eventsThat("record.type = 'rollout_thread'"),
});

/** Returns the sources of the records that the filter selects. */
export async function sources(store: Reader, filter: Filter): Promise<Sources> {
  const { from, where } = countedRows('event_counts', filter);
  const [row] = await store.rows(`SELECT ${sourceFigures.sql} FROM ${from} WHERE ${where.sql}`, where.values);
  return sourceFigures.read(row ?? {});
}

/** Returns the words of `sources` for a row of `threads` or `turns`. */
export const sourcesOf = (row: string): string =>
  `concat_ws(' ', CASE WHEN ${row}.in_analytics THEN 'analytics' END, CASE WHEN ${row}.in_rollouts THEN 'rollout' END)`;
