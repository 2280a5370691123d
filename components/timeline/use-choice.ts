'use client';

import { useCallback, useEffect, useState, type Dispatch, type RefObject, type SetStateAction } from 'react';
import { ancestorsOf, withUnfolded, type Folding } from '@/components/outline/outline.ts';
import { laneOf, turnOf } from './find-item';
import type { Item } from './items';
import type { Scene } from './scene';
import type { Selection } from './selection';
import type { Stage } from './stage';
import type { Tables } from './tables';
import { select } from './use-selection';

type Reveal = (lane: number, item: Item | null) => void;

/** The selection of the address, and its place. */
interface Selected {
  readonly scene: Scene;
  readonly tables: Tables;
  readonly selection: Selection | null;
  readonly selected: Item | null;
  /** −1 when there is none. */
  readonly selectedLane: number;
}

/** Selects a choice from a list or from the names, and shows it on the stage. */
export function useChoice(
  selected: Selected,
  stage: RefObject<Stage | null>,
  setFolding: Dispatch<SetStateAction<Folding>>,
  onReached: (reached: Selection | null) => void,
) {
  const { scene } = selected;
  const reveal = useReveal(scene, stage, setFolding);
  useOpening(selected, stage, reveal);
  const choose = useCallback(
    (next: Selection, item: Item | null) => {
      select(next);
      onReached(item && next);
      reveal(laneOf(scene, next.threadId), item);
    },
    [scene, reveal, onReached],
  );
  const chooseLane = useCallback(
    (lane: number) => choose({ kind: 'thread', threadId: scene.timeline.lanes.threadId[lane] ?? '' }, null),
    [choose, scene],
  );
  return { choose, chooseLane };
}

/** Shows a selection from elsewhere: unfolds whatever hides its lane, and brings it into view. */
function useReveal(
  scene: Scene,
  stage: RefObject<Stage | null>,
  setFolding: Dispatch<SetStateAction<Folding>>,
): Reveal {
  return useCallback(
    (lane, item) => {
      setFolding((now) => withUnfolded(scene.outline, now, ancestorsOf(scene.outline, [lane]), true));
      // The lanes are laid out again first.
      requestAnimationFrame(() => stage.current?.reveal(lane, item && !Number.isNaN(item.from) ? item.from : null));
    },
    [scene, stage, setFolding],
  );
}

/** Brings the selection of a link into view once, when the tree is there. */
function useOpening(
  { scene, tables, selection, selected, selectedLane }: Selected,
  stage: RefObject<Stage | null>,
  reveal: Reveal,
): void {
  const [opened, setOpened] = useState<Scene | null>(null);
  useEffect(() => {
    if (opened === scene || selectedLane < 0) return;
    const frame = requestAnimationFrame(() => {
      setOpened(scene);
      const item = selected ?? turnOf(scene, tables, selection);
      reveal(selectedLane, item);
      if (item && selection?.kind === 'event')
        stage.current?.showSpan({ from: item.from, to: scene.items.to[item.index] ?? item.from });
    });
    return () => cancelAnimationFrame(frame);
  }, [opened, scene, selected, selectedLane, selection, tables, stage, reveal]);
}
