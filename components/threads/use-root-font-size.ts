'use client';

import { useSyncExternalStore } from 'react';

/** What a rem is in pixels; 16 until the browser has been asked. It does not change while a page is open. */
export const useRootFontSize = (): number => useSyncExternalStore(
  () => () => undefined, () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize), () => 16,
);
