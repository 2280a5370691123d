'use client';

import { useSyncExternalStore } from 'react';

const subscribe = () => () => undefined;

/** Returns true when the browser draws the page, not the server: clicks and keys before that are lost. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
