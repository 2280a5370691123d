'use client';

import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { useRouter } from 'next/navigation';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject, type SyntheticEvent } from 'react';
import { threadAddress } from '@/components/links';
import { Notice } from '@/components/ui/notice';
import { Button } from '@/components/ui/button';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { OutlineSort } from '@/lib/queries/outline/sorts.ts';
import { treeColumns, type ColumnId } from './columns';
import type { Lines } from './lines';
import { TreeHead } from './tree-head';
import { treeMove } from './tree-keys';
import { TreeRow } from './tree-row';
import { namedInTrail, TreeTrail } from './tree-trail';
import { useDrawn } from './use-drawn';
import { useRootFontSize } from './use-root-font-size';
import { idOf } from './rows';
import { useRows } from './use-rows';
import classes from './tree.module.css';

/** Heights in rem; `tree.module.css` has the same. */
const rowHeight = 2.625;
const headHeight = 2.75;
const trailHeight = 1.75;
/** So many rows that are folded or unfolded by hand are found again when logs have come in, whether they were on screen or not: half of the rows that are kept. */
const mostTurned = 2000;
/** What the first rows are rendered into before the window is known, in pixels. */
const firstWindow = { width: 0, height: 900 };

/** What a tree is to show: a row, in the middle, with the focus or without it. Another object each time. */
export interface Goal { readonly position: number; readonly focus: boolean }

interface TreeGridProps {
  /** Which view of the forest it is: another one begins at its first row. */
  readonly view: string;
  readonly lines: Lines;
  readonly edition: string;
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
  /** Where the tree was left: the scroll in pixels, and the row that had the focus. */
  readonly left: { readonly top: number; readonly position: number | null };
  readonly onLeave: (left: { readonly top: number; readonly position: number | null }) => void;
  /** What is folded or unfolded by hand, and what asks for its ids: they name it when logs have come in and positions are other threads. */
  readonly turned: ReadonlySet<number>;
  readonly turnedIds: RefObject<() => ReadonlyMap<number, string>>;
  readonly onTurn: (positions: readonly number[], unfolded: boolean) => void;
  readonly onUnfoldTo: (depth: number) => void;
  readonly onNext: (step: 1 | -1) => void;
  readonly onChanged: () => void;
}

const positionsOf = (lines: Lines, indices: readonly number[]): number[] => indices.map((index) => lines.at(index)?.position).filter((position) => position !== undefined);

/** The rows of the tree as an ARIA tree grid, of which only those on screen are in the page. */
export function TreeGrid({ view, lines, edition, start, columns, kept, sort, sortAddress, flat, goal, found, current, text, left, turned, turnedIds, onLeave, onTurn, onUnfoldTo, onNext, onChanged }: TreeGridProps) {
  const router = useRouter();
  const box = useRef<HTMLDivElement>(null);
  const rem = useRootFontSize();
  const [focused, setFocused] = useState(left.position);
  /** Counts how often the focus was wanted on the row that is reached. */
  const [wishes, setWishes] = useState(0);
  const at = focused === null ? -1 : lines.find(focused);
  // A row that was folded away gives its place in the order of tabbing to the first.
  const reached = at === -1 ? 0 : at;
  // eslint-disable-next-line react-hooks/incompatible-library -- The rule is for the React Compiler, which does not run here.
  const virtualizer = useVirtualizer({
    count: lines.count, getScrollElement: () => box.current, estimateSize: () => rowHeight * rem, overscan: 6, initialRect: firstWindow, initialOffset: left.top,
    scrollMargin: headHeight * rem, scrollPaddingStart: (headHeight + trailHeight) * rem, scrollPaddingEnd: rem,
    // The focused row stays in the page, wherever it stands, or the keys would be lost with it.
    rangeExtractor: (range: Range) => (at === -1 ? defaultRangeExtractor(range) : [...new Set([...defaultRangeExtractor(range), at])].sort((one, other) => one - other)),
  });
  useEffect(() => { virtualizer.measure(); }, [virtualizer, rem]);

  const seenView = useRef(view);
  useEffect(() => {
    if (seenView.current !== view) virtualizer.scrollToOffset(0);
    seenView.current = view;
  }, [virtualizer, view]);

  const items = virtualizer.getVirtualItems();
  const topIndex = Math.floor(((virtualizer.scrollOffset ?? 0) + trailHeight * rem) / (rowHeight * rem));
  const above = (virtualizer.scrollOffset ?? 0) > 0 ? lines.above(Math.min(topIndex, lines.count - 1)) : [];
  const now = [...positionsOf(lines, items.map(({ index }) => index)), ...namedInTrail(above).filter((position) => position !== null)];
  const screen = Math.ceil((virtualizer.scrollRect?.height ?? firstWindow.height) / (rowHeight * rem));
  const soon = positionsOf(lines, Array.from({ length: 3 * screen }, (_, place) => topIndex - screen + place));
  const later = useMemo(() => [...turned].slice(0, mostTurned), [turned]);
  const { rowAt, failure, again } = useRows({ kept, edition, start, wanted: { now, soon, later }, onChanged });
  /** Who stands where in this edition: rows are let go of, and change with the page, before the positions of another edition are asked for. */
  const ids = useRef({ edition, byPosition: new Map<number, string>() });
  useEffect(() => {
    if (ids.current.edition !== edition) ids.current = { edition, byPosition: new Map() };
    const { byPosition } = ids.current;
    for (const position of [...later, ...now]) {
      const id = idOf(rowAt(position));
      if (id !== null) byPosition.set(position, id);
    }
    turnedIds.current = () => new Map([...byPosition].filter(([position]) => turned.has(position)));
  });
  const drawn = useDrawn(now.filter((position) => rowAt(position) !== undefined));

  const go = (index: number, focus: boolean, align: 'auto' | 'center'): void => {
    const line = lines.at(index);
    if (line === null) return;
    setFocused(line.position);
    if (focus) setWishes((count) => count + 1);
    virtualizer.scrollToIndex(index, { align });
  };
  const reachedNow = useRef(reached);
  useLayoutEffect(() => {
    reachedNow.current = reached;
  });
  useLayoutEffect(() => {
    if (wishes > 0) box.current?.querySelector<HTMLElement>(`[data-index="${reachedNow.current}"]`)?.focus({ preventScroll: true });
  }, [wishes]);

  const reachedGoal = useRef<Goal | null>(null);
  useEffect(() => {
    if (goal === null || goal === reachedGoal.current) return;
    const index = lines.find(goal.position);
    if (index === -1) return;
    reachedGoal.current = goal;
    go(index, goal.focus, 'center');
  });

  const leave = useRef(onLeave);
  const place = useRef(left);
  useEffect(() => {
    leave.current = onLeave;
    place.current = { top: virtualizer.scrollOffset ?? 0, position: focused };
  });
  useEffect(() => () => leave.current(place.current), []);

  const open = (index: number): void => {
    const line = lines.at(index);
    const row = line === null ? undefined : rowAt(line.position);
    if (row?.kind === 'thread') router.push(threadAddress(row.thread.threadId, kept));
    else if (line?.expandable) onTurn([line.position], !line.unfolded);
  };
  const turn = (indices: readonly number[], unfolded: boolean): void => onTurn(positionsOf(lines, indices), unfolded);
  const indexOf = (event: SyntheticEvent): number => Number(event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1 : -1);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys inside of a row's own links are left to them.
    if (!(event.target instanceof HTMLElement) || event.target.dataset.index === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (rowHeight * rem)) - 3);
    const move = treeMove(event.key, lines, indexOf(event), { go: (index) => go(index, true, 'auto'), turn, unfoldTo: onUnfoldTo, open, next: onNext, page });
    if (move === null) return;
    event.preventDefault();
    move();
  };
  const onClick = (event: MouseEvent): void => {
    if (!(event.target instanceof Element) || event.defaultPrevented) return;
    const line = lines.at(indexOf(event));
    if (line !== null && event.target.closest('[data-fold]') !== null) onTurn([line.position], !line.unfolded);
    const href = event.target.closest('a')?.getAttribute('href');
    if (typeof href !== 'string' || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    router.push(href);
  };

  return (
    <div className={classes.frame}>
      <TreeTrail above={above} rowAt={rowAt} onGo={(position) => go(lines.find(position), true, 'center')} />
      <div className={classes.box} ref={box}>
        <div
          role="treegrid" className={classes.grid} aria-label="Threads" aria-readonly="true" aria-rowcount={lines.count + 1}
          style={{ '--tree-columns': columns.map((id) => `${treeColumns[id].width}rem`).join(' '), '--tree-width': columns.reduce((sum, id) => sum + treeColumns[id].width + 0.75, 0) }}
        >
          <TreeHead columns={columns} sort={sort} sortAddress={sortAddress} />
          <div
            role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }} onKeyDown={onKeyDown} onClick={onClick}
            onFocus={(event) => { const line = lines.at(indexOf(event)); if (line !== null) setFocused(line.position); }}
          >
            {items.map(({ index, start: top }) => {
              const line = lines.at(index);
              const position = line?.position ?? null;
              return (
                <TreeRow
                  key={position ?? `place ${index}`} index={index} top={top - headHeight * rem} line={line} row={position === null || !drawn.has(position) ? undefined : rowAt(position)}
                  columns={columns} kept={kept} flat={flat}
                  reached={index === reached} found={position === null || !found.has(position) ? 'no' : position === current ? 'current' : 'found'} text={position !== null && found.has(position) ? text : ''}
                />
              );
            })}
          </div>
        </div>
      </div>
      {failure === null ? null : <Notice kind="error" title="Rows could not be read."><p>{failure}</p><p><Button onClick={again}>Try again</Button></p></Notice>}
    </div>
  );
}
