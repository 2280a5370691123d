import { z } from 'zod';
import { allOf, threadPredicate, type Filter, type Predicate } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { CompactionCounts, compactionMeasures } from './compactions.ts';
import { countedRows, type CountedRows } from './counted.ts';
import { guardianMeasures, GuardianStatuses } from './guardian.ts';
import { hookMeasures, HookStatuses } from './hooks.ts';
import { count, timeOrNull } from './fields.ts';
import { TokenUsage } from './shapes.ts';
import { sourceFigures, Sources } from './sources.ts';

/**
 * The figures of a filter's selection. `turns` and `tokens` leave guardian threads out; everything else counts them.
 */
export const Summary = z
  .object({
    /** `total` counts every node, `mentioned` those that are only named; the kinds add up to the total. */
    threads: z.object({
      total: count,
      user: count,
      subagent: count,
      guardian: count,
      other: count,
      mentioned: count,
      roots: count,
    }),
    /** `unreported` turns are only named by other events, and are not in `total`. */
    turns: z.object({ total: count, completed: count, failed: count, interrupted: count, unreported: count }),
    tokens: TokenUsage,
    /** Tokens are those of completed compactions. */
    compactions: CompactionCounts,
    hooks: HookStatuses,
    guardian: GuardianStatuses,
    events: z.object({ total: count, unknown: count }),
    /** The sources of the figures, and so their coverage. */
    sources: Sources,
    /**
     * From the first to the last time (start or end) that events themselves state; without any, from the best times
     * there are.
     */
    timeRange: z.object({ from: timeOrNull, to: timeOrNull }),
  })
  .meta({ id: 'Summary' });
export type Summary = z.output<typeof Summary>;

type Section = Exclude<keyof Summary, 'sources'>;
type Measures<S extends Section> = Readonly<Record<keyof Summary[S], string>>;

/** Reads the summary in one statement, so that every figure is of the same moment. */
export async function summary(store: Reader, filter: Filter): Promise<Summary> {
  const turns = countedRows('turn_counts', filter);
  const parts = [
    part({ threads: threadMeasures }, { from: 'threads AS thread', where: threadPredicate(filter, 'thread') }),
    part({ turns: turnMeasures, tokens: tokenMeasures }, { ...turns, where: allOf([turns.where, notOfGuardians]) }),
    part({ compactions: compactionMeasures }, countedRows('selected_compactions', filter)),
    part({ hooks: hookMeasures }, countedRows('hook_run_counts', filter)),
    part({ guardian: guardianMeasures }, countedRows('selected_guardian_reviews', filter)),
    part({ events: eventMeasures, timeRange: timeMeasures }, countedRows('event_counts', filter), sourceFigures.sql),
  ];
  const values = parts.reduce<Predicate['values']>((all, each) => ({ ...all, ...each.values }), {});
  const [row] = await store.rows(
    `SELECT * FROM ${parts.map(({ sql }, index) => `(${sql}) AS part${index}`).join(' CROSS JOIN ')}`,
    values,
  );
  return { ...figures.read(row ?? {}), sources: sourceFigures.read(row ?? {}) };
}
const figures = columns(Summary.omit({ sources: true }), 'parts');

/** Returns the measures of some sections, as the columns that `figures` reads, and `more` columns. */
function part(
  sections: { readonly [S in Section]?: Measures<S> },
  { from, where }: CountedRows,
  ...more: readonly string[]
): Predicate {
  const measures = Object.entries(sections).flatMap(([section, expressions]) =>
    Object.entries(expressions).map(([name, sql]) => `${sql} AS "${section}.${name}"`),
  );
  return { sql: `SELECT ${[...measures, ...more].join(', ')} FROM ${from} WHERE ${where.sql}`, values: where.values };
}

const kind = (name: string): string => `count(*) FILTER (WHERE thread.kind = '${name}')`;
const threadMeasures: Measures<'threads'> = {
  total: 'count(*)',
  user: kind('user'),
  subagent: kind('subagent'),
  guardian: kind('guardian'),
  other: kind('other'),
  mentioned: "count(*) FILTER (WHERE thread.seen = 'mentioned')",
  roots: 'count(*) FILTER (WHERE thread.depth = 0)',
};

const notOfGuardians: Predicate = { sql: "record.thread_kind IS DISTINCT FROM 'guardian'", values: {} };
const turnsThat = (condition: string): string => `coalesce(sum(record.turns) FILTER (WHERE ${condition}), 0)`;
const turnMeasures: Measures<'turns'> = {
  total: turnsThat('record.reported'),
  completed: turnsThat("record.reported AND record.status = 'completed'"),
  failed: turnsThat("record.reported AND record.status = 'failed'"),
  interrupted: turnsThat("record.reported AND record.status = 'interrupted'"),
  unreported: turnsThat('NOT record.reported'),
};

const total = (column: string): string => `coalesce(sum(record.${column}) FILTER (WHERE record.reported), 0)`;
const tokenMeasures: Measures<'tokens'> = {
  input: total('input_tokens'),
  cachedInput: total('cached_input_tokens'),
  output: total('output_tokens'),
  reasoningOutput: total('reasoning_output_tokens'),
  total: total('total_tokens'),
};

/** Over rows of `event_counts`. */
const eventMeasures: Measures<'events'> = {
  total: 'coalesce(sum(record.events), 0)',
  unknown: "coalesce(sum(record.events) FILTER (WHERE record.kind = 'unknown'), 0)",
};
const end = 'greatest(record.last_time, coalesce(record.last_end, record.last_time))';
const stated = "FILTER (WHERE record.time_source = 'event')";
const timeMeasures: Measures<'timeRange'> = {
  from: `coalesce(min(record.first_time) ${stated}, min(record.first_time))`,
  to: `coalesce(max(${end}) ${stated}, max(${end}))`,
};
