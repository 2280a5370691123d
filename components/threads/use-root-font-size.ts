'use client';

import { useSyncExternalStore } from 'react';

/** Read once: it does not change while a page is open, and asking makes the browser style the page at once. */
let known: number | null = null;
const subscribe = () => () => undefined;
const rootFontSize = (): number => (known ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize));

/** Returns the size of a rem in pixels; 16 until the browser has been asked. */
export const useRootFontSize = (): number => useSyncExternalStore(subscribe, rootFontSize, () => 16);
