import { outlineOf, type Outline } from '../outline/outline.ts';
import type { Timeline } from '@/lib/queries/timeline-shapes.ts';
import { compactionSpans, type CompactionSpans } from './compaction-spans.ts';
import { contextLines, type ContextLines } from './context.ts';
import { busySpans, type Span } from './gaps.ts';
import { itemsOf, markOf, type Draft, type Item, type Items } from './items.ts';
import { laneLinks, type LaneLink } from './links-between.ts';
import { endOf, startWithin, timeWithin } from './placed.ts';
import { subRows } from './sub-rows.ts';

/** A tree as it is drawn: made once from the server's answer. */
export interface Scene {
  readonly timeline: Timeline;
  readonly outline: Outline;
  readonly items: Items;
  /** The row of its lane that a turn stands in, by item. */
  readonly rows: Uint8Array;
  /** The same by `turnKey`, for parts of a turn that are read later. */
  readonly turnRows: ReadonlyMap<string, number>;
  /** Start and end of each turn, by `turnKey`. */
  readonly turnSpans: ReadonlyMap<string, Span>;
  /** By lane: the number of rows of its turns, and whether there are marks above them. */
  readonly rowCounts: Uint8Array;
  readonly marked: Uint8Array;
  readonly context: ContextLines;
  readonly compacted: CompactionSpans;
  readonly links: readonly LaneLink[];
  /** By lane: its first to its last moment, and the same for its whole subtree. NaN where there is none. */
  readonly own: SpanColumns;
  readonly subtree: SpanColumns;
  readonly busy: readonly Span[];
  /** From the first to the last moment of all; null when nothing has a time. */
  readonly span: Span | null;
  /** Records without a time in any log: they are on no lane, but they are in the table. `from` is NaN. */
  readonly timeless: readonly Item[];
}
export interface SpanColumns {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Returns the key of a turn among all lanes. */
export const turnKey = (lane: number, turnId: string | null): string => `${lane} ${turnId ?? ''}`;

function* threadDrafts({ lanes }: Timeline): Generator<Draft> {
  for (const [lane, at] of lanes.createdAtMs.entries()) {
    if (at === null) continue;
    const from = timeWithin(lanes.threadId[lane] ?? '', at);
    yield {
      lane,
      kind: 'thread',
      record: lane,
      from,
      to: from,
      status: null,
      own: lanes.createdAtInferred[lane] !== true,
    };
  }
}

/** Returns the forks: each stands at its start on its own lane and on its source's lane, if they are in this tree. */
function* forkDrafts({ lanes, forks }: Timeline): Generator<Draft> {
  for (const [record, lane] of forks.lane.entries()) {
    const stated = forks.atMs[record] ?? null;
    const fork = forks.relation[record] === 'source' ? lanes.threadId[lane] : forks.threadId[record];
    const from = stated === null ? Number.NaN : timeWithin(fork ?? '', stated);
    yield { lane, kind: 'fork', record, from, to: from, status: null, own: forks.inferred[record] !== true };
  }
}

function* turnDrafts({ turns }: Timeline): Generator<Draft> {
  for (const [record, stated] of turns.startedAtMs.entries()) {
    const from = stated === null ? Number.NaN : timeWithin(turns.turnId[record] ?? '', stated);
    yield {
      lane: turns.lane[record] ?? 0,
      kind: 'turn',
      record,
      from,
      to: endOf(from, turns.durationMs[record], turns.completedAtMs[record]),
      status: turns.status[record] ?? null,
      own: turns.timeSource[record] === 'event',
    };
  }
}

function* recordDrafts(
  { compactions, guardianReviews, hookRuns, steers }: Timeline,
  turns: ReadonlyMap<string, Span>,
): Generator<Draft> {
  const tables = [
    {
      kind: 'compaction',
      table: compactions,
      at: compactions.startedAtMs,
      status: compactions.status,
      lasts: compactions.durationMs,
    },
    {
      kind: 'guardian review',
      table: guardianReviews,
      at: guardianReviews.startedAtMs,
      status: guardianReviews.terminalStatus,
      lasts: guardianReviews.latencyMs,
    },
    { kind: 'hook run', table: hookRuns, at: hookRuns.atMs, status: hookRuns.status, lasts: null },
    { kind: 'steer', table: steers, at: steers.atMs, status: steers.result, lasts: null },
  ] as const;
  for (const { kind, table, at, status, lasts } of tables) {
    for (const [record, lane] of table.lane.entries()) {
      const completedAt = 'completedAtMs' in table ? table.completedAtMs[record] : null;
      const stated = at[record] ?? completedAt ?? Number.NaN;
      const from = startWithin(turns.get(turnKey(lane, table.turnId[record] ?? null)), stated);
      yield {
        lane,
        kind,
        record,
        from,
        to: lasts === null ? from : endOf(from, lasts[record], completedAt),
        status: status[record] ?? null,
        own: table.timeSource[record] === 'event',
      };
    }
  }
}

/** Returns the start and end of each turn, by lane and id, for the items within. */
export function turnSpans(items: readonly Draft[], { turns }: Timeline): ReadonlyMap<string, Span> {
  return new Map(
    items
      .filter(({ kind }) => kind === 'turn')
      .map(({ lane, record, from, to }) => [turnKey(lane, turns.turnId[record] ?? ''), { from, to: to ?? from }]),
  );
}

/** Builds the scene of a tree. Sorts; linear apart from that, without recursion. */
export function sceneOf(timeline: Timeline): Scene {
  const lanes = timeline.lanes.threadId.length;
  const turnsOnly = [...turnDrafts(timeline)];
  const spans = turnSpans(turnsOnly, timeline);
  const drafts = [...threadDrafts(timeline), ...forkDrafts(timeline), ...turnsOnly, ...recordDrafts(timeline, spans)];
  const items = itemsOf(
    drafts.filter(({ from }) => !Number.isNaN(from)),
    lanes,
  );
  const timeless = drafts
    .filter(({ from }) => Number.isNaN(from))
    .map((draft): Item => ({ ...draft, to: null, index: -1 }));
  const outline = outlineOf(timeline.lanes.depth);
  const rows = new Uint8Array(items.all.length);
  const turnRows = new Map<string, number>();
  const rowCounts = new Uint8Array(lanes).fill(1);
  const marked = new Uint8Array(lanes);
  const own: SpanColumns = {
    from: new Float64Array(lanes).fill(Number.NaN),
    to: new Float64Array(lanes).fill(Number.NaN),
  };
  for (let lane = 0; lane < lanes; lane++) {
    const on = items.all.slice(items.first[lane], items.first[lane + 1]);
    const turns = on.filter(({ kind }) => kind === 'turn');
    const packed = subRows(
      turns.map(({ from }) => from),
      turns.map(({ index }) => items.to[index] ?? 0),
    );
    turns.forEach(({ index, record }, place) => {
      rows[index] = packed.rows[place] ?? 0;
      turnRows.set(turnKey(lane, timeline.turns.turnId[record] ?? ''), rows[index] ?? 0);
    });
    rowCounts[lane] = packed.count;
    marked[lane] = on.some(markOf) ? 1 : 0;
    const [first] = on;
    if (!first) continue;
    own.from[lane] = first.from;
    own.to[lane] = Math.max(
      items.reach[first.index + on.length - 1] ?? first.from,
      timeline.lanes.lastActiveAtMs[lane] ?? first.from,
    );
  }
  const busy = busySpans(items.all.map(({ from, index }) => ({ from, to: items.to[index] ?? from })));
  const [start] = busy;
  const end = busy.at(-1);
  return {
    timeline,
    outline,
    items,
    rows,
    turnRows,
    turnSpans: spans,
    rowCounts,
    marked,
    own,
    subtree: subtreeSpans(outline, own),
    context: contextLines(timeline, items),
    compacted: compactionSpans(timeline, items),
    links: laneLinks(timeline, outline),
    busy,
    span: start && end ? { from: start.from, to: end.to } : null,
    timeless,
  };
}

/**
 * Nodes come before all below them, so when this goes backwards, the subtree of each node is complete when it is
 * reached.
 */
function subtreeSpans({ parents }: Outline, own: SpanColumns): SpanColumns {
  const subtree = { from: own.from.slice(), to: own.to.slice() };
  const least = (one: number, other: number): number => (Number.isNaN(one) || other < one ? other : one);
  const most = (one: number, other: number): number => (Number.isNaN(one) || other > one ? other : one);
  for (let node = parents.length - 1; node > 0; node--) {
    const parent = parents[node] ?? -1;
    if (parent < 0 || Number.isNaN(subtree.from[node])) continue;
    subtree.from[parent] = least(subtree.from[parent] ?? Number.NaN, subtree.from[node] ?? Number.NaN);
    subtree.to[parent] = most(subtree.to[parent] ?? Number.NaN, subtree.to[node] ?? Number.NaN);
  }
  return subtree;
}
