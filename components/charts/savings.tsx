'use client';

import { formatDuration, formatInteger, formatTick, formatTime } from '@/components/formats';
import { address } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count, Tokens } from '@/components/ui/quantity';
import { completedOnly, NotInLogs } from '@/components/ui/source';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { CompactionsOverTime } from '@/lib/queries/compactions-over-time.ts';
import { savingsHeight } from './axes';
import { ChartFigure } from './chart-figure';
import { LazySavingsBars } from './lazy-charts';
import type { SavingsPoint } from './savings-bars';
import classes from './charts.module.css';

const day = 86_400_000;
const legend = [
  { label: 'kept in context', swatch: <span className={classes.swatch} data-series="kept" /> },
  { label: 'saved', swatch: <span className={classes.swatch} data-series="saved" /> },
  { label: 'added (negative savings)', swatch: <span className={classes.swatch} data-tone="failure" /> },
];

interface SavingsProps {
  readonly over: CompactionsOverTime;
  /** The logs have only completed compactions. */
  readonly completedAlone: boolean;
  readonly kept: UrlParameters;
}

/** Shows the savings of completed compactions by bucket; each bucket links to its compactions. */
export function Savings({ over: { buckets, widthMs, untimed }, completedAlone, kept }: SavingsProps) {
  const width = widthMs ?? day;
  const [first, last] = [buckets.at(0)?.start ?? '', buckets.at(-1)?.start ?? ''];
  const oneDay = first.slice(0, 10) === last.slice(0, 10);
  const points = buckets.map(({ start, ...figures }): SavingsPoint => {
    const end = new Date(Date.parse(start) + width).toISOString();
    return {
      ...figures,
      label: `${formatTime(start)} – ${formatTime(end)} UTC`,
      tick: formatTick(start, { width, oneDay }),
      href: `${address('/compactions', kept, { from: start, to: end })}#records`,
    };
  });
  const filled = points.filter(({ completed, failed, interrupted }) => completed + failed + interrupted > 0);
  return (
    <ChartFigure
      caption={`Tokens in context before completed compactions, split into kept and saved. Each bar is ${formatDuration(width)}.${untimed > 0 ? ` Not shown: ${formatInteger(untimed)} without a time.` : ''}${completedAlone ? ' Rollouts record completed compactions only.' : ''}`}
      legend={legend}
      chart={<LazySavingsBars points={points} completedAlone={completedAlone} width={formatDuration(width)} />}
      height={savingsHeight}
      table={
        <DataTable
          caption="Compaction savings over time"
          head={
            <tr>
              <Head>Time (UTC)</Head>
              <Head figure>Completed</Head>
              <Head figure>Failed</Head>
              <Head figure>Interrupted</Head>
              <Head figure>Tokens before</Head>
              <Head figure>Tokens after</Head>
              <Head figure>Tokens saved</Head>
            </tr>
          }
        >
          {filled.map(({ label, href, completed, failed, interrupted, tokensBefore, tokensAfter, tokensSaved }) => (
            <tr key={label}>
              <Cell>
                <TextLink href={href}>{label}</TextLink>
              </Cell>
              <Cell figure>
                <Count value={completed} unit="completed" />
              </Cell>
              {[failed, interrupted].map((count, index) => (
                <Cell key={index} figure>
                  {completedAlone && count === 0 ? (
                    <NotInLogs reason={completedOnly} short />
                  ) : (
                    <Count value={count} unit={index === 0 ? 'failed' : 'interrupted'} />
                  )}
                </Cell>
              ))}
              <Cell figure>
                <Tokens value={tokensBefore} exact />
              </Cell>
              <Cell figure>
                <Tokens value={tokensAfter} exact />
              </Cell>
              <Cell figure>
                <Tokens value={tokensSaved} exact />
              </Cell>
            </tr>
          ))}
        </DataTable>
      }
    />
  );
}
