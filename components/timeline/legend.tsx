import { memo } from 'react';
import { statusLegend } from '@/components/charts/chart-figure';
import { turnStatuses } from '@/components/ui/status';
import { markOf, type MarkLook } from './items';
import type { Scene } from './scene';
import classes from './legend.module.css';

/** Explains the drawing, as far as this tree needs it. */
export const Legend = memo(function Legend({
  scene: { items, context, links, compacted, timeline },
}: {
  readonly scene: Scene;
}) {
  const statuses = new Set(timeline.turns.status);
  const isKnown = (status: string | null): boolean => turnStatuses.some((known) => known === status);
  const marks = new Set<MarkLook>();
  for (const item of items.all) {
    const mark = markOf(item);
    if (mark) marks.add(mark);
  }
  return (
    <ul className={classes.legend} aria-label="Legend">
      {statusLegend(turnStatuses.filter((status) => statuses.has(status))).map(({ label, swatch }) => (
        <li key={label}>
          {swatch}turn {label}
        </li>
      ))}
      {[...statuses].every(isKnown)
        ? null
        : statusLegend([null]).map(({ label, swatch }) => <li key={label}>{swatch}turn with unknown outcome</li>)}
      {[...marks].map(({ outline, legend }) => (
        <li key={legend}>
          <svg className={classes.glyph} viewBox="0 0 12 12" aria-hidden="true">
            <path d={outline} />
          </svg>
          {legend}
        </li>
      ))}
      {items.all.some(({ own }) => !own) ? (
        <li>
          <i className={classes.hollow} />
          estimated time
        </li>
      ) : null}
      {links.some(({ kind }) => kind === 'spawn') ? (
        <li>
          <i className={classes.link} />
          spawned by a call
        </li>
      ) : null}
      {links.some(({ kind }) => kind === 'child') ? (
        <li>
          <i className={classes.link} data-kind="child" />
          spawn call not logged
        </li>
      ) : null}
      {links.some(({ kind }) => kind === 'fork') ? (
        <li>
          <i className={classes.link} data-kind="fork" />
          fork
        </li>
      ) : null}
      {compacted.storms.some((all) => all.length > 0) ? (
        <li>
          <i className={classes.stormSwatch} />
          storm: three or more compactions within ten turns
        </li>
      ) : null}
      {compacted.refills.some((all) => all.length > 0) ? (
        <li>
          <i className={classes.refillSwatch} />
          refilled to previous level
        </li>
      ) : null}
      {timeline.turns.samplingMs.some((length) => length !== null) ? (
        <li title="Codex logs how long a turn sampled in total, not when. Hover over a turn to see it.">
          <i className={classes.partSwatch} />
          before first and after last sampling (zoom in)
        </li>
      ) : null}
      {context.lines.some((line) => line !== null) ? (
        <li>
          <i className={classes.contextSwatch} />
          tokens in context
        </li>
      ) : null}
      {context.bounds.some((all) => all.length > 0) ? (
        <li title="The input tokens of a turn are the sum of its requests, so its context was no larger.">
          <i className={classes.boundSwatch} />
          upper bound: total input of a turn
        </li>
      ) : null}
    </ul>
  );
});
