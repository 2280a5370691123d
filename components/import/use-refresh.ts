'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** Each refresh asks for every figure of the page again; nobody can follow more often than this. */
const pauseMs = 5000;

/** A refresh without an answer makes Next leave the page, and with it the imports that it shows. */
const isAnswered = (): Promise<boolean> =>
  fetch('/api/health').then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Refreshes the page when there are more imports: at once when nothing is `active` any more, and every few seconds
 * before that.
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
