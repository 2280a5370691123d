/** A length of time, both ends in ms since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Returns the ms that the spans cover together; overlaps count once. O(n log n). */
export function covered(spans: readonly Span[]): number {
  let [total, until] = [0, -Infinity];
  for (const { from, to } of spans.toSorted((one, other) => one.from - other.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}
