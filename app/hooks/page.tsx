import type { Metadata } from 'next';
import { cache } from 'react';
import { DimensionPicker } from '@/components/breakdown/dimension-picker';
import { selectionParameters } from '@/components/breakdown/dimensions';
import { NextPage } from '@/components/breakdown/next-page';
import { SelectionChips } from '@/components/breakdown/selection-chips';
import { HookBreakdown } from '@/components/hooks/hook-breakdown';
import { HookRunTable } from '@/components/hooks/hook-run-table';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoHookRuns } from '@/components/ui/no-hook-runs';
import { PageHeader } from '@/components/ui/page-header';
import type { Filter } from '@/lib/filters.ts';
import { hookBreakdown, hookDimensions, hookRunList, type HookDimension } from '@/lib/queries/hooks.ts';
import { sources } from '@/lib/queries/sources.ts';
import { threadNames } from '@/lib/queries/thread-names.ts';
import { readBreakdownPage, type BreakdownView } from '../breakdown-view';
import { Filled } from '../filled';
import { listed } from '../listed';
import { store, type SearchParams } from '../view';

export const metadata: Metadata = { title: 'Hooks' };
const path = '/hooks';
type View = BreakdownView<HookDimension>;
/** The sources of the records: the same for all blocks of the page, which share its filter. */
const readSources = cache((filter: Filter) => sources(store(), filter));

export default async function HooksPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readBreakdownPage(searchParams, hookDimensions, ['hookName']);
  if (!page.ok) return <BadAddress title="Hooks" path={path} bad={page} />;
  return (
    <>
      <PageHeader title="Hooks">
        Outcomes of hook runs. Failed: the hook itself broke and the tool still ran. Blocked and stopped: the hook
        decided so. Logs name the hook event, not the script behind it.
      </PageHeader>
      <Filled>
        <Block title="Breakdown" what="the breakdown" lines={32}>
          <Breakdown {...page.value} />
        </Block>
        <div id="records">
          <Block title="Hook runs" what="the hook runs" note="Newest first; * marks an estimated time" lines={8}>
            <Records {...page.value} />
          </Block>
        </div>
      </Filled>
    </>
  );
}

async function Breakdown({ filter, kept, by, byParameter, selection }: View) {
  const [found, from] = await Promise.all([hookBreakdown(store(), filter, by), readSources(filter)]);
  return (
    <>
      <DimensionPicker path={path} kept={kept} dimensions={hookDimensions} by={by} />
      {found.total.total > 0 ? (
        <HookBreakdown found={found} by={by} kept={[kept, byParameter]} selection={selection} />
      ) : (
        <NoHookRuns sources={from} kept={kept} clear={path} />
      )}
    </>
  );
}

async function Records({ filter, kept, byParameter, selection, cursor }: View) {
  return listed(`${address(path, kept, byParameter, selectionParameters(selection))}#records`, async () => {
    const [{ records, nextCursor }, from] = await Promise.all([
      hookRunList(store(), filter, selection, { limit: 50, cursor }),
      readSources(filter),
    ]);
    const names = await threadNames(
      store(),
      records.map(({ threadId }) => threadId),
    );
    return (
      <>
        <SelectionChips path={path} kept={[kept, byParameter]} selection={selection} />
        {records.length === 0 ? (
          <NoHookRuns sources={from} kept={kept} clear={path} />
        ) : (
          <HookRunTable runs={records} names={names} kept={kept} />
        )}
        <NextPage
          path={path}
          parameters={[kept, byParameter, selectionParameters(selection)]}
          nextCursor={nextCursor}
          cursor={cursor}
          anchor="#records"
          what="hook runs"
        />
      </>
    );
  });
}
