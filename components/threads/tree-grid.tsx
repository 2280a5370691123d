'use client';

import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { OutlineSort } from '@/lib/queries/outline/sorts.ts';
import { treeColumns, type ColumnId } from './columns';
import { nodesAt } from './nodes-at';
import { NotRead } from './not-read';
import type { Goal, Lines, Missing } from './tree';
import { TreeHead } from './tree-head';
import { TreeRow } from './tree-row';
import { namedInTrail, TreeTrail } from './tree-trail';
import { useDrawn } from './use-drawn';
import { useHeld } from './use-held';
import { useLeaving, type LeftAt } from './use-leaving';
import { useMissing } from './use-missing';
import type { InView } from './use-pages';
import { useGoal, useReach } from './use-reach';
import { useRootFontSize } from './use-root-font-size';
import { useRowEvents } from './use-row-events';
import { useRows } from './use-rows';
import classes from './tree.module.css';

/** Heights in rem; `tree.module.css` has the same. */
const rowHeight = 2.625;
const headHeight = 2.75;
const trailHeight = 1.75;
/** The window for the first rows before the real one is known, in pixels. */
const firstWindow = { width: 0, height: 900 };

interface TreeGridProps {
  /** The view of the forest: another one begins at its first row. */
  readonly view: string;
  readonly lines: Lines;
  readonly start: OutlineRows;
  readonly columns: readonly ColumnId[];
  readonly kept: UrlParameters;
  readonly sort: OutlineSort;
  readonly sortAddress: (sort: OutlineSort) => string;
  readonly flat: boolean;
  readonly goal: Goal | null;
  readonly found: ReadonlySet<number>;
  readonly current: number | null;
  readonly text: string;
  readonly left: LeftAt;
  readonly inView: RefObject<() => InView>;
  readonly onLeave: (left: LeftAt) => void;
  /** Gets the next thing to read for the rows on screen. */
  readonly onMissing: (missing: Missing | null) => void;
  readonly onTurn: (nodes: readonly number[], unfolded: boolean) => void;
  readonly onUnfoldTo: (depth: number) => void;
  readonly onNext: (step: 1 | -1) => void;
}

/**
 * Returns the window through which the rows are seen, in pixels: `items` are the rows in the page, `above` the
 * ancestors of the first visible row, and `near` the visible rows with as many before and after.
 */
function useTreeWindow(lines: Lines, firstTop: number, focusedAt: number) {
  const box = useRef<HTMLDivElement>(null);
  const rem = useRootFontSize();
  // eslint-disable-next-line react-hooks/incompatible-library -- The rule is for the React Compiler, which does not run here.
  const virtualizer = useVirtualizer({
    count: lines.count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight * rem,
    overscan: 6,
    initialRect: firstWindow,
    initialOffset: firstTop,
    scrollMargin: headHeight * rem,
    scrollPaddingStart: (headHeight + trailHeight) * rem,
    scrollPaddingEnd: rem,
    // The focused row stays in the page, wherever it is, or the keys would be lost with it.
    rangeExtractor: (range: Range) =>
      focusedAt === -1
        ? defaultRangeExtractor(range)
        : [...new Set([...defaultRangeExtractor(range), focusedAt])].sort((one, other) => one - other),
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rem]);

  const items = virtualizer.getVirtualItems();
  const offset = virtualizer.scrollOffset ?? 0;
  const topIndex = Math.floor((offset + trailHeight * rem) / (rowHeight * rem));
  const screen = Math.ceil((virtualizer.scrollRect?.height ?? firstWindow.height) / (rowHeight * rem));
  return {
    box,
    virtualizer,
    rowHeight: rowHeight * rem,
    items: items.map(({ index, start }) => ({ index, top: start - headHeight * rem })),
    above: offset > 0 ? lines.above(Math.min(topIndex, lines.count - 1)) : [],
    near: Array.from({ length: 3 * screen }, (_, place) => topIndex - screen + place).filter(
      (index) => index >= 0 && index < lines.count,
    ),
  };
}

/** Shows the rows of the tree as an ARIA tree grid. Only those on screen are in the page. */
export function TreeGrid({
  view,
  lines,
  start,
  columns,
  kept,
  sort,
  sortAddress,
  flat,
  goal,
  found,
  current,
  text,
  left,
  inView,
  onLeave,
  onMissing,
  onTurn,
  onUnfoldTo,
  onNext,
}: TreeGridProps) {
  const [focused, setFocused] = useState(left.node);
  const at = focused === null ? -1 : lines.find(focused);
  // A row that was folded away passes its place in the tab order to the first row.
  const reached = at === -1 ? 0 : at;
  const { box, virtualizer, rowHeight: height, items, above, near } = useTreeWindow(lines, left.top, at);
  useHeld({ view, lines, virtualizer, rowHeight: height, focused, inViewRef: inView });

  const onScreen = items.map(({ index }) => index);
  const now = [...nodesAt(lines, onScreen), ...namedInTrail(above).filter((node) => node !== null)];
  const { rowAt, failure, again } = useRows({ kept, start, wanted: { now, soon: nodesAt(lines, near) } });
  const drawn = useDrawn(now.filter((node) => rowAt(node) !== undefined));
  // The rows on screen come first.
  useMissing(lines, [...onScreen, ...near], onMissing);

  const go = useReach({ lines, virtualizer, box, reached, onReached: setFocused });
  useGoal(goal, lines, go);
  useLeaving(left, virtualizer, focused, onLeave);
  const events = useRowEvents({
    lines,
    rowAt,
    kept,
    page: () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 3),
    onGo: (index) => go(index, true, 'auto'),
    onFocused: setFocused,
    onTurn,
    onUnfoldTo,
    onNext,
  });

  return (
    <div className={classes.frame}>
      <TreeTrail above={above} rowAt={rowAt} onGo={(node) => go(lines.find(node), true, 'center')} />
      <div className={classes.box} ref={box}>
        <div
          role="treegrid"
          className={classes.grid}
          aria-label="Threads"
          aria-readonly="true"
          aria-rowcount={lines.count + 1}
          style={{
            '--tree-columns': columns.map((id) => `${treeColumns[id].width}rem`).join(' '),
            '--tree-width': columns.reduce((sum, id) => sum + treeColumns[id].width + 0.75, 0),
          }}
        >
          <TreeHead columns={columns} sort={sort} sortAddress={sortAddress} />
          <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }} {...events}>
            {items.map(({ index, top }) => {
              const line = lines.at(index);
              const node = line?.node ?? null;
              return (
                <TreeRow
                  key={node ?? `place ${index}`}
                  index={index}
                  top={top}
                  line={line}
                  row={node === null || !drawn.has(node) ? undefined : rowAt(node)}
                  columns={columns}
                  kept={kept}
                  flat={flat}
                  reached={index === reached}
                  found={node === null || !found.has(node) ? 'no' : node === current ? 'current' : 'found'}
                  text={node !== null && found.has(node) ? text : ''}
                />
              );
            })}
          </div>
        </div>
      </div>
      <NotRead title="Could not load rows." failure={failure} again={again} />
    </div>
  );
}
