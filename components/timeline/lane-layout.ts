import type { Scene } from './scene.ts';

/** Heights in pixels. */
export const heights = { pad: 5, marks: 17, row: 14, betweenRows: 3, context: 26, least: 30 } as const;

/**
 * The places of the lanes below one another: those that no folded one hides. Lane `lanes[i]` takes from `tops[i]` to
 * `tops[i + 1]` pixels.
 */
export interface LaneLayout {
  readonly lanes: Uint32Array;
  readonly tops: Float64Array;
  readonly withContext: boolean;
}

/**
 * The places of the parts of a lane, in pixels below its top. Marks and context exist when their heights are more than
 * 0.
 */
export interface LaneParts {
  readonly marks: number;
  readonly turns: number;
  readonly context: number;
  readonly marksHeight: number;
  readonly contextHeight: number;
  readonly height: number;
}

export function partsOf(scene: Scene, lane: number, withContext: boolean): LaneParts {
  const rows = scene.rowCounts[lane] ?? 1;
  const marksHeight = scene.marked[lane] === 1 ? heights.marks : 0;
  const hasContext =
    withContext && ((scene.context.lines[lane] ?? null) !== null || (scene.context.bounds[lane]?.length ?? 0) > 0);
  const contextHeight = hasContext ? heights.context : 0;
  const turnsHeight = rows * heights.row + (rows - 1) * heights.betweenRows;
  const full = 2 * heights.pad + marksHeight + turnsHeight + (hasContext ? 4 + contextHeight : 0);
  const top = heights.pad + Math.max(heights.least - full, 0) / 2;
  return {
    marks: top,
    turns: top + marksHeight,
    context: top + marksHeight + turnsHeight + 4,
    marksHeight,
    contextHeight,
    height: Math.max(full, heights.least),
  };
}

export function layoutOf(scene: Scene, lanes: Uint32Array, withContext: boolean): LaneLayout {
  const tops = new Float64Array(lanes.length + 1);
  lanes.forEach((lane, index) => {
    tops[index + 1] = (tops[index] ?? 0) + partsOf(scene, lane, withContext).height;
  });
  return { lanes, tops, withContext };
}

export const totalHeight = ({ tops }: LaneLayout): number => tops.at(-1) ?? 0;

/** Returns the place in the layout of the lane at a height; the first or the last one beyond them. Logarithmic. */
export function placeAt({ lanes, tops }: LaneLayout, y: number): number {
  let low = 0;
  let high = lanes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the place of a lane in the layout, or −1 when a folded one hides it. Lanes ascend: logarithmic. */
export function placeOfLane({ lanes }: LaneLayout, lane: number): number {
  let low = 0;
  let high = lanes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = lanes[middle] ?? -1;
    if (found === lane) return middle;
    if (found < lane) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
