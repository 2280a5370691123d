import type { ReactNode } from 'react';
import { share } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Duration, Unknown } from '@/components/ui/quantity';
import { Notice } from '@/components/ui/notice';
import type { Approval, GuardianReview, Turn } from '@/lib/queries/shapes.ts';
import { anatomyOf, waitingOf, type Anatomy, type Waiting } from './anatomy';
import { Exact } from './exact';
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

/** A name is written where its part of the bar is at least this share of it. */
const leastNamed = 0.11;

/** Where the duration of a turn went: one bar, and the exact figures. */
export function AnatomyBar({ turn: { anatomy, durationMs, sources }, approvals, reviews }: AnatomyProps) {
  const waiting = waitingOf(approvals, reviews);
  if (anatomy === null) {
    return (
      <Notice
        kind="empty"
        title={
          durationMs === null
            ? 'The logs say neither how long it took nor where the time went.'
            : 'Where the time went is not in these logs.'
        }
      >
        Only analytics events of Codex 0.140 and later say it
        {sources.includes('analytics') ? '' : '; this turn is known from a rollout alone'}.
        {waiting.all > 0 ? (
          <>
            {' '}
            It waited <Duration milliseconds={waiting.people} /> for people and{' '}
            <Duration milliseconds={waiting.guardian} /> for the guardian.
          </>
        ) : null}
      </Notice>
    );
  }
  const whole = anatomyOf(anatomy, durationMs);
  const segments = segmentsOf(whole, anatomy.toolBlockingMs, waiting);
  return (
    <>
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
              {part.milliseconds / whole.whole >= leastNamed ? part.name : null}
            </span>
          ))}
        </div>
      </div>
      <DataTable
        caption="Where the duration of the turn went"
        head={
          <tr>
            <Head>Part</Head>
            <Head figure>Took</Head>
            <Head figure>Exactly</Head>
            <Head figure>Share</Head>
            <Head>What it is</Head>
          </tr>
        }
      >
        {whole.parts.map(({ name, series, meaning, milliseconds }) => (
          <Line
            key={name}
            name={name}
            series={series}
            meaning={meaning}
            milliseconds={milliseconds}
            whole={whole.whole}
          >
            {series !== 'tools' ? null : (
              <>
                <Line
                  within
                  name="of it, waiting for people"
                  series="waiting"
                  meaning="from each request for approval to the answer"
                  milliseconds={waiting.people}
                  whole={whole.whole}
                />
                <Line
                  within
                  name="of it, waiting for the guardian"
                  series="waiting"
                  meaning="from each request for review to the verdict"
                  milliseconds={waiting.guardian}
                  whole={whole.whole}
                />
              </>
            )}
          </Line>
        ))}
        <Line
          name="not told apart"
          series="rest"
          meaning={restMeaning(whole)}
          milliseconds={whole.rest}
          whole={whole.whole}
        />
        <tr>
          <Cell>
            <strong>the turn</strong>
          </Cell>
          <Cell figure>
            <Duration milliseconds={durationMs} />
          </Cell>
          <Cell figure>
            <Exact milliseconds={durationMs} />
          </Cell>
          <Cell figure />
          <Cell>its duration</Cell>
        </tr>
      </DataTable>
      {waiting.all <= (anatomy.toolBlockingMs ?? waiting.all) ? null : (
        <p className={classes.note}>
          The waiting is longer than the turn was blocked by tools: meanwhile other things went on.
        </p>
      )}
    </>
  );
}

/** What the bar shows: parts that took any time, with the waiting cut out of the tools where it fits in. */
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
            { name: 'waiting for people', milliseconds: people },
            { name: 'waiting for the guardian', milliseconds: guardian },
          ]
        : [{ name: 'waiting for people and the guardian', milliseconds: all }];
    return [
      ...waits.map((wait) => ({ ...wait, series: 'waiting' })),
      { name: 'tools', series, milliseconds: milliseconds - all },
    ];
  });
  return [...segments, { name: 'not told apart', series: 'rest', milliseconds: Math.max(0, rest ?? 0) }].filter(
    ({ milliseconds }) => milliseconds > 0,
  );
}

function restMeaning({ rest, parts }: Anatomy): string {
  if (rest === null) return 'the log does not say how long the turn was';
  if (rest < 0) return 'the parts are more than the duration';
  if (parts.some(({ milliseconds }) => milliseconds === null))
    return 'what is left for the parts that this version of Codex does not say';
  return 'what the parts leave of the duration';
}

interface LineProps {
  readonly name: string;
  readonly series: string;
  readonly meaning: string;
  readonly milliseconds: number | null;
  readonly whole: number;
  readonly within?: boolean;
  readonly children?: ReactNode;
}

function Line({ name, series, meaning, milliseconds, whole, within = false, children }: LineProps) {
  return (
    <>
      <tr>
        <Cell>
          <span className={within ? classes.within : undefined}>
            <span className={classes.swatch} data-series={series} aria-hidden="true" />
            {name}
          </span>
        </Cell>
        <Cell figure>
          <Duration milliseconds={milliseconds} />
        </Cell>
        <Cell figure>
          <Exact milliseconds={milliseconds} />
        </Cell>
        <Cell figure>{milliseconds === null ? <Unknown /> : share(milliseconds, whole)}</Cell>
        <Cell>{meaning}</Cell>
      </tr>
      {children}
    </>
  );
}
