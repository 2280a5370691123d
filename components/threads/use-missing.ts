'use client';

import { useEffect, useRef } from 'react';
import type { Lines, Missing } from './tree';

const same = (one: Missing | null, other: Missing | null): boolean =>
  one?.place === other?.place && one?.root === other?.root && one?.from === other?.from;

/** Reports the next part to read, each time that it changes: for the first of these rows that lacks it. */
export function useMissing(
  lines: Lines,
  indices: readonly number[],
  onMissing: (missing: Missing | null) => void,
): void {
  const missing = indices.map((index) => lines.missing(index)).find((each) => each !== null) ?? null;
  const reported = useRef<Missing | null>(null);
  useEffect(() => {
    if (same(reported.current, missing)) return;
    reported.current = missing;
    onMissing(missing);
  });
}
