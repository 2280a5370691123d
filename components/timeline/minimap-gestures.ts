import type { Gestures, Pointer } from './gestures.ts';
import { centred, spanning, spanOf, timeAtX, fullView, windowOf, xOf, zoomed, type Viewport } from './viewport.ts';

/** The part of the map that a hand holds: an end of the window, the window, or the rest. */
export type Hold = 'from' | 'to' | 'window' | 'outside';

/** A pointer this close to an end of the window, in pixels, holds it: fingers are broader than a mouse's pointer. */
const reaches: Readonly<Record<Pointer, number>> = { mouse: 5, touch: 14 };

export function holdAt(view: Viewport, x: number, pointer: Pointer): Hold {
  const { from, to } = windowOf(view);
  // A narrow window can be held by its ends only from outside, so that it can still be moved.
  const inside = Math.min(reaches[pointer], (to - from) / 4);
  if (x >= from - reaches[pointer] && x <= from + inside) return 'from';
  if (x <= to + reaches[pointer] && x >= to - inside) return 'to';
  // A window of everything cannot move.
  return x > from && x < to && to - from < view.width - 1 ? 'window' : 'outside';
}

/**
 * Returns the view after a drag from `from` to `to`, in pixels of the map: the window follows, or one of its ends does,
 * or the dragged range is the new window.
 */
export function draggedTo(view: Viewport, hold: Hold, from: number, to: number): Viewport {
  const all = fullView(view.scale, view.width);
  const at = (x: number): number => timeAtX(all, Math.min(Math.max(x, 0), view.width));
  if (hold === 'window') return centred(view, timeAtX(all, xOf(all, timeAtX(view, view.width / 2)) + to - from));
  const span = spanOf(view);
  const still = hold === 'from' ? span.to : hold === 'to' ? span.from : at(from);
  return spanning(view, { from: Math.min(still, at(to)), to: Math.max(still, at(to)) });
}

const cursors: Readonly<Record<Hold, string>> = {
  from: 'ew-resize',
  to: 'ew-resize',
  window: 'grab',
  outside: 'crosshair',
};

/** Returns the gestures on the minimap. `show` gets the look of the pointer there. */
export function minimapGestures(
  view: () => Viewport,
  go: (view: Viewport) => void,
  pan: Gestures['pan'],
  show: (cursor: string) => void,
): Gestures {
  const all = (): Viewport => fullView(view().scale, view().width);
  return {
    pan,
    drag: (from, pointer) => {
      const start = view();
      const hold = holdAt(start, from, pointer);
      return (to) => go(draggedTo(start, hold, from, to));
    },
    zoom: (factor, x) => {
      // Zooms around the time under the pointer, where that is in view.
      const place = xOf(view(), timeAtX(all(), x));
      go(zoomed(view(), factor, place >= 0 && place <= view().width ? place : view().width / 2));
    },
    press: (x) => go(centred(view(), timeAtX(all(), x))),
    pressTwice: () => go(all()),
    point: (x) => show(cursors[holdAt(view(), x, 'mouse')]),
    leave: () => undefined,
  };
}
