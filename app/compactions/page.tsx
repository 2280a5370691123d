import type { Metadata } from 'next';
import { cache } from 'react';
import { DimensionPicker } from '@/components/breakdown/dimension-picker';
import { NextPage } from '@/components/breakdown/next-page';
import { selectionParameters } from '@/components/breakdown/dimensions';
import { SelectionChips } from '@/components/breakdown/selection-chips';
import { Savings } from '@/components/charts/savings';
import { CompactionBreakdown } from '@/components/compactions/compaction-breakdown';
import { CompactionTable } from '@/components/compactions/compaction-table';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import { fromRolloutsAlone } from '@/components/ui/source';
import type { Filter } from '@/lib/filters.ts';
import { compactionsOverTime } from '@/lib/queries/compactions-over-time.ts';
import {
  compactionBreakdown,
  compactionDimensions,
  compactionList,
  type CompactionDimension,
} from '@/lib/queries/compactions.ts';
import { sources } from '@/lib/queries/sources.ts';
import { threadNames } from '@/lib/queries/thread-names.ts';
import { readBreakdownPage, type BreakdownView } from '../breakdown-view';
import { Filled } from '../filled';
import { listed } from '../listed';
import { store, type SearchParams } from '../view';

export const metadata: Metadata = { title: 'Compactions' };
const path = '/compactions';
type View = BreakdownView<CompactionDimension>;
/** True when only completed compactions can be imported: the blocks of the page share its filter. */
const completedAlone = cache(async (filter: Filter) => fromRolloutsAlone(await sources(store(), filter)));

export default async function CompactionsPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readBreakdownPage(searchParams, compactionDimensions, ['trigger', 'phase']);
  if (!page.ok) return <BadAddress title="Compactions" path={path} bad={page} />;
  return (
    <>
      <PageHeader title="Compactions">
        Tokens saved by compacting the context. Token counts cover completed compactions only. Before is the server’s
        count and after is an estimate, so savings can be negative.
      </PageHeader>
      <Filled>
        <Block title="Savings over time" what="the savings over time" lines={14}>
          <OverTime {...page.value} />
        </Block>
        <Block title="Breakdown" what="the breakdown" lines={15}>
          <Breakdown {...page.value} />
        </Block>
        <div id="records">
          <Block title="Compactions" what="the compactions" note="Newest first" lines={8}>
            <Records {...page.value} />
          </Block>
        </div>
      </Filled>
    </>
  );
}

async function OverTime({ filter, kept }: View) {
  const [over, alone] = await Promise.all([compactionsOverTime(store(), filter), completedAlone(filter)]);
  return over.buckets.length === 0 ? (
    <NoMatch what="compactions" kept={kept} clear={path} />
  ) : (
    <Savings over={over} completedAlone={alone} kept={kept} />
  );
}

async function Breakdown({ filter, kept, by, byParameter, selection }: View) {
  const [found, alone] = await Promise.all([compactionBreakdown(store(), filter, by), completedAlone(filter)]);
  return (
    <>
      <DimensionPicker path={path} kept={kept} dimensions={compactionDimensions} by={by} />
      {found.total.total > 0 ? (
        <CompactionBreakdown
          found={found}
          by={by}
          completedAlone={alone}
          kept={[kept, byParameter]}
          selection={selection}
        />
      ) : (
        <NoMatch what="compactions" kept={kept} clear={path} />
      )}
    </>
  );
}

async function Records({ filter, kept, byParameter, selection, cursor }: View) {
  return listed(`${address(path, kept, byParameter, selectionParameters(selection))}#records`, async () => {
    const { records, nextCursor } = await compactionList(store(), filter, selection, { limit: 50, cursor });
    const names = await threadNames(
      store(),
      records.map(({ threadId }) => threadId),
    );
    return (
      <>
        <SelectionChips path={path} kept={[kept, byParameter]} selection={selection} />
        {records.length === 0 ? (
          <NoMatch what="compactions" kept={kept} clear={path} />
        ) : (
          <CompactionTable compactions={records} names={names} kept={kept} />
        )}
        <NextPage
          path={path}
          parameters={[kept, byParameter, selectionParameters(selection)]}
          nextCursor={nextCursor}
          cursor={cursor}
          anchor="#records"
          what="compactions"
        />
      </>
    );
  });
}
