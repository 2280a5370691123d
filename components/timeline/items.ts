/** The words and the look of the items of a kind. */
interface KindLook {
  readonly name: string;
  /** False for threads and forks: they only begin. */
  readonly hasOutcome: boolean;
  /** The status that needs no attention, where the words for statuses do not say so. */
  readonly good?: string;
  /** True when it takes time. */
  readonly lasts: boolean;
  /** The mark above the turns of its lane. */
  readonly mark?: MarkLook;
  /** The drawing within its turn. */
  readonly inner?: 'bar' | 'box' | 'nested' | 'band' | 'tick';
}
export interface MarkLook {
  /** The outline shows the kind, 12 wide and high. */
  readonly outline: string;
  readonly legend: string;
  /** Only items of this status are marked. */
  readonly only?: string;
  /** A sign inside shows the outcome, except for these statuses, or for any. */
  readonly unsigned?: 'always' | readonly string[];
  /** Its colour when nothing went wrong. */
  readonly colour?: 'accent' | 'ink-soft';
}

/**
 * The kinds of items on a lane, in their order at the same moment. The outlines: a branching, a rhombus, a fold, a
 * shield, a ring, an arrow.
 */
const looks = {
  thread: { name: 'Thread', hasOutcome: false, lasts: false },
  fork: {
    name: 'Fork',
    hasOutcome: false,
    lasts: false,
    mark: {
      outline: 'M2 .500h2v2.700l6 5v3.300H8V9.100L4 5.800v5.700H2Z',
      legend: 'fork from or to another tree',
      unsigned: 'always',
      colour: 'accent',
    },
  },
  turn: {
    name: 'Turn',
    hasOutcome: true,
    lasts: true,
    mark: { outline: 'M6 .3 11.700 6 6 11.700.300 6Z', legend: 'failed turn', only: 'failed' },
  },
  compaction: {
    name: 'Compaction',
    hasOutcome: true,
    lasts: true,
    mark: { outline: 'M1 1.5h10L7.200 6 11 10.500H1L4.800 6Z', legend: 'compaction', unsigned: ['completed'] },
  },
  'guardian review': {
    name: 'Guardian review',
    hasOutcome: true,
    lasts: true,
    mark: { outline: 'M6 .5 11 2.300v3.500c0 3-2 5-5 6-3-1-5-3-5-6V2.300Z', legend: 'guardian review' },
  },
  'hook run': {
    name: 'Hook run',
    hasOutcome: true,
    lasts: false,
    mark: {
      outline: 'M6 .7a5.300 5.300 0 1 0 0 10.600a5.300 5.300 0 1 0 0-10.600Z',
      legend: 'hook run that did not complete',
    },
  },
  steer: {
    name: 'Steer',
    hasOutcome: true,
    good: 'accepted',
    lasts: false,
    mark: { outline: 'M1.500 1 11 6 1.500 11 4 6Z', legend: 'steer', unsigned: 'always', colour: 'ink-soft' },
  },
  'tool call': { name: 'Tool call', hasOutcome: true, lasts: true, inner: 'bar' },
  cell: { name: 'Cell', hasOutcome: true, lasts: true, inner: 'box' },
  'inner call': { name: 'Inner call', hasOutcome: true, lasts: true, inner: 'nested' },
  approval: { name: 'Waiting for approval', hasOutcome: true, lasts: true, inner: 'band' },
  'completed hook run': { name: 'Hook run', hasOutcome: true, lasts: false, inner: 'tick' },
} as const satisfies Record<string, KindLook>;
export type ItemKind = keyof typeof looks;
export const lookOf = (kind: ItemKind): KindLook => looks[kind];
const order = new Map(Object.keys(looks).map((kind, index) => [kind, index]));
const orderOf = (kind: ItemKind): number => order.get(kind) ?? 0;

/** Returns the mark above the turns of its lane; undefined for items without a mark there. */
export function markOf({ kind, status }: Pick<Draft, 'kind' | 'status'>): MarkLook | undefined {
  const { mark } = lookOf(kind);
  return mark?.only === undefined || mark.only === status ? mark : undefined;
}

/** An item of a lane, before it is placed among the others. */
export interface Draft {
  readonly lane: number;
  readonly kind: ItemKind;
  /** Its place in the table of its kind. */
  readonly record: number;
  /** In ms since the epoch; `to` is null where no log says when it ended. */
  readonly from: number;
  readonly to: number | null;
  readonly status: string | null;
  /** True when the time is its own. */
  readonly own: boolean;
}
export interface Item extends Draft {
  readonly index: number;
}

/**
 * Everything on the lanes in one row: lane after lane, by start. The items of lane `l` are `first[l]` to `first[l +
 * 1]`, exclusive. `reach` is the latest end among an item and all before it on its lane; it finds the items that are
 * still going on at some time.
 */
export interface Items {
  readonly all: readonly Item[];
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly reach: Float64Array;
  readonly first: Uint32Array;
}

/**
 * Returns the items of the drafts. Sorts: n log n. `endOf` gives the drawn end of an item where that is not its own
 * end.
 */
export function itemsOf(
  drafts: readonly Draft[],
  lanes: number,
  endOf: (draft: Draft) => number | null = ({ to }) => to,
): Items {
  const all = drafts
    .toSorted((one, other) => one.lane - other.lane || one.from - other.from || orderOf(one.kind) - orderOf(other.kind))
    .map((draft, index) => ({ ...draft, index }));
  const items = {
    all,
    from: new Float64Array(all.length),
    to: new Float64Array(all.length),
    reach: new Float64Array(all.length),
    first: new Uint32Array(lanes + 1),
  };
  all.forEach((item, index) => {
    const { lane, from } = item;
    items.from[index] = from;
    items.to[index] = Math.max(endOf(item) ?? from, from);
    const before = all[index - 1]?.lane === lane ? (items.reach[index - 1] ?? from) : from;
    items.reach[index] = Math.max(before, items.to[index] ?? from);
    items.first[lane + 1] = index + 1;
  });
  // Lanes without items begin and end where the lane before them ends.
  for (let lane = 1; lane <= lanes; lane++)
    items.first[lane] = Math.max(items.first[lane] ?? 0, items.first[lane - 1] ?? 0);
  return items;
}

/**
 * Returns the first index in `low` … `high` (exclusive) with a value above the limit (or, with `orAt`, not below it);
 * `high` when there is none. The values ascend.
 */
function firstAbove(values: Float64Array, low: number, high: number, limit: number, orAt: boolean): number {
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = values[middle] ?? 0;
    if (orAt ? value >= limit : value > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Returns a range of a lane's items (end exclusive) that holds all items within the span. Logarithmic. */
export function itemsBetween(
  { from, reach, first }: Items,
  lane: number,
  start: number,
  end: number,
): readonly [number, number] {
  const low = first[lane] ?? 0;
  const high = first[lane + 1] ?? low;
  return [firstAbove(reach, low, high, start, true), firstAbove(from, low, high, end, false)];
}

/** Returns a lane's items in their order. */
export const itemsOn = ({ all, first }: Items, lane: number): readonly Item[] =>
  all.slice(first[lane] ?? 0, first[lane + 1] ?? 0);
