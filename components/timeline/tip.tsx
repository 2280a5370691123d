'use client';

import { useLayoutEffect, useRef } from 'react';
import { pluralize, formatDuration, formatInteger } from '@/components/formats';
import { contextAt } from './context';
import { describe, momentText, threadName, type Telling } from './describe';
import type { Scene } from './scene';
import type { Pointed } from './stage';
import type { Tables } from './tables';
import classes from './timeline.module.css';

/** The most items listed; the others are counted. */
const mostListed = 5;

/** Shows the facts of the item under the pointer, beside it. */
export function Tip({
  pointed,
  scene,
  tables,
  telling,
}: {
  readonly pointed: Pointed;
  readonly scene: Scene;
  readonly tables: Tables;
  readonly telling: Telling;
}) {
  const element = useRef<HTMLDivElement>(null);
  const { x, y } = pointed;
  useLayoutEffect(() => {
    const tip = element.current;
    if (!tip) return;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(Math.min(x + 14, window.innerWidth - width - 8), 8)}px`;
    tip.style.top = `${y + 18 + height > window.innerHeight ? Math.max(y - height - 12, 8) : y + 18}px`;
  });
  return (
    <div ref={element} role="tooltip" className={classes.tip}>
      <Said pointed={pointed} scene={scene} tables={tables} telling={telling} />
    </div>
  );
}

function Said({
  pointed,
  scene,
  tables,
  telling,
}: {
  readonly pointed: Pointed;
  readonly scene: Scene;
  readonly tables: Tables;
  readonly telling: Telling;
}) {
  if (pointed.kind === 'gap')
    return (
      <>
        <strong>{formatDuration(pointed.gap.to - pointed.gap.from)} idle</strong>
        <p>
          {momentText(pointed.gap.from, telling)} to {momentText(pointed.gap.to, telling)}
        </p>
        <p>Collapsed. Click to expand.</p>
      </>
    );
  if (pointed.kind === 'lane') {
    const context = contextAt(scene.context, pointed.lane, pointed.time);
    return (
      <>
        <strong>{threadName(tables, pointed.lane)}</strong>
        <p>{momentText(pointed.time, telling)}</p>
        {context === null ? null : (
          <p>
            {context.how === 'known' ? '' : `${context.how} `}
            {formatInteger(Math.round(context.tokens))} tokens in context
          </p>
        )}
      </>
    );
  }
  const { items } = pointed;
  return (
    <>
      {items.slice(0, mostListed).map((item) => {
        const { what, status, when, lines } = describe(tables, item, telling);
        return (
          <div key={`${item.kind} ${item.record}`} className={classes.tipItem}>
            <strong>{what}</strong>
            {status === null ? null : ` ${status}`}
            <p>{when}</p>
            {lines.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        );
      })}
      {items.length > mostListed ? (
        <p>and {pluralize(items.length - mostListed, 'more', 'more')} here. Zoom in to separate them.</p>
      ) : null}
    </>
  );
}
