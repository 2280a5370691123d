/** What can lie on a lane. */
export const itemKinds = ['thread', 'fork', 'turn', 'compaction', 'guardian review', 'hook run', 'steer', 'tool call', 'approval', 'completed hook run'] as const;
export type ItemKind = (typeof itemKinds)[number];

/** Something that lies on a lane, before it is placed among the others. */
export interface Draft {
  readonly lane: number;
  readonly kind: ItemKind;
  /** Its place in the table of its kind. */
  readonly record: number;
  /** In ms since the epoch; `to` is null where no log says when it ended. */
  readonly from: number;
  readonly to: number | null;
  readonly status: string | null;
  /** Whether the time is its own. */
  readonly own: boolean;
}
export interface Item extends Draft { readonly index: number }

/**
 * Everything on the lanes in one row: lane after lane, by beginning. Those of lane `l` are `first[l]` up to, without it, `first[l + 1]`. `reach` is the latest
 * end among an item and all before it on its lane, by which those that are still going on at some time are found.
 */
export interface Items {
  readonly all: readonly Item[];
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly reach: Float64Array;
  readonly first: Uint32Array;
}

/** Sorts: n log n. */
export function itemsOf(drafts: readonly Draft[], lanes: number): Items {
  const all = drafts.toSorted((one, other) => one.lane - other.lane || one.from - other.from || itemKinds.indexOf(one.kind) - itemKinds.indexOf(other.kind)).map((draft, index) => ({ ...draft, index }));
  const items = { all, from: new Float64Array(all.length), to: new Float64Array(all.length), reach: new Float64Array(all.length), first: new Uint32Array(lanes + 1) };
  all.forEach(({ lane, from, to }, index) => {
    items.from[index] = from;
    items.to[index] = Math.max(to ?? from, from);
    const before = all[index - 1]?.lane === lane ? items.reach[index - 1] ?? from : from;
    items.reach[index] = Math.max(before, items.to[index] ?? from);
    items.first[lane + 1] = index + 1;
  });
  // Lanes without anything begin and end where the lane before them ends.
  for (let lane = 1; lane <= lanes; lane++) items.first[lane] = Math.max(items.first[lane] ?? 0, items.first[lane - 1] ?? 0);
  return items;
}

/** The first index in `low` … `high` (without it) at which `values` is above the limit (or, with `orAt`, not below it); `high` when there is none. The values ascend. */
function firstAbove(values: Float64Array, low: number, high: number, limit: number, orAt: boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] ?? 0;
    if (orAt ? value >= limit : value > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The stretch of a lane's items, from an index up to another without it, outside of which none lies within the span. Logarithmic. */
export function itemsBetween({ from, reach, first }: Items, lane: number, start: number, end: number): readonly [number, number] {
  const low = first[lane] ?? 0;
  const high = first[lane + 1] ?? low;
  return [firstAbove(reach, low, high, start, true), firstAbove(from, low, high, end, false)];
}

/** A lane's items in their order. */
export const itemsOn = ({ all, first }: Items, lane: number): readonly Item[] => all.slice(first[lane] ?? 0, first[lane + 1] ?? 0);
