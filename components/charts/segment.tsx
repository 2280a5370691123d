'use client';

import { useRouter } from 'next/navigation';
import type { MouseEvent } from 'react';

interface SegmentProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly href: string | undefined;
}

/** Shows one part of a bar: a link to its records. For the keyboard, the chart's table has the same links. */
export function Segment({ x, y, width, height, fill, href }: SegmentProps) {
  const router = useRouter();
  // A bar below zero has a negative height.
  const box = (
    <rect x={x} y={Math.min(y, y + height)} width={Math.max(width, 0)} height={Math.abs(height)} fill={fill} />
  );
  if (href === undefined) return box;
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    router.push(href);
  };
  return (
    <a href={href} tabIndex={-1} onClick={follow}>
      {box}
    </a>
  );
}
