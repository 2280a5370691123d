import { BreakdownTable, type Measure } from '@/components/breakdown/breakdown-table';
import type { Key } from '@/components/breakdown/dimensions';
import { Outcomes } from '@/components/charts/outcomes';
import { Count, Duration, Tokens } from '@/components/ui/quantity';
import { guardianOutcomes, guardianStatuses, statusLook } from '@/components/ui/status';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { GuardianBreakdown as Found, GuardianDimension, GuardianGroup } from '@/lib/queries/guardian.ts';
import { guardianOutcomeGroups } from './guardian-outcome-groups';

interface GuardianBreakdownProps {
  readonly found: Found;
  readonly by: readonly GuardianDimension[];
  readonly kept: readonly UrlParameters[];
  readonly selection: Key;
}

const measures: ReadonlyArray<Measure<GuardianGroup>> = [
  { name: 'all', cell: ({ total }) => <Count value={total} unit="reviews" /> },
  ...guardianStatuses.map((terminalStatus): Measure<GuardianGroup> => {
    const { label, meaning } = statusLook(terminalStatus);
    const of = (group: GuardianGroup): number =>
      guardianOutcomes(group).find(({ status }) => status === terminalStatus)?.count ?? 0;
    return {
      name: label,
      title: meaning,
      cell: (group) => <Count value={of(group)} unit={`reviews ${label}`} />,
      counts: { of, selects: { terminalStatus } },
    };
  }),
  {
    name: 'median latency',
    title: 'From the request to the guardian’s answer',
    cell: ({ latencyMs }) => <Duration milliseconds={latencyMs.p50} />,
  },
  {
    name: 'p95 latency',
    title: '95% of reviews took no longer',
    cell: ({ latencyMs }) => <Duration milliseconds={latencyMs.p95} />,
  },
  {
    name: 'tokens',
    title: 'As the reviews report, last attempt only',
    cell: ({ totalTokens }) => <Tokens value={totalTokens} exact />,
  },
];

/** Shows the guardian's decisions in each group, and how long they took. */
export function GuardianBreakdown({ found: { groups, total, more }, by, kept, selection }: GuardianBreakdownProps) {
  return (
    <Outcomes
      caption="Guardian reviews by outcome."
      groupName="group"
      statuses={guardianStatuses}
      unit="reviews"
      more={more}
      groups={guardianOutcomeGroups(groups, by, kept)}
      table={
        <BreakdownTable
          caption="Guardian reviews by group"
          path="/guardian"
          kept={kept}
          by={by}
          groups={groups}
          all={{ ...total, key: {} }}
          more={more}
          measures={measures}
          selection={selection}
        />
      }
    />
  );
}
