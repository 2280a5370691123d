import type { Span } from './gaps.ts';
import { mergedBars, mergedMarks, type Drawn } from './drawn.ts';
import { itemsBetween, lookOf, markOf, type Item, type Items } from './items.ts';
import { heights, partsOf, placeAt, type LaneLayout, type LaneParts } from './lane-layout.ts';
import type { Scene } from './scene.ts';
import { foldedGaps } from './time-scale.ts';
import { spanOf, xOf, type Viewport } from './viewport.ts';

/** A lane in view; `top` is its upper edge, in pixels below the top of the view. */
export interface FrameLane {
  readonly lane: number;
  readonly top: number;
  readonly parts: LaneParts;
}

/** A folded gap in view. */
export interface FrameGap {
  readonly x: number;
  readonly width: number;
  readonly gap: Span;
}

/** Everything in view with its place, from left and top. The pointer finds things by the same places. */
export interface Frame {
  readonly view: Viewport;
  readonly height: number;
  readonly lanes: readonly FrameLane[];
  readonly gaps: readonly FrameGap[];
  readonly threads: readonly Drawn[];
  readonly turns: readonly Drawn[];
  readonly marks: readonly Drawn[];
  /** Tool calls, approvals and completed hook runs inside turns, when the zoom is close enough. */
  readonly inner: readonly Drawn[];
}

/** The parts of turns that were read for a span: the items, and by item the row of its turn. */
export interface Inner {
  readonly items: Items;
  readonly rows: Uint8Array;
}

/** The input of a frame. `inner` is null while the zoom is too far to see it. */
export interface Sight {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly view: Viewport;
  readonly top: number;
  readonly height: number;
  readonly inner: Inner | null;
}

/** A frame while it is filled. */
interface Filling extends Frame {
  readonly lanes: FrameLane[];
  readonly threads: Drawn[];
  readonly turns: Drawn[];
  readonly marks: Drawn[];
  readonly inner: Drawn[];
}

const markSize = 13;
const threadSize = 9;
/** Parts of a turn, within its bar. */
export const innerTop = 5;
const innerHeight = 7;
/** Between the edge of a cell and its inner calls. */
const nestedInset = 2;

/** Returns the frame. It only looks at the lanes in view, and on each at the span of time in view. */
export function frameOf({ scene, layout, view, top, height, inner }: Sight): Frame {
  const span = spanOf(view);
  const frame: Filling = { view, height, lanes: [], gaps: gapsIn(view), threads: [], turns: [], marks: [], inner: [] };
  const at = (time: number): number => xOf(view, time);
  const width = (item: Item, x: number, items: Items): number => at(items.to[item.index] ?? item.from) - x;
  for (
    let place = placeAt(layout, top);
    place < layout.lanes.length && (layout.tops[place] ?? 0) < top + height;
    place++
  ) {
    const lane = layout.lanes[place] ?? 0;
    const parts = partsOf(scene, lane, layout.withContext);
    const y = (layout.tops[place] ?? 0) - top;
    frame.lanes.push({ lane, top: y, parts });
    const [low, high] = itemsBetween(scene.items, lane, span.from, span.to);
    const rows: Item[][] = Array.from({ length: scene.rowCounts[lane] ?? 1 }, () => []);
    const marks: Item[] = [];
    const threads: Item[] = [];
    for (let index = low; index < high; index++) {
      const item = scene.items.all[index];
      if (!item) continue;
      if (item.kind === 'turn') rows[scene.rows[index] ?? 0]?.push(item);
      else if (item.kind === 'thread') threads.push(item);
      if (markOf(item)) marks.push(item);
    }
    for (const [row, items] of rows.entries()) {
      frame.turns.push(
        ...mergedBars(
          items,
          (item) => {
            const x = at(item.from);
            return {
              x,
              width: Math.max(width(item, x, scene.items), item.to === null || item.to === item.from ? narrowest : 0),
            };
          },
          y + parts.turns + row * (heights.row + heights.betweenRows),
          heights.row,
        ),
      );
    }
    frame.marks.push(
      ...mergedMarks(
        marks,
        (item) => at(item.kind === 'turn' ? (scene.items.to[item.index] ?? item.from) : item.from),
        y + parts.marks,
        markSize,
      ),
    );
    frame.threads.push(
      ...mergedMarks(threads, ({ from }) => at(from), y + parts.turns + (heights.row - threadSize) / 2, threadSize),
    );
    if (inner) frame.inner.push(...innerOf(inner, lane, span, y + parts.turns, at));
  }
  return frame;
}
/** The width of a turn without a length, or with an unknown end. */
const narrowest = 3;

function innerOf({ items, rows }: Inner, lane: number, span: Span, y: number, at: (time: number) => number): Drawn[] {
  const [low, high] = itemsBetween(items, lane, span.from, span.to);
  const isNested = ({ kind }: Item): boolean => lookOf(kind).inner === 'nested';
  const barsOf = (some: readonly Item[], inset: number): Drawn[] =>
    [...Map.groupBy(some, ({ index }) => rows[index] ?? 0)].flatMap(([row, own]) =>
      mergedBars(
        own,
        (item) => {
          const x = at(item.from);
          return {
            x,
            width: Math.max(at(items.to[item.index] ?? item.from) - x, lookOf(item.kind).inner === 'tick' ? 2 : 0),
          };
        },
        y + row * (heights.row + heights.betweenRows) + innerTop + inset,
        innerHeight - 2 * inset,
      ),
    );
  const own = items.all.slice(low, high);
  // Inner calls lie on their cells.
  return [
    ...barsOf(
      own.filter((item) => !isNested(item)),
      0,
    ),
    ...barsOf(own.filter(isNested), nestedInset),
  ];
}

function gapsIn(view: Viewport): FrameGap[] {
  return foldedGaps(view.scale).flatMap((gap) => {
    const x = xOf(view, gap.from);
    const width = xOf(view, gap.to) - x;
    return x + width >= 0 && x <= view.width ? [{ x, width, gap }] : [];
  });
}
