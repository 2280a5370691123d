'use client';

import type { ReactNode } from 'react';
import { formatInteger } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count } from '@/components/ui/quantity';
import { statusLook } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import { statusBarsHeight } from './axes';
import { ChartFigure, statusLegend } from './chart-figure';
import { LazyStatusBars } from './lazy-charts';

export interface OutcomePart {
  readonly status: string;
  readonly count: number;
  readonly href: string;
}
/** A group of records by their statuses, with the address of the list of them. */
export interface OutcomeGroup {
  readonly label: string;
  readonly total: number;
  readonly href: string;
  readonly parts: readonly OutcomePart[];
}

interface OutcomesProps {
  readonly caption: string;
  /** The head of the column of groups. */
  readonly groupName: string;
  /** The largest ones, and the number of others. */
  readonly groups: readonly OutcomeGroup[];
  readonly more: number;
  readonly statuses: readonly string[];
  readonly unit: string;
  /** Given when the figures stand in a fuller table of their own. */
  readonly table?: ReactNode;
}

/** More bars than these are hard to read: the table has more of them. */
const mostBars = 16;

/** Shows outcomes by group: one bar each, and every count links to its records. */
export function Outcomes({ caption, groupName, groups, more, statuses, unit, table }: OutcomesProps) {
  const drawn = groups.slice(0, mostBars);
  const inTable = more === 0 ? '' : `; the table has the top ${formatInteger(groups.length)}`;
  return (
    <ChartFigure
      caption={
        groups.length + more > drawn.length
          ? `${caption} Chart shows the top ${drawn.length} of ${formatInteger(groups.length + more)}${inTable}.`
          : caption
      }
      legend={statusLegend(statuses)}
      chart={<LazyStatusBars rows={drawn} statuses={statuses} unit={unit} />}
      height={statusBarsHeight(drawn.length)}
      tableInView={table !== undefined}
      table={
        table ?? (
          <DataTable
            caption={caption}
            head={
              <tr>
                <Head>{groupName}</Head>
                {statuses.map((status) => (
                  <Head key={status} figure>
                    {statusLook(status).label}
                  </Head>
                ))}
                <Head figure>Total</Head>
              </tr>
            }
          >
            {groups.map(({ label, total, href, parts }) => (
              <tr key={href}>
                <Cell>
                  <TextLink href={href}>{label}</TextLink>
                </Cell>
                {parts.map((part) => (
                  <OutcomeCell key={part.status} {...part} unit={unit} />
                ))}
                <Cell figure>
                  <Count value={total} unit={unit} />
                </Cell>
              </tr>
            ))}
          </DataTable>
        )
      }
    />
  );
}

/** Shows a count that links to its records; zero is no link. */
export function OutcomeCell({ status, count, href, unit }: OutcomePart & { readonly unit: string }) {
  const figure = <Count value={count} unit={`${unit} ${statusLook(status).label}`} />;
  return <Cell figure>{count === 0 ? figure : <TextLink href={href}>{figure}</TextLink>}</Cell>;
}
