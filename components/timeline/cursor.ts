import type { Inner } from './frame.ts';
import { itemsOn, type Item } from './items.ts';
import type { Scene } from './scene.ts';

/** The moves of the keys in the lanes. */
export type CursorMove = 'next' | 'previous' | 'first' | 'last' | 'above' | 'below';

/** Returns everything on a lane from left to right, with the parts of turns that were read. */
function sequence(scene: Scene, inner: Inner | null, lane: number): readonly Item[] {
  const own = itemsOn(scene.items, lane);
  return inner ? [...own, ...itemsOn(inner.items, lane)].sort((one, other) => one.from - other.from) : own;
}

/** Returns the place of an item on its lane, from 1, and their number. */
export function ordinalOf(
  scene: Scene,
  inner: Inner | null,
  item: Item,
): { readonly number: number; readonly of: number } {
  const all = sequence(scene, inner, item.lane);
  return { number: all.indexOf(item) + 1, of: all.length };
}

/**
 * Returns the item after a move of the cursor. Without a current item it goes to the first lane that has one. Up and
 * down go to the item nearest in time on the next shown lane that has one; null when there is none.
 */
export function cursorAfter(
  scene: Scene,
  inner: Inner | null,
  lanes: Uint32Array,
  from: Item | null,
  move: CursorMove,
): Item | null {
  if (from === null) {
    const lane = lanes.find((each) => itemsOn(scene.items, each).length > 0);
    return lane === undefined ? null : (sequence(scene, inner, lane)[0] ?? null);
  }
  const own = sequence(scene, inner, from.lane);
  const place = own.indexOf(from);
  switch (move) {
    case 'next':
      return own[place + 1] ?? null;
    case 'previous':
      return own[place - 1] ?? null;
    case 'first':
      return own[0] ?? null;
    case 'last':
      return own.at(-1) ?? null;
    case 'above':
    case 'below': {
      const step = move === 'above' ? -1 : 1;
      for (let at = lanes.indexOf(from.lane) + step; at >= 0 && at < lanes.length; at += step) {
        const items = sequence(scene, inner, lanes[at] ?? 0);
        if (items.length > 0)
          return items.reduce((nearest, item) =>
            Math.abs(item.from - from.from) < Math.abs(nearest.from - from.from) ? item : nearest,
          );
      }
      return null;
    }
  }
}
