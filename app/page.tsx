import type { Metadata } from 'next';
import { cache } from 'react';
import { z } from 'zod';
import { Outcomes } from '@/components/charts/outcomes';
import { Savings } from '@/components/charts/savings';
import { guardianOutcomeGroups } from '@/components/guardian/guardian-outcome-groups';
import { hookOutcomeGroups } from '@/components/hooks/hook-outcome-groups';
import { address } from '@/components/links';
import { CompactedByKind } from '@/components/overview/compacted-by-kind';
import { SummaryFigures } from '@/components/overview/summary-figures';
import { TimeSpan } from '@/components/overview/time-span';
import { treeChoiceNames, treeChoices, type TreeChoice } from '@/components/overview/tree-choice';
import { TreeChoices } from '@/components/overview/tree-choices';
import { Trees } from '@/components/overview/trees';
import { Columns } from '@/components/ui/columns';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoHookRuns } from '@/components/ui/no-hook-runs';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { fromRolloutsAlone } from '@/components/ui/source';
import { guardianStatuses, hookStatuses } from '@/components/ui/status';
import { TextLink } from '@/components/ui/text-link';
import type { Filter } from '@/lib/filters.ts';
import { compactionBreakdown } from '@/lib/queries/compactions.ts';
import { compactionsOverTime } from '@/lib/queries/compactions-over-time.ts';
import { guardianBreakdown } from '@/lib/queries/guardian.ts';
import { hookBreakdown } from '@/lib/queries/hooks.ts';
import { summary } from '@/lib/queries/summary.ts';
import { threadList } from '@/lib/queries/threads.ts';
import { Filled } from './filled';
import { readPage, store, type SearchParams, type View } from './view';

export const metadata: Metadata = { title: { absolute: 'Dendro' } };
const path = '/';
const Parameters = z.object({ trees: z.enum(treeChoiceNames).default('largest') });
/** The figures of the summary: all blocks of the page share its filter. */
const readSummary = cache((filter: Filter) => summary(store(), filter));

export default async function OverviewPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readPage(searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Overview" path={path} bad={page} />;
  const { kept, trees } = page.value;
  return (
    <>
      <PageHeader title="Overview">
        Threads and subagents, compaction savings, hook outcomes and guardian decisions.
      </PageHeader>
      <Filled>
        <Block title="Summary" what="the summary" lines={12}>
          <Figures {...page.value} />
        </Block>
        <Block
          title="Compaction savings over time"
          what="the savings"
          lines={15}
          aside={<TextLink href={address('/compactions', kept)}>View compactions</TextLink>}
        >
          <OverTime {...page.value} />
        </Block>
        <Columns>
          <Block
            title="Hook runs by hook event"
            what="the hook runs"
            lines={20}
            aside={<TextLink href={address('/hooks', kept)}>View hooks</TextLink>}
          >
            <Hooks {...page.value} />
          </Block>
          <Block
            title="Guardian outcomes by risk"
            what="the guardian’s outcomes"
            lines={20}
            aside={<TextLink href={address('/guardian', kept)}>View guardian</TextLink>}
          >
            <Guardian {...page.value} />
          </Block>
        </Columns>
        <Block
          title={treeChoices[trees].title}
          what="the trees"
          note={treeChoices[trees].note}
          lines={14}
          aside={<TreeChoices choice={trees} kept={kept} />}
        >
          <FirstTrees {...page.value} />
        </Block>
      </Filled>
    </>
  );
}

async function Figures({ filter, kept }: View) {
  const figures = await readSummary(filter);
  return (
    <>
      <SummaryFigures summary={figures} kept={kept} />
      <TimeSpan summary={figures} kept={kept} />
    </>
  );
}

async function OverTime({ filter, kept }: View) {
  const [over, { groups }, { sources }] = await Promise.all([
    compactionsOverTime(store(), filter),
    compactionBreakdown(store(), filter, ['threadKind']),
    readSummary(filter),
  ]);
  if (over.buckets.length === 0) return <NoMatch what="compactions" kept={kept} clear={path} />;
  return (
    <>
      <Savings over={over} completedAlone={fromRolloutsAlone(sources)} kept={kept} />
      <CompactedByKind groups={groups} kept={kept} />
    </>
  );
}

async function Hooks({ filter, kept }: View) {
  const [{ groups, more }, { sources }] = await Promise.all([
    hookBreakdown(store(), filter, ['hookName']),
    readSummary(filter),
  ]);
  if (groups.length === 0) return <NoHookRuns sources={sources} kept={kept} clear={path} />;
  return (
    <Outcomes
      caption="Hook runs by status."
      groupName="hook event"
      statuses={hookStatuses}
      unit="hook runs"
      more={more}
      groups={hookOutcomeGroups(groups, ['hookName'], [kept, { by: 'hookName' }])}
    />
  );
}

async function Guardian({ filter, kept }: View) {
  const { groups, more } = await guardianBreakdown(store(), filter, ['riskLevel']);
  if (groups.length === 0) return <NoMatch what="guardian reviews" kept={kept} clear={path} />;
  return (
    <Outcomes
      caption="Guardian reviews by outcome. “none” means the risk was not assessed."
      groupName="risk level"
      statuses={guardianStatuses}
      unit="reviews"
      more={more}
      groups={guardianOutcomeGroups(groups, ['riskLevel'], [kept, { by: 'riskLevel' }])}
    />
  );
}

async function FirstTrees({ filter, kept, trees }: View & { readonly trees: TreeChoice }) {
  const { threads } = await threadList(store(), filter, { sort: treeChoices[trees].sort, limit: 8 });
  return threads.length === 0 ? (
    <NoMatch what="threads" kept={kept} clear={path} />
  ) : (
    <Trees roots={threads} choice={trees} kept={kept} />
  );
}
