import 'server-only';
import { cache } from 'react';
import { eventQuality, threadQuality, turnQuality, type Scope } from '@/lib/queries/data-quality.ts';
import { store } from '../view';

/** The data that two sections of the page share, read once for each request. */
export const readThreads = cache((scope: Scope) => threadQuality(store(), scope));
export const readTurns = cache((scope: Scope) => turnQuality(store(), scope));
export const readEvents = cache((scope: Scope) => eventQuality(store(), scope));
