/** A span of time, in ms since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** More folded gaps than these cannot be told apart, and would hide everything else. */
const mostFolded = 120;
/** A gap shorter than this share of everything gets no mark of its own. */
const leastShare = 0.004;

/** Returns the times of activity as spans that do not touch, in order. Sorts: n log n. */
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
 * Returns the idle gaps to fold between busy spans: the longest first, until no more time is idle than busy. Gaps that
 * are a tiny part of the whole stay, and so do all after the first 120. In order of time.
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
