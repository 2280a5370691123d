import type { TimelineSpan } from '@/lib/queries/timeline-shapes.ts';
import type { Inner } from './frame.ts';
import { itemsOf, type Draft, type ItemKind } from './items.ts';
import { endOf } from './placed.ts';
import { turnKey, type Scene } from './scene.ts';

/** What was read of a span, placed in the rows of the turns that it belongs to. Sorts: n log n in what was read, however large the tree is. */
export function innerOf(scene: Scene, { toolCalls, approvals, hookRuns }: TimelineSpan): Inner {
  const tables = [
    { kind: 'tool call', table: toolCalls, at: toolCalls.startedAtMs, status: toolCalls.terminalStatus },
    { kind: 'approval', table: approvals, at: approvals.startedAtMs, status: approvals.status },
    { kind: 'completed hook run', table: hookRuns, at: hookRuns.atMs, status: hookRuns.status },
  ] as const;
  const drafts: Draft[] = [];
  for (const { kind, table, at, status } of tables) {
    for (const [record, lane] of table.lane.entries()) {
      const completedAt = 'completedAtMs' in table ? table.completedAtMs[record] ?? null : null;
      const from = at[record] ?? completedAt;
      if (from === null || from === undefined) continue;
      const to = 'durationMs' in table ? endOf(from, table.durationMs[record], completedAt) : from;
      drafts.push({ lane, kind, record, from, to, status: status[record] ?? null, own: table.timeSource[record] === 'event' });
    }
  }
  const items = itemsOf(drafts, scene.timeline.lanes.threadId.length);
  const turnIds = new Map<ItemKind, readonly (string | null)[]>(tables.map(({ kind, table }) => [kind, table.turnId]));
  const rows = Uint8Array.from(items.all, ({ kind, lane, record }) => scene.turnRows.get(turnKey(lane, turnIds.get(kind)?.[record] ?? null)) ?? 0);
  return { items, rows };
}
