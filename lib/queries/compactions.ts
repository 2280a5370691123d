import { z } from 'zod';
import type { Filter } from '../filters.ts';
import { quantile } from '../store/expressions.ts';
import type { Reader } from '../store/store.ts';
import {
  breakdown,
  breakdownShape,
  groupKey,
  mostGroups,
  ofRecord,
  ofThread,
  recordList,
  type Breakdown,
  type Selection,
} from './breakdown.ts';
import { columns } from './columns.ts';
import { compactionColumns } from './happenings.ts';
import { count, integer, integerOrNull } from './fields.ts';
import { Compaction, NextCursor, type Page } from './shapes.ts';

export const compactionDimensions = [
  'trigger',
  'reason',
  'implementation',
  'phase',
  'strategy',
  'status',
  'model',
  'codexVersion',
  'threadKind',
] as const;
export type CompactionDimension = (typeof compactionDimensions)[number];
const compactions: Breakdown<CompactionDimension> = {
  view: 'compactions',
  listed: 'measured_compactions',
  counted: 'selected_compactions',
  dimensions: {
    trigger: ofRecord('trigger'),
    reason: ofRecord('reason'),
    implementation: ofRecord('implementation'),
    phase: ofRecord('phase'),
    strategy: ofRecord('strategy'),
    status: ofRecord('status'),
    model: ofThread('model'),
    codexVersion: ofThread('codex_version'),
    threadKind: ofThread('kind'),
  },
};

/**
 * Tokens are those of completed compactions; `tokensSaved` may be negative. Compactions of any other status are in the
 * total only.
 */
export const CompactionCounts = z.object({
  total: count,
  completed: count,
  failed: count,
  interrupted: count,
  tokensBefore: integer,
  tokensAfter: integer,
  tokensSaved: integer,
});
const savings =
  "FILTER (WHERE record.status = 'completed' AND record.tokens_before IS NOT NULL AND record.tokens_after IS NOT NULL)";
/** The figures of `CompactionCounts` over the compactions called `record`. */
export const compactionMeasures = {
  total: 'count(*)',
  completed: "count(*) FILTER (WHERE record.status = 'completed')",
  failed: "count(*) FILTER (WHERE record.status = 'failed')",
  interrupted: "count(*) FILTER (WHERE record.status = 'interrupted')",
  tokensBefore: `coalesce(sum(record.tokens_before) ${savings}, 0)`,
  tokensAfter: `coalesce(sum(record.tokens_after) ${savings}, 0)`,
  tokensSaved: `coalesce(sum(record.tokens_before - record.tokens_after) ${savings}, 0)`,
} as const satisfies Record<keyof z.output<typeof CompactionCounts>, string>;

const CompactionMeasures = CompactionCounts.extend({
  durationMs: z
    .object({ p50: integerOrNull, p95: integerOrNull })
    .describe('All compactions with a known duration, whatever their status.'),
});
export const CompactionGroup = CompactionMeasures.extend({ key: groupKey(compactionDimensions) }).meta({
  id: 'CompactionGroup',
});
export type CompactionGroup = z.output<typeof CompactionGroup>;
export const CompactionBreakdown = breakdownShape(CompactionGroup, CompactionMeasures).meta({
  id: 'CompactionBreakdown',
});
export type CompactionBreakdown = z.output<typeof CompactionBreakdown>;
const measures = columns(CompactionMeasures, 'record', {
  ...compactionMeasures,
  'durationMs.p50': quantile('record.duration_ms', 0.5),
  'durationMs.p95': quantile('record.duration_ms', 0.95),
});

/**
 * Returns compactions by the values of `by`, the largest groups first: as many as a page has room for, or `most`.
 * Without dimensions, one group.
 */
export async function compactionBreakdown(
  store: Reader,
  filter: Filter,
  by: readonly CompactionDimension[],
  most: number = mostGroups.page,
): Promise<CompactionBreakdown> {
  return breakdown(store, compactions, measures, filter, by, most);
}

export const CompactionList = z.object({ records: z.array(Compaction), nextCursor: NextCursor });
export type CompactionList = z.output<typeof CompactionList>;

/** Returns the compactions behind a segment, newest first. Throws `BadCursor`. */
export async function compactionList(
  store: Reader,
  filter: Filter,
  selection: Selection<CompactionDimension>,
  page: Page,
): Promise<CompactionList> {
  return recordList(store, compactions, compactionColumns, filter, selection, page);
}
