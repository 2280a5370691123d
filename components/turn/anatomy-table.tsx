import type { ReactNode } from 'react';
import { formatShare } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Duration, Unknown } from '@/components/ui/quantity';
import type { Anatomy, Waiting } from './anatomy';
import { Exact } from './exact';
import classes from './turn.module.css';

interface AnatomyTableProps {
  readonly anatomy: Anatomy;
  readonly waiting: Waiting;
  readonly durationMs: number | null;
}

/** The exact figures of where the duration of a turn went. */
export function AnatomyTable({ anatomy, waiting, durationMs }: AnatomyTableProps) {
  const { parts, rest, whole } = anatomy;
  return (
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
      {parts.map(({ name, series, meaning, milliseconds }) => (
        <Line key={name} name={name} series={series} meaning={meaning} milliseconds={milliseconds} whole={whole}>
          {series !== 'tools' ? null : <WaitingLines waiting={waiting} whole={whole} />}
        </Line>
      ))}
      <Line name="not told apart" series="rest" meaning={restMeaning(anatomy)} milliseconds={rest} whole={whole} />
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
  );
}

/** The parts of the time blocked by tools that were waiting. */
const WaitingLines = ({ waiting, whole }: { readonly waiting: Waiting; readonly whole: number }) => (
  <>
    <Line
      within
      name="of it, waiting for people"
      series="waiting"
      meaning="from each request for approval to the answer"
      milliseconds={waiting.people}
      whole={whole}
    />
    <Line
      within
      name="of it, waiting for the guardian"
      series="waiting"
      meaning="from each request for review to the verdict"
      milliseconds={waiting.guardian}
      whole={whole}
    />
  </>
);

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
        <Cell figure>{milliseconds === null ? <Unknown /> : formatShare(milliseconds, whole)}</Cell>
        <Cell>{meaning}</Cell>
      </tr>
      {children}
    </>
  );
}
