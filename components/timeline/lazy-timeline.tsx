'use client';

import dynamic from 'next/dynamic';
import { preload } from 'react-dom';
import { timelineAddress } from '@/components/links';
import { Skeleton } from '@/components/ui/skeleton';
import type { TimelineProps } from './timeline';

/** The timeline loads after the page: its code is large, and the rest of the page does not need it. */
const Loaded = dynamic<TimelineProps>(async () => (await import('./timeline')).Timeline, {
  ssr: false,
  loading: () => <Skeleton lines={8} what="the run" />,
});

export function LazyTimeline(props: TimelineProps) {
  // Its data take longest: the browser asks for them while it still reads the page and the code.
  preload(timelineAddress(props.threadId), { as: 'fetch', crossOrigin: 'anonymous' });
  return <Loaded {...props} />;
}
