import { z } from 'zod';
import type { Filter } from '../filters.ts';
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
import { hookRunColumns } from './happenings.ts';
import { count } from './fields.ts';
import { HookCounts, HookRun, NextCursor, type Page } from './shapes.ts';

export const hookDimensions = [
  'hookName',
  'hookSource',
  'status',
  'handlerType',
  'executionMode',
  'model',
  'threadKind',
] as const;
export type HookDimension = (typeof hookDimensions)[number];
const hookRuns: Breakdown<HookDimension> = {
  view: 'hook_runs',
  counted: 'hook_run_counts',
  dimensions: {
    hookName: ofRecord('hook_name'),
    hookSource: ofRecord('hook_source'),
    status: ofRecord('status'),
    handlerType: ofRecord('handler_type'),
    executionMode: ofRecord('execution_mode'),
    // A run names the model of its turn, also when its thread has no event that does.
    model: { of: 'thread', sql: (thread) => `coalesce(${thread}model, record.model)` },
    threadKind: ofThread('kind'),
  },
};

/** A run of any other status is in the total only. */
export const HookStatuses = z.object({ total: count, ...HookCounts.shape });
const runs = (status: string): string =>
  `coalesce(sum(record.hook_runs) FILTER (WHERE record.status = '${status}'), 0)`;
/** The figures of `HookStatuses` over rows of `hook_run_counts`, called `record`. */
export const hookMeasures = {
  total: 'coalesce(sum(record.hook_runs), 0)',
  completed: runs('completed'),
  failed: runs('failed'),
  blocked: runs('blocked'),
  stopped: runs('stopped'),
} as const satisfies Record<keyof z.output<typeof HookStatuses>, string>;

export const HookGroup = HookStatuses.extend({ key: groupKey(hookDimensions) }).meta({ id: 'HookGroup' });
export type HookGroup = z.output<typeof HookGroup>;
export const HookBreakdown = breakdownShape(HookGroup, HookStatuses).meta({ id: 'HookBreakdown' });
export type HookBreakdown = z.output<typeof HookBreakdown>;
const measures = columns(HookStatuses, 'record', hookMeasures);

/**
 * Returns hook runs by the values of `by`, the largest groups first: as many as a page has room for, or `most`. Without
 * dimensions, one group.
 */
export async function hookBreakdown(
  store: Reader,
  filter: Filter,
  by: readonly HookDimension[],
  most: number = mostGroups.page,
): Promise<HookBreakdown> {
  return breakdown(store, hookRuns, measures, filter, by, most);
}

export const HookRunList = z.object({ records: z.array(HookRun), nextCursor: NextCursor });
export type HookRunList = z.output<typeof HookRunList>;

/** Returns the hook runs behind a segment, newest first. Throws `BadCursor`. */
export async function hookRunList(
  store: Reader,
  filter: Filter,
  selection: Selection<HookDimension>,
  page: Page,
): Promise<HookRunList> {
  return recordList(store, hookRuns, hookRunColumns, filter, selection, page);
}
