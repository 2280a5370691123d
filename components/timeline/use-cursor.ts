'use client';

import { useMemo, useState } from 'react';
import { findItem, turnOf } from './find-item';
import type { Inner } from './frame';
import type { Scene } from './scene';
import type { Selection } from './selection';
import type { Tables } from './tables';

/** Returns the item at the keyboard: the last reached one, or else the selected one. */
export function useCursor(scene: Scene, inner: Inner | null, tables: Tables, selection: Selection | null) {
  const [reached, setReached] = useState<Selection | null>(null);
  // Moves read the parts of a span again: the place of the keyboard stays.
  const from = reached ?? selection;
  const cursor = useMemo(
    () => findItem(scene, inner, tables, from) ?? turnOf(scene, tables, from),
    [scene, inner, tables, from],
  );
  return { cursor, setReached };
}
