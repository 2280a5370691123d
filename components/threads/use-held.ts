'use client';

import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { Lines } from './tree';
import type { InView } from './use-pages';

/** This many rows from the top of the screen are known by their nodes, in case the first of them disappear. */
const mostHeld = 4;

/** A row by its lasting identity: its node, or the place of its tree until it is read. */
interface Held {
  readonly node: number | null;
  readonly place: number;
  readonly index: number;
}

/**
 * Keeps the row at the top of the screen in its place when rows above it appear or disappear; another `view` begins at
 * its first row. Writes to `inViewRef` what must stay visible.
 */
export function useHeld({
  view,
  lines,
  virtualizer,
  rowHeight,
  focused,
  inViewRef,
}: {
  readonly view: string;
  readonly lines: Lines;
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly rowHeight: number;
  readonly focused: number | null;
  readonly inViewRef: RefObject<() => InView>;
}): void {
  const before = useRef({ view, lines });
  const [, setMoves] = useState(0);
  useLayoutEffect(() => {
    const { view: viewBefore, lines: known } = before.current;
    before.current = { view, lines };
    const offset = virtualizer.scrollOffset ?? 0;
    if (known === lines) return;
    if (viewBefore !== view) virtualizer.scrollToOffset(0);
    else if (offset > 0) {
      const moved = heldOf(known, Math.ceil(offset / rowHeight))
        .map(({ node, place, index }) => [index, node === null ? lines.findPlace(place) : lines.find(node)] as const)
        .find(([, now]) => now !== -1);
      if (moved === undefined || moved[0] === moved[1]) return;
      virtualizer.scrollToOffset(offset + (moved[1] - moved[0]) * rowHeight);
      setMoves((count) => count + 1);
    }
  }, [view, lines, virtualizer, rowHeight]);
  useEffect(() => {
    inViewRef.current = () => {
      const offset = virtualizer.scrollOffset ?? 0;
      const nodes = heldOf(lines, Math.ceil(offset / rowHeight))
        .map(({ node }) => node)
        .filter((node) => node !== null);
      const selected = focused === null || lines.find(focused) === -1 ? [] : [focused];
      return { top: offset === 0, nodes: offset === 0 ? selected : [...nodes.slice(0, mostHeld), ...selected] };
    };
  });
}

/**
 * Returns the identities of the rows from this one on, and then of the ancestors of the first, in case those rows are
 * folded away.
 */
function heldOf(lines: Lines, top: number): Held[] {
  const rows = Array.from({ length: mostHeld }, (_, step): Held | null => {
    const index = Math.min(top + step, lines.count - 1);
    const missing = lines.missing(index);
    const node = lines.at(index)?.node ?? null;
    return node !== null || missing?.root === null ? { node, place: missing?.place ?? -1, index } : null;
  });
  return [
    ...rows.filter((row) => row !== null),
    ...lines
      .above(Math.min(top, lines.count - 1))
      .map((node) => ({ node, place: -1, index: top }))
      .reverse(),
  ];
}
