'use client';

import dynamic from 'next/dynamic';
import type { SavingsBarsProps } from './savings-bars';
import type { StatusBarsProps } from './status-bars';
import classes from './charts.module.css';

/*
 * The drawings come after the page: their code is large, and the figures are readable without them.
 */
const waiting = () => <div className={classes.waiting} />;
export const LazyStatusBars = dynamic<StatusBarsProps>(async () => (await import('./status-bars')).StatusBars, { ssr: false, loading: waiting });
export const LazySavingsBars = dynamic<SavingsBarsProps>(async () => (await import('./savings-bars')).SavingsBars, { ssr: false, loading: waiting });
