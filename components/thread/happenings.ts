import type { HappeningTotals, ThreadHappenings } from '@/lib/queries/happenings.ts';
import type { Approval, Compaction, GuardianReview, HookRun, ToolCall } from '@/lib/queries/shapes.ts';

/** Something that happened in a turn. */
export type Happening =
  | { readonly kind: 'compaction'; readonly time: string | null; readonly record: Compaction }
  | { readonly kind: 'hook run'; readonly time: string | null; readonly record: HookRun }
  | { readonly kind: 'guardian review'; readonly time: string | null; readonly record: GuardianReview }
  | { readonly kind: 'tool call'; readonly time: string | null; readonly record: ToolCall }
  | { readonly kind: 'approval'; readonly time: string | null; readonly record: Approval };

/** Returns the number of happenings of all kinds. */
export const totalOf = (totals: HappeningTotals): number =>
  Object.values(totals).reduce((sum, total) => sum + total, 0);

/** Returns happenings by turn (null: outside of any), by their start; at the same time, in the order of the log. */
export function happeningsByTurn({
  compactions,
  hookRuns,
  guardianReviews,
  toolCalls,
  approvals,
}: ThreadHappenings): ReadonlyMap<string | null, readonly Happening[]> {
  const begin = ({
    startedAt,
    completedAt,
  }: {
    readonly startedAt: string | null;
    readonly completedAt: string | null;
  }): string | null => startedAt ?? completedAt;
  const all: Happening[] = [
    ...compactions.map((record): Happening => ({ kind: 'compaction', time: begin(record), record })),
    ...hookRuns.map((record): Happening => ({ kind: 'hook run', time: record.time, record })),
    ...guardianReviews.map((record): Happening => ({ kind: 'guardian review', time: begin(record), record })),
    ...toolCalls.map((record): Happening => ({ kind: 'tool call', time: begin(record), record })),
    ...approvals.map((record): Happening => ({ kind: 'approval', time: begin(record), record })),
  ];
  // ISO times of one form compare as texts do.
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  all.sort((a, b) => compare(a.time ?? '~', b.time ?? '~') || Number(a.record.eventId) - Number(b.record.eventId));
  return Map.groupBy(all, ({ record }) => record.turnId);
}
