import { Notice } from '@/components/ui/notice';
import { Duration } from '@/components/ui/quantity';
import type { Approval, GuardianReview, Turn } from '@/lib/queries/shapes.ts';
import { anatomyOf, waitingOf, type Anatomy, type Waiting } from './anatomy';
import { AnatomyTable } from './anatomy-table';
import classes from './turn.module.css';

interface AnatomyProps {
  readonly turn: Turn;
  readonly approvals: readonly Approval[];
  readonly reviews: readonly GuardianReview[];
}
interface Segment {
  readonly name: string;
  readonly series: string;
  readonly milliseconds: number;
}

/** A name is written when its part of the bar is at least this share of it. */
const leastNamed = 0.11;

/** Shows where the duration of a turn went: one bar, and the exact figures. */
export function AnatomyBar({ turn, approvals, reviews }: AnatomyProps) {
  const { anatomy: turnAnatomy, durationMs } = turn;
  const waiting = waitingOf(approvals, reviews);
  if (turnAnatomy === null) return <NoAnatomy turn={turn} waiting={waiting} />;
  const anatomy = anatomyOf(turnAnatomy, durationMs);
  return (
    <>
      <Bar segments={segmentsOf(anatomy, turnAnatomy.toolBlockingMs, waiting)} whole={anatomy.whole} />
      <AnatomyTable anatomy={anatomy} waiting={waiting} durationMs={durationMs} />
      {waiting.all <= (turnAnatomy.toolBlockingMs ?? waiting.all) ? null : (
        <p className={classes.note}>
          Waiting took longer than tools blocked the turn, because other work went on at the same time.
        </p>
      )}
    </>
  );
}

/** Says why there is no bar, and still shows the known waiting. */
function NoAnatomy({ turn: { durationMs, sources }, waiting }: { readonly turn: Turn; readonly waiting: Waiting }) {
  return (
    <Notice
      kind="empty"
      title={
        durationMs === null
          ? 'The logs do not record the turn’s duration or where the time went.'
          : 'These logs do not record where the time went.'
      }
    >
      Only analytics events from Codex 0.140 and later record it
      {sources.includes('analytics') ? '' : '; this turn comes from a rollout only'}.
      {waiting.all > 0 ? (
        <>
          {' '}
          The turn waited <Duration milliseconds={waiting.people} /> for people and{' '}
          <Duration milliseconds={waiting.guardian} /> for the guardian.
        </>
      ) : null}
    </Notice>
  );
}

/** Shows the bar itself, for the eye alone: the table says it all in words. */
function Bar({ segments, whole }: { readonly segments: readonly Segment[]; readonly whole: number }) {
  return (
    <div aria-hidden="true">
      <div className={classes.bar}>
        {segments.map((part) => (
          <span
            key={part.name}
            className={classes.part}
            data-series={part.series}
            style={{ flexGrow: part.milliseconds }}
            title={part.name}
          />
        ))}
      </div>
      <div className={classes.names}>
        {segments.map((part) => (
          <span key={part.name} style={{ flexGrow: part.milliseconds }}>
            {part.milliseconds / whole >= leastNamed ? part.name : null}
          </span>
        ))}
      </div>
    </div>
  );
}

/**
 * Returns the segments of the bar: parts that took any time, with the waiting cut out of the tools where it fits in.
 */
function segmentsOf(
  { parts, rest }: Anatomy,
  toolBlockingMs: number | null,
  { people, guardian, all }: Waiting,
): Segment[] {
  const segments = parts.flatMap(({ name, series, milliseconds }): Segment[] => {
    if (milliseconds === null) return [];
    if (series !== 'tools' || all === 0 || all > (toolBlockingMs ?? 0)) return [{ name, series, milliseconds }];
    const waits =
      people + guardian === all
        ? [
            { name: 'Waiting for a person', milliseconds: people },
            { name: 'Waiting for the guardian', milliseconds: guardian },
          ]
        : [{ name: 'Waiting for a person and the guardian', milliseconds: all }];
    return [
      ...waits.map((wait) => ({ ...wait, series: 'waiting' })),
      { name: 'Tools', series, milliseconds: milliseconds - all },
    ];
  });
  return [...segments, { name: 'Unattributed', series: 'rest', milliseconds: Math.max(0, rest ?? 0) }].filter(
    ({ milliseconds }) => milliseconds > 0,
  );
}
