import type { Inner } from './frame.ts';
import type { Item } from './items.ts';
import { itemsOn } from './items.ts';
import type { Scene } from './scene.ts';
import type { Selection } from './selection.ts';
import type { Tables } from './tables.ts';

/** Returns the selected item if it was read. Linear in the items of its lane. */
export function findItem(scene: Scene, inner: Inner | null, tables: Tables, selection: Selection | null): Item | null {
  const lane = selection === null ? -1 : laneOf(scene, selection.threadId);
  if (selection === null || lane < 0) return null;
  const all = [
    ...itemsOn(scene.items, lane),
    ...scene.timeless.filter((item) => item.lane === lane),
    ...(inner && selection.kind === 'event' ? itemsOn(inner.items, lane) : []),
  ];
  return (
    all.find(({ kind, record }) => {
      if (kind === 'thread') return selection.kind === 'thread';
      if (kind === 'turn') return selection.kind === 'turn' && tables.turns.turnId[record] === selection.turnId;
      if (kind === 'fork') return selection.kind === 'fork' && tables.fork.threadId[record] === selection.otherThreadId;
      return selection.kind === 'event' && tables[kind].eventId[record] === selection.eventId;
    }) ?? null
  );
}

export const laneOf = (scene: Scene, threadId: string): number => scene.timeline.lanes.threadId.indexOf(threadId);

/** Returns the turn of the selected event, for when the event itself was not read. */
export const turnOf = (scene: Scene, tables: Tables, selection: Selection | null): Item | null =>
  selection?.kind === 'event' && selection.turnId !== null
    ? findItem(scene, null, tables, { kind: 'turn', threadId: selection.threadId, turnId: selection.turnId })
    : null;
