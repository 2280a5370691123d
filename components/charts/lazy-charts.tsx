'use client';

import dynamic from 'next/dynamic';
import type { SavingsBarsProps } from './savings-bars';
import type { StatusBarsProps } from './status-bars';

/* The drawings load after the page: their code is large, and the figures are readable without them. */
export const LazyStatusBars = dynamic<StatusBarsProps>(async () => (await import('./status-bars')).StatusBars, {
  ssr: false,
});
export const LazySavingsBars = dynamic<SavingsBarsProps>(async () => (await import('./savings-bars')).SavingsBars, {
  ssr: false,
});
