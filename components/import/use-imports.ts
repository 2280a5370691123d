'use client';

import { useSyncExternalStore } from 'react';
import type { ImportItem } from './items';
import { importQueue } from './queue';

const none: readonly ImportItem[] = [];
/** The files that this tab imports, or has imported. */
export const useImports = (): readonly ImportItem[] =>
  useSyncExternalStore(importQueue.subscribe, importQueue.snapshot, () => none);
