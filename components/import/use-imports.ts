'use client';

import { useSyncExternalStore } from 'react';
import { importQueue, type ImportJob } from './queue';

const none: readonly ImportJob[] = [];
/** The files that this tab imports, or has imported. */
export const useImports = (): readonly ImportJob[] => useSyncExternalStore(importQueue.subscribe, importQueue.snapshot, () => none);
