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
  /** What the groups are, as the head of their column. */
  readonly groupName: string;
  /** The largest ones, and how many more there are. */
  readonly groups: readonly OutcomeGroup[];
  readonly more: number;
  readonly statuses: readonly string[];
  readonly unit: string;
  /** Given when the figures stand in a fuller table of their own. */
  readonly table?: ReactNode;
}

/** More bars than these are not read, but counted: the table has more of them. */
const mostBars = 16;

/** Outcomes by group: a bar each, and every count a link to what it counts. */
export function Outcomes({ caption, groupName, groups, more, statuses, unit, table }: OutcomesProps) {
  const drawn = groups.slice(0, mostBars);
  const extent = more === 0 ? 'has them all' : `has the ${formatInteger(groups.length)} largest`;
  return (
    <ChartFigure
      caption={
        groups.length + more > drawn.length
          ? `${caption} The ${drawn.length} largest of ${formatInteger(groups.length + more)} groups are drawn; the table ${extent}.`
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
                <Head figure>total</Head>
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

/** A count that leads to its records; none leads nowhere. */
export function OutcomeCell({ status, count, href, unit }: OutcomePart & { readonly unit: string }) {
  const figure = <Count value={count} unit={`${unit} ${statusLook(status).label}`} />;
  return <Cell figure>{count === 0 ? figure : <TextLink href={href}>{figure}</TextLink>}</Cell>;
}
