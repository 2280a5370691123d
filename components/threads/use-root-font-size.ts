'use client';

import { useSyncExternalStore } from 'react';

/** Read once: it does not change while a page is open, and asking makes the browser style the page at once. */
let known: number | null = null;
const subscribe = () => () => undefined;
const rootFontSize = (): number => (known ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize));

/** What a rem is in pixels; 16 until the browser has been asked. */
export const useRootFontSize = (): number => useSyncExternalStore(subscribe, rootFontSize, () => 16);

/** Whether the browser draws the page, and not the server: what is pressed before that is lost. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
