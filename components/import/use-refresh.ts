'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** Each refresh asks for every figure of the page again, which no one can follow more often than this. */
const pauseMs = 5000;

/** A refresh that nobody answers makes Next leave the page, and with it the imports that it shows. */
const isAnswered = (): Promise<boolean> =>
  fetch('/api/health').then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Shows the page anew when more imports are in: at once when nothing is `active` any more, and every few seconds until
 * then.
 */
export function useRefresh(imported: number, active: boolean): void {
  const router = useRouter();
  const seen = useRef(0);
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (imported <= seen.current) {
      seen.current = imported;
      return;
    }
    const timer = setTimeout(
      () => {
        seen.current = imported;
        last.current = Date.now();
        void isAnswered().then((answered) => {
          if (answered) router.refresh();
        });
      },
      active ? Math.max(last.current + pauseMs - Date.now(), 0) : 0,
    );
    return () => clearTimeout(timer);
  }, [imported, active, router]);
}
