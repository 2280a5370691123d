'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';
import type { TimelineProps } from './timeline';

/** The timeline comes after the page: its code is large, and the rest of the page does not need it. */
export const LazyTimeline = dynamic<TimelineProps>(async () => (await import('./timeline')).Timeline, { ssr: false, loading: () => <Skeleton lines={8} what="the run" /> });
