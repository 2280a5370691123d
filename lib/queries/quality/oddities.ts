import { z } from 'zod';
import type { Predicate } from '../../filters.ts';
import type { SqlRow } from '../../store/store.ts';
import { count } from '../fields.ts';

/*
 * Times, durations and token counts that contradict one another (`docs/semantics.md`, "Data quality"). Most come from a
 * clock that was wrong, or from a field in another unit than its name says.
 */
export const eventOddities = ['ends_before_start', 'in_the_future', 'before_codex', 'clock_without_zone'] as const;
export const threadOddities = ['creation_differs_from_id', 'created_before_parent'] as const;
export const turnOddities = [
  'duration_differs',
  'starts_before_thread',
  'cached_exceeds_input',
  'reasoning_exceeds_output',
] as const;
type EventOddity = (typeof eventOddities)[number];
export type ThreadOddity = (typeof threadOddities)[number];
export type TurnOddity = (typeof turnOddities)[number];

/**
 * `judged`: the condition on records that say enough to be judged. `odd`: the condition that one of these is odd;
 * unknown values are not odd, so it needs no `judged` beside it.
 */
interface Condition {
  readonly judged: string;
  readonly odd: string;
}
interface OddTable<O extends string, C extends Condition = Condition> {
  readonly from: string;
  readonly conditions: Readonly<Record<O, C>>;
}
/** `judgedInCounts`: the number of judged events in a row of `event_counts`, as `record`. */
interface EventCondition extends Condition {
  readonly judgedInCounts: string;
}

/** Times in whole seconds may differ this much and still be the same. */
const rounding = 2000;
const hour = 3_600_000;
const day = 24 * hour;
/** Before the first Codex that logged events. */
const beforeCodex = Date.parse('2025-01-01T00:00:00Z');
/** The format whose clock names no zone. */
const zonelessFormat = 'collector';

/** The oddities of rows of the events that count, as `record`, with their import as `ledger`. */
export const oddEvents: OddTable<EventOddity, EventCondition> = {
  from: 'events AS record JOIN imports AS ledger ON ledger.import_id = record.import_id',
  conditions: {
    // An event that states an end has a time of its own.
    ends_before_start: {
      judged: 'record.ended_at IS NOT NULL',
      judgedInCounts: 'record.ends_known',
      odd: 'record.ended_at < record.time',
    },
    in_the_future: {
      judged: 'record.time IS NOT NULL',
      judgedInCounts: 'record.times_known',
      odd: `record.time > ledger.finished_at + ${day}`,
    },
    before_codex: {
      judged: 'record.time IS NOT NULL',
      judgedInCounts: 'record.times_known',
      odd: `record.time < ${beforeCodex}`,
    },
    clock_without_zone: {
      judged: "record.time_source = 'envelope'",
      judgedInCounts: "CASE WHEN record.time_source = 'envelope' THEN record.events END",
      odd: `record.time_source = 'envelope'
        AND record.import_id IN (SELECT counts.import_id FROM import_counts AS counts
        WHERE counts.format = '${zonelessFormat}')`,
    },
  },
};

/** The oddities of rows of `threads`, as `thread`. */
export const oddThreads: OddTable<ThreadOddity> = {
  from: 'threads AS thread',
  conditions: {
    // An inferred creation is the time of the id.
    creation_differs_from_id: {
      judged: 'NOT thread.created_at_inferred AND thread.id_time IS NOT NULL',
      odd: `abs(thread.created_at - thread.id_time) > ${hour}`,
    },
    created_before_parent: {
      judged: 'thread.created_at IS NOT NULL AND thread.parent_created_at IS NOT NULL',
      odd: `thread.created_at < thread.parent_created_at - ${rounding}`,
    },
  },
};

/** The oddities of rows of `turns`, as `turn`. */
export const oddTurns: OddTable<TurnOddity> = {
  from: 'turns AS turn',
  conditions: {
    duration_differs: {
      judged: 'turn.duration_ms IS NOT NULL AND turn.started_at IS NOT NULL AND turn.completed_at IS NOT NULL',
      odd: `abs(turn.duration_ms - (turn.completed_at - turn.started_at)) > ${rounding}`,
    },
    starts_before_thread: {
      judged: 'turn.started_at IS NOT NULL AND turn.thread_created_at IS NOT NULL',
      odd: `turn.started_at < turn.thread_created_at - ${rounding}`,
    },
    cached_exceeds_input: {
      judged: 'turn.cached_input_tokens IS NOT NULL AND turn.input_tokens IS NOT NULL',
      odd: 'turn.cached_input_tokens > turn.input_tokens',
    },
    reasoning_exceeds_output: {
      judged: 'turn.reasoning_output_tokens IS NOT NULL AND turn.output_tokens IS NOT NULL',
      odd: 'turn.reasoning_output_tokens > turn.output_tokens',
    },
  },
};

/** Returns the condition on records of `table` that are odd in this way. */
export const isOdd = <O extends string>({ conditions }: OddTable<O>, oddity: O): Predicate => ({
  sql: conditions[oddity].odd,
  values: {},
});

/** Returns the condition on records of `table` that say enough to tell whether they are odd in this way. */
export const isJudged = <O extends string>({ conditions }: OddTable<O>, oddity: O): Predicate => ({
  sql: conditions[oddity].judged,
  values: {},
});

/** The number of odd records for each oddity. */
export const oddityCounts = <const N extends readonly string[]>(names: N) =>
  z.array(
    z.object({
      oddity: z.enum(names),
      judged: count.describe('Records with enough data to tell; 0 means unknown.'),
      odd: count,
    }),
  );

/** Returns the columns that count the odd records of `table`, for any grouping of it. */
export const oddityMeasures = <O extends string>(table: OddTable<O>, names: readonly O[]): string =>
  names
    .map(
      (oddity) =>
        `count(*) FILTER (WHERE ${table.conditions[oddity].judged}) AS ${oddity}_judged,
          count(*) FILTER (WHERE ${isOdd(table, oddity).sql}) AS ${oddity}_odd`,
    )
    .join(', ');

/** Returns the sums of these columns over all groups. */
export function readOddities<O extends string>(
  names: readonly O[],
  groups: readonly SqlRow[],
): { oddity: O; judged: number; odd: number }[] {
  const sum = (column: string): number => groups.reduce((all, group) => all + count.parse(group[column]), 0);
  return names.map((oddity) => ({ oddity, judged: sum(`${oddity}_judged`), odd: sum(`${oddity}_odd`) }));
}
