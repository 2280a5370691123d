'use client';

import type { KeyboardEvent, RefObject } from 'react';
import { cursorAfter, type CursorMove } from './cursor';
import type { Inner } from './frame';
import type { Item } from './items';
import type { LaneLayout } from './lane-layout';
import type { Scene } from './scene';
import { selectionOf, type Selection } from './selection';
import type { Stage } from './stage';
import type { Tables } from './tables';
import { select } from './use-selection';

interface LaneKeys {
  readonly scene: Scene;
  readonly inner: Inner | null;
  readonly tables: Tables;
  readonly layout: LaneLayout;
  /** The item at the keyboard. */
  readonly cursor: Item | null;
  readonly stage: RefObject<Stage | null>;
  readonly onReached: (reached: Selection) => void;
  readonly onGaps: () => void;
}

/** Returns the handler of the keys in the lanes. */
export function useLaneKeys({
  scene,
  inner,
  tables,
  layout,
  cursor,
  stage,
  onReached,
  onGaps,
}: LaneKeys): (event: KeyboardEvent) => void {
  const move = (how: CursorMove): void => {
    const next = cursorAfter(scene, inner, layout.lanes, cursor, how);
    if (!next) return;
    onReached(selectionOf(tables, next));
    stage.current?.reveal(next.lane, next.from);
  };
  const selectCursor = (): void => {
    if (cursor) select(selectionOf(tables, cursor));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => move('next'),
    ArrowLeft: () => move('previous'),
    ArrowDown: () => move('below'),
    ArrowUp: () => move('above'),
    Home: () => move('first'),
    End: () => move('last'),
    '+': () => stage.current?.zoom(1.5),
    '=': () => stage.current?.zoom(1.5),
    '-': () => stage.current?.zoom(1 / 1.5),
    '0': () => stage.current?.all(),
    PageDown: () => stage.current?.pan(0.8),
    PageUp: () => stage.current?.pan(-0.8),
    g: onGaps,
    z: () => {
      if (cursor) stage.current?.showSpan({ from: cursor.from, to: cursor.to ?? cursor.from });
    },
    Enter: selectCursor,
    ' ': selectCursor,
    Escape: () => select(null),
  };
  return (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
}
