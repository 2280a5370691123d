import type { Metadata } from 'next';
import { DimensionPicker } from '@/components/breakdown/dimension-picker';
import { selectionParameters } from '@/components/breakdown/dimensions';
import { NextPage } from '@/components/breakdown/next-page';
import { SelectionChips } from '@/components/breakdown/selection-chips';
import { GuardianBreakdown } from '@/components/guardian/guardian-breakdown';
import { GuardianReviewTable } from '@/components/guardian/guardian-review-table';
import { address } from '@/components/links';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { NoMatch } from '@/components/ui/no-match';
import { PageHeader } from '@/components/ui/page-header';
import {
  guardianBreakdown,
  guardianDimensions,
  guardianReviewList,
  type GuardianDimension,
} from '@/lib/queries/guardian.ts';
import { threadNames } from '@/lib/queries/thread-names.ts';
import { readBreakdownPage, type BreakdownView } from '../breakdown-view';
import { Filled } from '../filled';
import { listed } from '../listed';
import { store, type SearchParams } from '../view';

export const metadata: Metadata = { title: 'Guardian' };
const path = '/guardian';
type View = BreakdownView<GuardianDimension>;

export default async function GuardianPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const page = await readBreakdownPage(searchParams, guardianDimensions, ['riskLevel']);
  if (!page.ok) return <BadAddress title="Guardian" path={path} bad={page} />;
  return (
    <>
      <PageHeader title="Guardian">
        Guardian decisions. Denied: the guardian judged the action unsafe. Failed closed: it could not review the
        action. Failed closed never counts as denied.
      </PageHeader>
      <Filled>
        <Block title="Breakdown" what="the breakdown" lines={20}>
          <Breakdown {...page.value} />
        </Block>
        <div id="records">
          <Block title="Reviews" what="the reviews" note="Newest first" lines={8}>
            <Records {...page.value} />
          </Block>
        </div>
      </Filled>
    </>
  );
}

async function Breakdown({ filter, kept, by, byParameter, selection }: View) {
  const found = await guardianBreakdown(store(), filter, by);
  return (
    <>
      <DimensionPicker path={path} kept={kept} dimensions={guardianDimensions} by={by} />
      {found.total.total > 0 ? (
        <GuardianBreakdown found={found} by={by} kept={[kept, byParameter]} selection={selection} />
      ) : (
        <NoMatch what="guardian reviews" kept={kept} clear={path} />
      )}
    </>
  );
}

async function Records({ filter, kept, byParameter, selection, cursor }: View) {
  return listed(`${address(path, kept, byParameter, selectionParameters(selection))}#records`, async () => {
    const { records, nextCursor } = await guardianReviewList(store(), filter, selection, { limit: 50, cursor });
    const names = await threadNames(
      store(),
      records.map(({ threadId }) => threadId),
    );
    return (
      <>
        <SelectionChips path={path} kept={[kept, byParameter]} selection={selection} />
        {records.length === 0 ? (
          <NoMatch what="guardian reviews" kept={kept} clear={path} />
        ) : (
          <GuardianReviewTable reviews={records} names={names} kept={kept} />
        )}
        <NextPage
          path={path}
          parameters={[kept, byParameter, selectionParameters(selection)]}
          nextCursor={nextCursor}
          cursor={cursor}
          anchor="#records"
          what="reviews"
        />
      </>
    );
  });
}
