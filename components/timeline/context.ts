import type { Timeline } from '@/lib/queries/timeline-shapes.ts';
import type { Items } from './items.ts';

/**
 * Tokens in context at ascending times. For a time in which an idle thread is known to have stayed the same, the value
 * stands twice. The way from one value to the next is not known.
 */
export interface ContextLine {
  readonly times: Float64Array;
  readonly tokens: Float64Array;
}
/** An upper limit of the context of a turn, for when no log tells its size: the input of all its requests together. */
export interface Bound {
  readonly from: number;
  readonly to: number;
  readonly tokens: number;
}

export interface ContextLines {
  /** By lane; null where nothing is known. */
  readonly lines: readonly (ContextLine | null)[];
  readonly bounds: readonly (readonly Bound[])[];
  /** The largest drawn value of all lanes, so that lanes can be compared. */
  readonly most: number;
}

/** Null tokens mark the beginning of a turn, and undefined ones an end at which nothing is known. */
interface Point {
  readonly time: number;
  readonly tokens: number | null | undefined;
}

/**
 * Returns the context of every lane, from its compactions and from turns that state their context at the end. Linear in
 * the items, except for sorting each lane's points.
 */
export function contextLines({ lanes, turns, compactions }: Timeline, items: Items): ContextLines {
  const points: Point[][] = lanes.threadId.map(() => []);
  const bounds: Bound[][] = lanes.threadId.map(() => []);
  for (const { kind, lane, record, from, index } of items.all) {
    const to = items.to[index] ?? from;
    if (kind === 'turn') {
      const input = turns.inputTokens[record] ?? null;
      const held = turns.contextTokens[record] ?? null;
      points[lane]?.push({ time: from, tokens: null });
      points[lane]?.push({ time: to, tokens: held ?? undefined });
      if (held === null && input !== null && input > 0) bounds[lane]?.push({ from, to, tokens: input });
    }
    if (kind === 'compaction') {
      const before = compactions.tokensBefore[record] ?? null;
      const after = compactions.status[record] === 'completed' ? (compactions.tokensAfter[record] ?? null) : null;
      if (before !== null) points[lane]?.push({ time: from, tokens: before });
      if (after !== null) points[lane]?.push({ time: to, tokens: after });
    }
  }
  const lines = points.map(lineThrough);
  let most = 1;
  for (const line of lines) for (const tokens of line?.tokens ?? []) most = Math.max(most, tokens);
  for (const all of bounds) for (const { tokens } of all) most = Math.max(most, tokens);
  return { lines, bounds, most };
}

function lineThrough(points: readonly Point[]): ContextLine | null {
  const times: number[] = [];
  const tokens: number[] = [];
  // A value known at the end of a turn still holds when the next one begins.
  let lastKnown: number | null = null;
  for (const point of points.toSorted((one, other) => one.time - other.time)) {
    const known: number | null = point.tokens === null ? lastKnown : (point.tokens ?? null);
    lastKnown = point.tokens === null ? lastKnown : known;
    if (known === null) continue;
    times.push(point.time);
    tokens.push(known);
  }
  return times.length === 0 ? null : { times: Float64Array.from(times), tokens: Float64Array.from(tokens) };
}

/** Returns the last point at or before a time, or −1. Logarithmic. */
export function pointBefore({ times }: ContextLine, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Returns the part of a line between two times as a path in pixels, x before y, with one more point at each end. Points
 * of the same pixel become four at most: the first, lowest, highest and last.
 */
export function pathOf(
  line: ContextLine,
  from: number,
  to: number,
  xAt: (time: number) => number,
  yAt: (tokens: number) => number,
): number[] {
  const path: number[] = [];
  let column = { x: Number.NaN, first: 0, low: 0, high: 0, last: 0 };
  const close = (): void => {
    const { x, first, low, high, last } = column;
    if (Number.isNaN(x)) return;
    path.push(x, first);
    if (low < Math.min(first, last)) path.push(x, low);
    if (high > Math.max(first, last)) path.push(x, high);
    if (last !== first) path.push(x, last);
  };
  for (let index = Math.max(pointBefore(line, from), 0); index < line.times.length; index++) {
    const time = line.times[index] ?? 0;
    const x = xAt(time);
    const y = yAt(line.tokens[index] ?? 0);
    if (Math.floor(x) === Math.floor(column.x))
      column = { ...column, low: Math.min(column.low, y), high: Math.max(column.high, y), last: y };
    else {
      close();
      column = { x, first: y, low: y, high: y, last: y };
    }
    if (time > to) break;
  }
  close();
  return path;
}

/**
 * The size of a context at a time: `known` tokens, or `about` as many, between two known values, or `at most` so many.
 */
export interface ContextSize {
  readonly tokens: number;
  readonly how: 'known' | 'about' | 'at most';
}

/** Returns the tokens in context on a lane at a time; null when nothing is known. */
export function contextAt({ lines, bounds }: ContextLines, lane: number, time: number): ContextSize | null {
  const line = lines[lane];
  const before = line ? pointBefore(line, time) : -1;
  if (line && before >= 0 && (before + 1 < line.times.length || line.times[before] === time)) {
    const [from = 0, to = from] = line.times.subarray(before, before + 2);
    const [low = 0, high = low] = line.tokens.subarray(before, before + 2);
    if (time === from || low === high) return { tokens: low, how: 'known' };
    return { tokens: low + ((high - low) * (time - from)) / (to - from), how: 'about' };
  }
  const bound = bounds[lane]?.find(({ from, to }) => from <= time && time <= to);
  return bound ? { tokens: bound.tokens, how: 'at most' } : null;
}
