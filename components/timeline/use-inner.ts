'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { get } from '@/components/api';
import { pathSegment } from '@/lib/path-segment.ts';
import { TimelineSpan } from '@/lib/queries/timeline-shapes.ts';
import type { Inner } from './frame';
import { innerOf } from './inner';
import type { Scene } from './scene';
import type { Rest } from './stage';

/** A view never shows more lanes than these at once. */
const mostLanes = 200;

interface Asked {
  readonly scene: Scene;
  readonly lanes: readonly number[];
  readonly from: number;
  readonly to: number;
}
interface Told extends Asked {
  readonly span: TimelineSpan;
}

const covers = ({ lanes, from, to, scene }: Asked, { lanes: wanted, span }: Rest, of: Scene): boolean =>
  scene === of && from <= span.from && to >= span.to && wanted.every((lane) => lanes.includes(lane));

/**
 * Returns the tool calls, approvals and completed hook runs in view, when the zoom is close enough to see them; with
 * some more on both sides, so that small moves ask nothing.
 */
export function useInner(
  threadId: string,
  scene: Scene,
  rest: Rest | null,
): { readonly inner: Inner | null; readonly span: TimelineSpan | null } {
  const [told, setTold] = useState<Told | null>(null);
  const asked = useRef<Asked | null>(null);
  useEffect(() => {
    if (!rest?.close || rest.lanes.length === 0 || (asked.current && covers(asked.current, rest, scene))) return;
    const length = rest.span.to - rest.span.from;
    const next: Asked = {
      scene,
      lanes: rest.lanes.slice(0, mostLanes),
      from: Math.floor(rest.span.from - length / 2),
      to: Math.ceil(rest.span.to + length / 2),
    };
    asked.current = next;
    const read = async (): Promise<void> => {
      const query = new URLSearchParams([
        ...next.lanes.map((lane) => ['lane', String(lane)]),
        ['from', String(next.from)],
        ['to', String(next.to)],
      ]);
      const answer = await get(TimelineSpan, `/api/threads/${pathSegment(threadId)}/timeline/span?${query}`);
      if (asked.current !== next) return;
      if (answer.ok) setTold({ ...next, span: answer.value });
      // It is asked for again when the view next comes to rest.
      else asked.current = null;
    };
    void read();
  }, [threadId, scene, rest]);
  const span = told?.scene === scene && rest?.close ? told.span : null;
  return { span, inner: useMemo(() => span && innerOf(scene, span), [scene, span]) };
}
