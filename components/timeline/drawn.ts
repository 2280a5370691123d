import { statusLook, tones, type Tone } from '../ui/status.ts';
import { lookOf, type Item } from './items.ts';

/** A drawn thing: one item, or several in the same place. */
export interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly items: readonly Item[];
  /** The item that it looks like. */ readonly shown: Item;
}

/** The order of tones when one place shows several: failures never hide behind successes. */
const gravest: readonly Tone[] = ['failure', 'refusal', 'ended', 'late', 'cancelled', 'unknown', 'good'];
const gravity = new Map(tones.map((tone) => [tone, gravest.length - gravest.indexOf(tone)]));
/** Returns the tone of an item. Items that only begin, and accepted steers, need no attention. */
export function toneOf({ kind, status }: Item): Tone {
  const { hasOutcome, good } = lookOf(kind);
  return !hasOutcome || (good !== undefined && good === status) ? 'good' : statusLook(status).tone;
}
export const graver = (one: Item, other: Item): Item =>
  (gravity.get(toneOf(other)) ?? 0) > (gravity.get(toneOf(one)) ?? 0) ? other : one;

interface Place {
  readonly x: number;
  readonly width: number;
}
const narrow = 1;

/**
 * Merges bars of one row from left to right: those narrower than a pixel that begin in the same pixel become one.
 * Linear.
 */
export function mergedBars(items: Iterable<Item>, placeOf: (item: Item) => Place, y: number, height: number): Drawn[] {
  const drawn: Drawn[] = [];
  let open: { x: number; items: Item[]; shown: Item } | null = null;
  const close = (): void => {
    if (open) drawn.push({ x: open.x, y, width: narrow, height, items: open.items, shown: open.shown });
    open = null;
  };
  for (const item of items) {
    const { x, width } = placeOf(item);
    if (width >= narrow) {
      close();
      drawn.push({ x, y, width, height, items: [item], shown: item });
      continue;
    }
    const column = Math.floor(x);
    if (open && open.x === column) {
      open.items.push(item);
      open.shown = graver(open.shown, item);
    } else {
      close();
      open = { x: column, items: [item], shown: item };
    }
  }
  close();
  return drawn;
}

/**
 * Merges marks from left to right, `size` pixels wide around their places: those that would cover each other become
 * one. Linear.
 */
export function mergedMarks(items: Iterable<Item>, xOf: (item: Item) => number, y: number, size: number): Drawn[] {
  const drawn: Drawn[] = [];
  let open: { x: number; items: Item[]; shown: Item } | null = null;
  const close = (): void => {
    if (open) drawn.push({ x: open.x - size / 2, y, width: size, height: size, items: open.items, shown: open.shown });
  };
  for (const item of items) {
    const x = xOf(item);
    if (open && x - open.x < size) {
      open.items.push(item);
      open.shown = graver(open.shown, item);
    } else {
      close();
      open = { x, items: [item], shown: item };
    }
  }
  close();
  return drawn;
}

/** Returns the topmost thing under a pointer; small things also match a few pixels around them. */
export function drawnAt(drawn: readonly Drawn[], x: number, y: number): Drawn | null {
  let nearest: Drawn | null = null;
  let least = reach;
  for (const each of drawn) {
    const dx = Math.max(each.x - x, x - each.x - each.width, 0);
    const dy = Math.max(each.y - y, y - each.y - each.height, 0);
    const distance = Math.max(dx, dy * 2);
    if (distance > least) continue;
    nearest = each;
    least = distance;
  }
  return nearest;
}
const reach = 5;
