'use client';

import { useMemo, useState } from 'react';
import { findItem, turnOf } from './find-item';
import type { Inner } from './frame';
import type { Scene } from './scene';
import type { Selection } from './selection';
import type { Tables } from './tables';

/** The item that the keyboard is at: what was reached last, or else what is selected. */
export function useCursor(scene: Scene, inner: Inner | null, tables: Tables, selection: Selection | null) {
  const [reached, setReached] = useState<Selection | null>(null);
  // What was read of a span is read anew as one moves: where the keyboard is outlives that.
  const from = reached ?? selection;
  const cursor = useMemo(
    () => findItem(scene, inner, tables, from) ?? turnOf(scene, tables, from),
    [scene, inner, tables, from],
  );
  return { cursor, setReached };
}
