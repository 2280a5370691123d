import type { TimelineSpan } from '@/lib/queries/timeline-shapes.ts';
import type { Inner } from './frame.ts';
import { itemsOf, type Draft, type ItemKind } from './items.ts';
import { endOf } from './placed.ts';
import { turnKey, type Scene } from './scene.ts';

type Calls = TimelineSpan['toolCalls'];
/** Returns the kind of a call: a cell of code mode contains the inner calls that it made. */
const kindOf = ({ innerCall, tool, toolName }: Calls, record: number): ItemKind =>
  innerCall[record] === true
    ? 'inner call'
    : tool[record] === 'dynamic_tool_call' && toolName[record] === 'exec'
      ? 'cell'
      : 'tool call';

/**
 * Places the items of a span in the rows of their turns. Sorts: n log n in what was read, however large the tree is.
 */
export function innerOf(scene: Scene, { toolCalls, approvals, hookRuns }: TimelineSpan): Inner {
  const tables = [
    {
      kind: (record: number) => kindOf(toolCalls, record),
      table: toolCalls,
      at: toolCalls.startedAtMs,
      status: toolCalls.terminalStatus,
    },
    { kind: (): ItemKind => 'approval', table: approvals, at: approvals.startedAtMs, status: approvals.status },
    { kind: (): ItemKind => 'completed hook run', table: hookRuns, at: hookRuns.atMs, status: hookRuns.status },
  ] as const;
  const drafts: Draft[] = [];
  for (const { kind, table, at, status } of tables) {
    for (const [record, lane] of table.lane.entries()) {
      const completedAt = 'completedAtMs' in table ? (table.completedAtMs[record] ?? null) : null;
      const from = at[record] ?? completedAt;
      if (from === null || from === undefined) continue;
      const to = 'durationMs' in table ? endOf(from, table.durationMs[record], completedAt) : from;
      drafts.push({
        lane,
        kind: kind(record),
        record,
        from,
        to,
        status: status[record] ?? null,
        own: table.timeSource[record] === 'event',
      });
    }
  }
  const calls = toolCalls.turnId;
  const cellKey = (lane: number, turnId: string | null, itemId: string | null): string =>
    `${turnKey(lane, turnId)} ${itemId ?? ''}`;
  const heldUntil = new Map<string, number>();
  for (const { kind, lane, record, from, to } of drafts) {
    if (kind !== 'inner call') continue;
    const key = cellKey(lane, calls[record] ?? null, toolCalls.parentCallId[record] ?? null);
    heldUntil.set(key, Math.max(heldUntil.get(key) ?? from, to ?? from));
  }
  /**
   * Returns the drawn end of an item: a cell that runs on after its answer is as long as its calls, and neither is
   * longer than the turn.
   */
  const drawnUntil = ({ kind, lane, record, from, to }: Draft): number | null => {
    if (kind !== 'cell' && kind !== 'inner call') return to;
    const turnId = calls[record] ?? null;
    const held =
      kind === 'cell' ? (heldUntil.get(cellKey(lane, turnId, toolCalls.itemId[record] ?? null)) ?? from) : from;
    const turn = scene.turnSpans.get(turnKey(lane, turnId));
    return Math.min(Math.max(to ?? from, held), turn && turn.to > turn.from ? turn.to : Number.POSITIVE_INFINITY);
  };
  const items = itemsOf(drafts, scene.timeline.lanes.threadId.length, drawnUntil);
  const turnIds = new Map<ItemKind, readonly (string | null)[]>([
    ['tool call', calls],
    ['cell', calls],
    ['inner call', calls],
    ['approval', approvals.turnId],
    ['completed hook run', hookRuns.turnId],
  ]);
  const rows = Uint8Array.from(
    items.all,
    ({ kind, lane, record }) => scene.turnRows.get(turnKey(lane, turnIds.get(kind)?.[record] ?? null)) ?? 0,
  );
  return { items, rows };
}
