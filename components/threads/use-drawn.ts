'use client';

import { useEffect, useRef, useState } from 'react';

/** If more whole rows are drawn between two pictures, the second picture is late. */
const mostAtOnce = 5;

/**
 * Returns which of the `ready` rows are drawn whole, by their nodes. Rows that come into view together are drawn one
 * picture after the other, in the order given; rows that fly past are never drawn whole.
 */
export function useDrawn(ready: readonly number[]): ReadonlySet<number> {
  const [drawn, setDrawn] = useState<ReadonlySet<number>>(() => new Set(ready));
  const latest = useRef(ready);
  const waiting = ready.some((node) => !drawn.has(node));
  useEffect(() => {
    latest.current = ready;
  });
  useEffect(() => {
    if (!waiting) return undefined;
    const frame = requestAnimationFrame(() =>
      setDrawn((before) => {
        const next = latest.current.filter((node) => !before.has(node)).slice(0, mostAtOnce);
        return new Set([...latest.current.filter((node) => before.has(node)), ...next]);
      }),
    );
    return () => cancelAnimationFrame(frame);
  }, [waiting, drawn]);
  return drawn;
}
