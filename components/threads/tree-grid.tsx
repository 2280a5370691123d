'use client';

import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  type SyntheticEvent,
} from 'react';
import { threadAddress } from '@/components/links';
import { Notice } from '@/components/ui/notice';
import { Button } from '@/components/ui/button';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { OutlineSort } from '@/lib/queries/outline/sorts.ts';
import { treeColumns, type ColumnId } from './columns';
import type { Goal, Lines, Missing } from './tree';
import { TreeHead } from './tree-head';
import { treeMove } from './tree-keys';
import { TreeRow } from './tree-row';
import { namedInTrail, TreeTrail } from './tree-trail';
import { useDrawn } from './use-drawn';
import { useHeld } from './use-held';
import type { InView } from './use-pages';
import { useRootFontSize } from './use-root-font-size';
import { useRows } from './use-rows';
import classes from './tree.module.css';

/** Heights in rem; `tree.module.css` has the same. */
const rowHeight = 2.625;
const headHeight = 2.75;
const trailHeight = 1.75;
/** What the first rows are rendered into before the window is known, in pixels. */
const firstWindow = { width: 0, height: 900 };

interface TreeGridProps {
  /** Which view of the forest it is: another one begins at its first row. */
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
  /** Where the tree was left: the scroll in pixels, and the node that had the focus. */
  readonly left: { readonly top: number; readonly node: number | null };
  readonly inView: RefObject<() => InView>;
  readonly onLeave: (left: { readonly top: number; readonly node: number | null }) => void;
  /** What is to be read next for the rows on screen. */
  readonly onMissing: (missing: Missing | null) => void;
  readonly onTurn: (nodes: readonly number[], unfolded: boolean) => void;
  readonly onUnfoldTo: (depth: number) => void;
  readonly onNext: (step: 1 | -1) => void;
}

const nodesAt = (lines: Lines, indices: readonly number[]): number[] =>
  indices.map((index) => lines.at(index)?.node).filter((node) => node !== undefined);
const same = (one: Missing | null, other: Missing | null): boolean =>
  one?.place === other?.place && one?.root === other?.root && one?.from === other?.from;

/** The rows of the tree as an ARIA tree grid, of which only those on screen are in the page. */
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
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const rem = useRootFontSize();
  const [focused, setFocused] = useState(left.node);
  /** Counts how often the focus was wanted on the row that is reached. */
  const [wishes, setWishes] = useState(0);
  const at = focused === null ? -1 : lines.find(focused);
  // A row that was folded away gives its place in the order of tabbing to the first.
  const reached = at === -1 ? 0 : at;
  // eslint-disable-next-line react-hooks/incompatible-library -- The rule is for the React Compiler, which does not run here.
  const virtualizer = useVirtualizer({
    count: lines.count,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight * rem,
    overscan: 6,
    initialRect: firstWindow,
    initialOffset: left.top,
    scrollMargin: headHeight * rem,
    scrollPaddingStart: (headHeight + trailHeight) * rem,
    scrollPaddingEnd: rem,
    // The focused row stays in the page, wherever it stands, or the keys would be lost with it.
    rangeExtractor: (range: Range) =>
      at === -1
        ? defaultRangeExtractor(range)
        : [...new Set([...defaultRangeExtractor(range), at])].sort((one, other) => one - other),
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rem]);
  useHeld({ view, lines, virtualizer, rowHeight: rowHeight * rem, focused, inViewRef: inView });

  const items = virtualizer.getVirtualItems();
  const topIndex = Math.floor(((virtualizer.scrollOffset ?? 0) + trailHeight * rem) / (rowHeight * rem));
  const above = (virtualizer.scrollOffset ?? 0) > 0 ? lines.above(Math.min(topIndex, lines.count - 1)) : [];
  const now = [
    ...nodesAt(
      lines,
      items.map(({ index }) => index),
    ),
    ...namedInTrail(above).filter((node) => node !== null),
  ];
  const screen = Math.ceil((virtualizer.scrollRect?.height ?? firstWindow.height) / (rowHeight * rem));
  const near = Array.from({ length: 3 * screen }, (_, place) => topIndex - screen + place).filter(
    (index) => index >= 0 && index < lines.count,
  );
  const { rowAt, failure, again } = useRows({ kept, start, wanted: { now, soon: nodesAt(lines, near) } });
  const drawn = useDrawn(now.filter((node) => rowAt(node) !== undefined));

  // What is on screen first.
  const missing =
    [...items.map(({ index }) => index), ...near].map((index) => lines.missing(index)).find((each) => each !== null) ??
    null;
  const told = useRef<Missing | null>(null);
  useEffect(() => {
    if (same(told.current, missing)) return;
    told.current = missing;
    onMissing(missing);
  });

  /** A row that has not been read yet gets the focus when it has; `last` is the last one, wherever it stands then. */
  const reaching = useRef<{ readonly place: number; readonly index: number; readonly last: boolean } | null>(null);
  const go = (index: number, focus: boolean, align: 'auto' | 'center'): void => {
    const line = lines.at(index);
    const unread = lines.missing(index);
    reaching.current =
      unread === null
        ? null
        : { place: unread.root === null ? unread.place : -1, index, last: index === lines.count - 1 };
    virtualizer.scrollToIndex(index, { align });
    if (line === null) return;
    setFocused(line.node);
    if (focus) setWishes((count) => count + 1);
  };
  useEffect(() => {
    if (reaching.current === null) return;
    const { place, index, last } = reaching.current;
    const target = last ? lines.count - 1 : place === -1 ? index : lines.findPlace(place);
    if (last && lines.missing(target) !== null && target !== index) go(target, true, 'auto');
    else if (lines.at(target) !== null) go(target, true, 'auto');
  }, [lines]); // eslint-disable-line react-hooks/exhaustive-deps -- Only what has been read changes what can be reached.
  const reachedNow = useRef(reached);
  useLayoutEffect(() => {
    reachedNow.current = reached;
  });
  useLayoutEffect(() => {
    if (wishes > 0)
      box.current?.querySelector<HTMLElement>(`[data-index="${reachedNow.current}"]`)?.focus({ preventScroll: true });
  }, [wishes]);

  const reachedGoal = useRef<Goal | null>(null);
  useEffect(() => {
    if (goal === null || goal === reachedGoal.current) return;
    const index = lines.find(goal.node);
    if (index === -1) return;
    reachedGoal.current = goal;
    go(index, goal.focus, 'center');
  });

  const leave = useRef(onLeave);
  const place = useRef(left);
  useEffect(() => {
    leave.current = onLeave;
    place.current = { top: virtualizer.scrollOffset ?? 0, node: focused };
  });
  useEffect(() => () => leave.current(place.current), []);

  const open = (index: number): void => {
    const line = lines.at(index);
    const row = line === null ? undefined : rowAt(line.node);
    if (row?.kind === 'thread') router.push(threadAddress(row.thread.threadId, kept));
    else if (line?.expandable) onTurn([line.node], !line.unfolded);
  };
  const turn = (indices: readonly number[], unfolded: boolean): void => onTurn(nodesAt(lines, indices), unfolded);
  const indexOf = (event: SyntheticEvent): number =>
    Number(
      event.target instanceof Element ? (event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1) : -1,
    );

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys inside of a row's own links are left to them.
    if (
      !(event.target instanceof HTMLElement) ||
      event.target.dataset.index === undefined ||
      event.altKey ||
      event.ctrlKey ||
      event.metaKey
    )
      return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (rowHeight * rem)) - 3);
    const move = treeMove(event.key, lines, indexOf(event), {
      go: (index) => go(index, true, 'auto'),
      turn,
      unfoldTo: onUnfoldTo,
      open,
      next: onNext,
      page,
    });
    if (move === null) return;
    event.preventDefault();
    move();
  };
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.defaultPrevented) return;
    const line = lines.at(indexOf(event));
    if (line !== null && event.target.closest('[data-fold]') !== null) onTurn([line.node], !line.unfolded);
    const href = event.target.closest('a')?.getAttribute('href');
    if (typeof href !== 'string' || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href);
  };

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
          <div
            role="rowgroup"
            className={classes.body}
            style={{ height: virtualizer.getTotalSize() }}
            onKeyDown={onKeyDown}
            onClick={onClick}
            onFocus={(event) => {
              const line = lines.at(indexOf(event));
              if (line !== null) setFocused(line.node);
            }}
          >
            {items.map(({ index, start: top }) => {
              const line = lines.at(index);
              const node = line?.node ?? null;
              return (
                <TreeRow
                  key={node ?? `place ${index}`}
                  index={index}
                  top={top - headHeight * rem}
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
      {failure === null ? null : (
        <Notice kind="error" title="Rows could not be read.">
          <p>{failure}</p>
          <p>
            <Button onClick={again}>Try again</Button>
          </p>
        </Notice>
      )}
    </div>
  );
}
