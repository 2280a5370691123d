'use client';

import { useEffect, useRef, useState, type RefObject } from 'react';
import type { LaneLayout } from './lane-layout';

/**
 * Returns the lane whose name last had the focus, and how to move the focus to the name at a place, which is scrolled
 * into view first.
 */
export function useNameFocus(scroller: RefObject<HTMLDivElement | null>, layout: LaneLayout) {
  const [focused, setFocused] = useState<number | null>(null);
  const wanted = useRef<number | null>(null);
  useEffect(() => {
    // A row may enter the page only after it was scrolled to.
    const row =
      wanted.current === null ? null : scroller.current?.querySelector<HTMLElement>(`[data-lane="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });
  const go = (place: number): void => {
    const lane = layout.lanes[place];
    const element = scroller.current;
    if (lane === undefined || !element) return;
    setFocused(lane);
    const top = layout.tops[place] ?? 0;
    const bottom = layout.tops[place + 1] ?? top;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTo({ top: bottom - element.clientHeight });
    wanted.current = lane;
  };
  return { focused, setFocused, go };
}
