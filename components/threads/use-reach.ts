'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Goal, Lines } from './tree';

/** Brings a row into view and makes it the reached one, with or without the focus. */
export type Reach = (index: number, focus: boolean, align: 'auto' | 'center') => void;

/** Returns how to reach another row: `reached` is the current one, and `onReached` gets the node of the next. */
export function useReach({
  lines,
  virtualizer,
  box,
  reached,
  onReached,
}: {
  readonly lines: Lines;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly reached: number;
  readonly onReached: (node: number) => void;
}): Reach {
  /** Counts the requests to focus the reached row. */
  const [wishes, setWishes] = useState(0);
  /** A row that has not been read yet gets the focus later; `last` is the last row, wherever it is then. */
  const reaching = useRef<{ readonly place: number; readonly index: number; readonly last: boolean } | null>(null);
  const go: Reach = (index, focus, align) => {
    const line = lines.at(index);
    const unread = lines.missing(index);
    reaching.current =
      unread === null
        ? null
        : { place: unread.root === null ? unread.place : -1, index, last: index === lines.count - 1 };
    virtualizer.scrollToIndex(index, { align });
    if (line === null) return;
    onReached(line.node);
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
  }, [box, wishes]);
  return go;
}

/** Goes to the goal of the tree, once for each goal, as soon as its row is there. */
export function useGoal(goal: Goal | null, lines: Lines, go: Reach): void {
  const reachedGoal = useRef<Goal | null>(null);
  useEffect(() => {
    if (goal === null || goal === reachedGoal.current) return;
    const index = lines.find(goal.node);
    if (index === -1) return;
    reachedGoal.current = goal;
    go(index, goal.focus, 'center');
  });
}
