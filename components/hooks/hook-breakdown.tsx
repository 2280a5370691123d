import { BreakdownTable, type Measure } from '@/components/breakdown/breakdown-table';
import type { Key } from '@/components/breakdown/dimensions';
import { Outcomes } from '@/components/charts/outcomes';
import { Count, Share } from '@/components/ui/quantity';
import { hookStatuses } from '@/components/ui/status';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { HookBreakdown as Found, HookDimension, HookGroup } from '@/lib/queries/hooks.ts';
import { hookOutcomeGroups } from './hook-outcome-groups';

interface HookBreakdownProps {
  readonly found: Found;
  readonly by: readonly HookDimension[];
  readonly kept: readonly UrlParameters[];
  readonly selection: Key;
}

const measures: ReadonlyArray<Measure<HookGroup>> = [
  { name: 'all', cell: ({ total }) => <Count value={total} unit="hook runs" /> },
  ...hookStatuses.map((status): Measure<HookGroup> => ({
    name: status,
    cell: (group) => <Count value={group[status]} unit={`${status} hook runs`} />,
    counts: { of: (group) => group[status], selects: { status } },
  })),
  { name: 'failure rate', cell: ({ failed, total }) => <Share part={failed} total={total} /> },
  {
    name: 'block or stop rate',
    title: 'Blocked and stopped',
    cell: ({ blocked, stopped, total }) => <Share part={blocked + stopped} total={total} />,
  },
];

/** Shows the outcomes of the hook runs of each group. */
export function HookBreakdown({ found: { groups, total, more }, by, kept, selection }: HookBreakdownProps) {
  return (
    <Outcomes
      caption="Hook runs by status."
      groupName="group"
      statuses={hookStatuses}
      unit="hook runs"
      more={more}
      groups={hookOutcomeGroups(groups, by, kept)}
      table={
        <BreakdownTable
          caption="Hook runs by group"
          path="/hooks"
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
