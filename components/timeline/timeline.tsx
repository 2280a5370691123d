'use client';

import { useMemo } from 'react';
import { timelineAddress } from '@/components/links';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import type { UrlParameters } from '@/lib/parameters.ts';
import { Timeline as TimelineSchema } from '@/lib/queries/timeline-shapes.ts';
import { sceneOf } from './scene';
import { TimelineView } from './timeline-view';
import { useAnswer } from './use-answer';

export interface TimelineProps {
  readonly threadId: string;
  /** Changes when there is something new to read. */ readonly version: string;
  readonly kept: UrlParameters;
}

/** Shows a thread and all below it along time. */
export function Timeline({ threadId, version, kept }: TimelineProps) {
  const { reading, again } = useAnswer(TimelineSchema, timelineAddress(threadId), version);
  const answer = reading.kind === 'ready' ? reading.value : null;
  const scene = useMemo(() => answer && sceneOf(answer), [answer]);
  if (reading.kind === 'failed')
    return (
      <Notice kind="error" title={reading.error.message}>
        <Button onClick={again}>Try again</Button>
      </Notice>
    );
  if (!scene) return <Skeleton lines={8} what="the run" />;
  return <TimelineView threadId={threadId} scene={scene} kept={kept} />;
}
