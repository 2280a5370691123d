'use client';

import { useMemo, useState } from 'react';
import { shownNodes, unfoldedTo, type Folding } from '@/components/outline/outline.ts';
import { layoutOf } from './lane-layout';
import type { Scene } from './scene';

const deepest = Number.MAX_SAFE_INTEGER;

/** Returns the shown lanes, their places, and whether they show their context. At first all are shown. */
export function useLanes(scene: Scene) {
  const [folding, setFolding] = useState<Folding>(() => unfoldedTo(deepest));
  const [withContext, setWithContext] = useState(true);
  const layout = useMemo(
    () => layoutOf(scene, shownNodes(scene.outline, folding), withContext),
    [scene, folding, withContext],
  );
  return {
    layout,
    folding,
    setFolding,
    foldAll: (unfolded: boolean): void => setFolding(unfoldedTo(unfolded ? deepest : 0)),
    withContext,
    toggleContext: (): void => setWithContext((now) => !now),
  };
}
