/** More rows in one lane would hide the lanes below it: further overlapping turns share the last one. */
export const mostRows = 6;

/**
 * Returns the row of each turn in its lane, so that turns at the same time stand below one another. `from` ascends; a
 * turn without a length takes up a moment, so that two of the same time do not hide each other. Greedy, n × rows.
 */
export function subRows(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): { readonly rows: Uint8Array; readonly count: number } {
  const rows = new Uint8Array(from.length);
  const ends: number[] = [];
  for (let index = 0; index < from.length; index++) {
    const start = from[index] ?? 0;
    const free = ends.findIndex((end) => end <= start);
    const row = free === -1 ? Math.min(ends.length, mostRows - 1) : free;
    ends[row] = Math.max(to[index] ?? start, start + 1, free === -1 ? (ends[row] ?? 0) : 0);
    rows[index] = row;
  }
  return { rows, count: Math.max(ends.length, 1) };
}
