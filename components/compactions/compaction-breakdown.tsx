import { BreakdownTable, type Measure } from '@/components/breakdown/breakdown-table';
import { keyParameters, keyText, type Key } from '@/components/breakdown/dimensions';
import { Outcomes } from '@/components/charts/outcomes';
import { address } from '@/components/links';
import { Count, Duration, Share, Tokens } from '@/components/ui/quantity';
import { completedOnly, NotInLogs } from '@/components/ui/source';
import { compactionStatuses } from '@/components/ui/status';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { CompactionBreakdown as Found, CompactionDimension, CompactionGroup } from '@/lib/queries/compactions.ts';

interface CompactionBreakdownProps {
  readonly found: Found;
  readonly by: readonly CompactionDimension[];
  /** The logs have only completed ones. */
  readonly completedAlone: boolean;
  readonly kept: readonly UrlParameters[];
  readonly selection: Key;
}

const measures = (completedAlone: boolean): ReadonlyArray<Measure<CompactionGroup>> => [
  { name: 'all', cell: ({ total }) => <Count value={total} unit="compactions" /> },
  ...compactionStatuses.map((status): Measure<CompactionGroup> => ({
    name: status,
    cell: (group) =>
      completedAlone && status !== 'completed' && group[status] === 0 ? (
        <NotInLogs reason={completedOnly} short />
      ) : (
        <Count value={group[status]} unit={`${status} compactions`} />
      ),
    counts: { of: (group) => group[status], selects: { status } },
  })),
  {
    name: 'tokens before',
    title: 'Completed compactions only',
    cell: ({ tokensBefore }) => <Tokens value={tokensBefore} exact />,
  },
  {
    name: 'tokens after',
    title: 'Completed compactions only',
    cell: ({ tokensAfter }) => <Tokens value={tokensAfter} exact />,
  },
  {
    name: 'tokens saved',
    title: 'Before minus after, completed compactions only',
    cell: ({ tokensSaved }) => <Tokens value={tokensSaved} exact what="tokens saved" />,
  },
  {
    name: 'yield',
    title: 'Tokens saved as a share of tokens before',
    cell: ({ tokensSaved, tokensBefore }) => <Share part={tokensSaved} total={tokensBefore} />,
  },
  { name: 'median duration', cell: ({ durationMs }) => <Duration milliseconds={durationMs.p50} /> },
  {
    name: 'p95 duration',
    title: '95% of compactions took no longer',
    cell: ({ durationMs }) => <Duration milliseconds={durationMs.p95} />,
  },
];

/** Shows the outcomes of the compactions of each group, and their savings. */
export function CompactionBreakdown({
  found: { groups, total, more },
  by,
  completedAlone,
  kept,
  selection,
}: CompactionBreakdownProps) {
  return (
    <Outcomes
      caption={
        completedAlone ? 'Compactions by status. Completed only: rollouts record no others.' : 'Compactions by status.'
      }
      groupName="group"
      statuses={compactionStatuses}
      unit="compactions"
      more={more}
      groups={groups.map((group) => {
        const segment = keyParameters(group.key, by);
        const to = (more: UrlParameters): string => `${address('/compactions', ...kept, segment, more)}#records`;
        return {
          label: keyText(group.key, by),
          total: group.total,
          href: to({}),
          parts: compactionStatuses.map((status) => ({ status, count: group[status], href: to({ status }) })),
        };
      })}
      table={
        <BreakdownTable
          caption="Compactions by group"
          path="/compactions"
          kept={kept}
          by={by}
          groups={groups}
          all={{ ...total, key: {} }}
          more={more}
          measures={measures(completedAlone)}
          selection={selection}
        />
      }
    />
  );
}
