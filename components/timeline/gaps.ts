/** A span of time, in ms since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** More marks of folded time than these cannot be told apart, and would be all that there is to see. */
const mostFolded = 120;
/** A gap that is shorter than this share of everything is not worth a mark of its own. */
const leastShare = 0.004;

/** The times at which something is going on, as spans that do not touch, in order. Sorts: n log n. */
export function busySpans(spans: Iterable<Span>): Span[] {
  const busy: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    const last = busy.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else busy.push({ from, to: Math.max(from, to) });
  }
  return busy;
}

/**
 * The idle gaps between busy spans that are folded: the longest first, until no more time is idle than busy. Gaps that
 * make up next to nothing of the whole are left, and so are all beyond the first 120. In order of time.
 */
export function gapsToFold(busy: readonly Span[]): Span[] {
  const first = busy[0];
  const last = busy.at(-1);
  if (!first || !last) return [];
  const lasted = last.to - first.from;
  const gaps = busy.slice(1).map(({ from }, index) => ({ from: busy[index]?.to ?? from, to: from }));
  let idle = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const working = lasted - idle;
  const folded: Span[] = [];
  for (const gap of gaps.toSorted((one, other) => other.to - other.from - (one.to - one.from)).slice(0, mostFolded)) {
    const length = gap.to - gap.from;
    if (idle <= working || length < lasted * leastShare) break;
    folded.push(gap);
    idle -= length;
  }
  return folded.sort((one, other) => one.from - other.from);
}
