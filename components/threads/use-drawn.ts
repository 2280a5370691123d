'use client';

import { useEffect, useRef, useState } from 'react';

/** With more whole rows than these between two pictures, the second would come late. */
const mostAtOnce = 5;

/**
 * Which of the rows that are `ready` are drawn whole, by their nodes. Those that come into view together get their turn
 * with one picture after the other, in the order given; what flies past is never drawn whole.
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
