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

/** Shows the exact figures of where the duration of a turn went. */
export function AnatomyTable({ anatomy, waiting, durationMs }: AnatomyTableProps) {
  const { parts, rest, whole } = anatomy;
  return (
    <DataTable
      caption="Time breakdown of the turn"
      head={
        <tr>
          <Head>Part</Head>
          <Head figure>Duration</Head>
          <Head figure>Exact</Head>
          <Head figure>Share</Head>
          <Head>Description</Head>
        </tr>
      }
    >
      {parts.map(({ name, series, meaning, milliseconds }) => (
        <Line key={name} name={name} series={series} meaning={meaning} milliseconds={milliseconds} whole={whole}>
          {series !== 'tools' ? null : <WaitingLines waiting={waiting} whole={whole} />}
        </Line>
      ))}
      <Line name="Unattributed" series="rest" meaning={restMeaning(anatomy)} milliseconds={rest} whole={whole} />
      <tr>
        <Cell>
          <strong>Total</strong>
        </Cell>
        <Cell figure>
          <Duration milliseconds={durationMs} />
        </Cell>
        <Cell figure>
          <Exact milliseconds={durationMs} />
        </Cell>
        <Cell figure />
        <Cell>Duration of the turn</Cell>
      </tr>
    </DataTable>
  );
}

/** Shows the parts of the time blocked by tools that were waiting. */
const WaitingLines = ({ waiting, whole }: { readonly waiting: Waiting; readonly whole: number }) => (
  <>
    <Line
      within
      name="Waiting for a person"
      series="waiting"
      meaning="From each approval request to the answer"
      milliseconds={waiting.people}
      whole={whole}
    />
    <Line
      within
      name="Waiting for the guardian"
      series="waiting"
      meaning="From each review request to the verdict"
      milliseconds={waiting.guardian}
      whole={whole}
    />
  </>
);

function restMeaning({ rest, parts }: Anatomy): string {
  if (rest === null) return 'The log does not record the turn’s duration';
  if (rest < 0) return 'The parts add up to more than the duration';
  if (parts.some(({ milliseconds }) => milliseconds === null))
    return 'Includes the parts that this version of Codex does not report';
  return 'Time that belongs to no part above';
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
