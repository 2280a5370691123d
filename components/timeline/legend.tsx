import { memo } from 'react';
import { statusLegend } from '@/components/charts/chart-figure';
import { turnStatuses } from '@/components/ui/status';
import { outlines } from './glyphs';
import { isMark, type Scene } from './scene';
import classes from './legend.module.css';

const marks = [['compaction', 'compaction'], ['guardian review', 'guardian review'], ['hook run', 'hook run that did not complete'], ['steer', 'steer'], ['fork', 'fork: from or into a thread of another tree']] as const;

/** What the drawing means, as far as this tree has it. */
export const Legend = memo(function Legend({ scene: { items, context, links, compacted, timeline } }: { readonly scene: Scene }) {
  const present = new Set(items.all.flatMap(({ kind }) => (isMark(kind) ? [kind] : [])));
  const failed = items.all.some(({ kind, status }) => kind === 'turn' && status === 'failed');
  return (
    <ul className={classes.legend} aria-label="Legend">
      {statusLegend(turnStatuses).map(({ label, swatch }) => <li key={label}>{swatch}turn {label}</li>)}
      {failed ? <li><Glyph outline={outlines.turn} />a turn failed</li> : null}
      {marks.filter(([kind]) => present.has(kind)).map(([kind, label]) => <li key={kind}><Glyph outline={outlines[kind]} />{label}</li>)}
      {items.all.some(({ own }) => !own) ? <li><i className={classes.hollow} />time is not its own</li> : null}
      {links.some(({ kind }) => kind === 'spawn') ? <li><i className={classes.link} />spawned by a call</li> : null}
      {links.some(({ kind }) => kind === 'child') ? <li><i className={classes.link} data-kind="child" />its call is not in the logs</li> : null}
      {links.some(({ kind }) => kind === 'fork') ? <li><i className={classes.link} data-kind="fork" />fork</li> : null}
      {compacted.storms.some((all) => all.length > 0) ? <li><i className={classes.stormSwatch} />storm: three compactions or more within ten turns</li> : null}
      {compacted.refills.some((all) => all.length > 0) ? <li><i className={classes.refillSwatch} />until the context was as full again</li> : null}
      {timeline.turns.samplingMs.some((length) => length !== null) ? <li title="Codex says how long a turn sampled in all, not when: that is told on hover and not drawn."><i className={classes.partSwatch} />before the first and after the last sampling, zoomed in</li> : null}
      {context.lines.some((line) => line !== null) ? <li><i className={classes.contextSwatch} />tokens in context</li> : null}
      {context.bounds.some((all) => all.length > 0) ? <li title="The input tokens of a turn are a sum over its requests, so that its context was no larger."><i className={classes.boundSwatch} />at most: input of a turn’s requests together</li> : null}
    </ul>
  );
});

const Glyph = ({ outline }: { readonly outline: string }) => <svg className={classes.glyph} viewBox="0 0 12 12" aria-hidden="true"><path d={outline} /></svg>;
