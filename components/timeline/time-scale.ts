import type { Span } from './gaps.ts';

/**
 * Time along a line that leaves folded gaps out. Stretch `i` runs from `starts[i]` to `ends[i]` (ms since the epoch),
 * after `before[i]` ms of shown time; between every two stretches is a folded gap.
 */
export interface TimeScale {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  readonly before: Float64Array;
  /** Shown time in ms, at least 1. */ readonly shown: number;
}

/** The drawing of a scale: pixels for a ms, and for a folded gap, whatever its length. */
export interface Zoom {
  readonly perMs: number;
  readonly gapWidth: number;
}

/**
 * Returns the scale of `whole` without these gaps, which are within it in order and do not touch. A whole without a
 * length gets one.
 */
export function timeScale(whole: Span, folded: readonly Span[]): TimeScale {
  const to = Math.max(whole.to, whole.from + 1);
  const starts = Float64Array.from([whole.from, ...folded.map((gap) => gap.to)]);
  const ends = Float64Array.from([...folded.map((gap) => gap.from), to]);
  const before = new Float64Array(starts.length);
  let shown = 0;
  starts.forEach((start, index) => {
    before[index] = shown;
    shown += (ends[index] ?? start) - start;
  });
  return { starts, ends, before, shown };
}

export const gapCount = ({ starts }: TimeScale): number => starts.length - 1;
export const scaleWidth = (scale: TimeScale, { perMs, gapWidth }: Zoom): number =>
  scale.shown * perMs + gapCount(scale) * gapWidth;

/** Returns the last index at which `isBefore` holds; it holds at first and then no more. 0 when it never does. */
function lastWhere(count: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isBefore(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Returns the place of a time, in pixels from the beginning of the scale. A time within a folded gap is within its
 * mark; a time beyond an end is beyond it.
 */
export function placeOf({ starts, ends, before }: TimeScale, { perMs, gapWidth }: Zoom, time: number): number {
  const index = lastWhere(starts.length, (each) => (starts[each] ?? 0) <= time);
  const start = starts[index] ?? 0;
  const end = ends[index] ?? start;
  const place = (before[index] ?? 0) * perMs + index * gapWidth;
  const next = starts[index + 1];
  if (time <= end || next === undefined) return place + (time - start) * perMs;
  return place + (end - start) * perMs + (gapWidth * (time - end)) / (next - end);
}

/** Returns the time at a place: the inverse of `placeOf`. */
export function timeAt({ starts, ends, before }: TimeScale, { perMs, gapWidth }: Zoom, place: number): number {
  const placed = (index: number): number => (before[index] ?? 0) * perMs + index * gapWidth;
  const index = lastWhere(starts.length, (each) => placed(each) <= place);
  const start = starts[index] ?? 0;
  const end = ends[index] ?? start;
  const next = starts[index + 1];
  const beyond = place - placed(index) - (end - start) * perMs;
  if (beyond <= 0 || next === undefined) return start + (place - placed(index)) / perMs;
  return end + (next - end) * Math.min(beyond / gapWidth, 1);
}

/** Returns the folded gaps, in order. */
export function foldedGaps({ starts, ends }: TimeScale): Span[] {
  return Array.from({ length: starts.length - 1 }, (_, index) => ({
    from: ends[index] ?? 0,
    to: starts[index + 1] ?? 0,
  }));
}
