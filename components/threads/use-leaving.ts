'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';

/** The state in which a tree was left: the scroll in pixels, and the node that had the focus. */
export interface LeftAt {
  readonly top: number;
  readonly node: number | null;
}

/** Reports where the tree was left when it goes; `left` is the state before. */
export function useLeaving(
  left: LeftAt,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  focused: number | null,
  onLeave: (left: LeftAt) => void,
): void {
  const leave = useRef(onLeave);
  const place = useRef(left);
  useEffect(() => {
    leave.current = onLeave;
    place.current = { top: virtualizer.scrollOffset ?? 0, node: focused };
  });
  useEffect(() => () => leave.current(place.current), []);
}
