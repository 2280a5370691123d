import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { shortId } from '@/components/formats';
import { turnAddress } from '@/components/links';
import { Ancestors } from '@/components/thread/ancestors';
import { HappeningTable } from '@/components/thread/happening-table';
import { happeningsByTurn, totalOf } from '@/components/thread/happenings';
import { AnatomyBar } from '@/components/turn/anatomy-bar';
import { CriticalPathTable } from '@/components/turn/critical-path';
import { callStories } from '@/components/turn/stories';
import { TokenTable } from '@/components/turn/token-table';
import { TurnAbout } from '@/components/turn/turn-about';
import { TurnCalls } from '@/components/turn/turn-calls';
import { TurnCompactions } from '@/components/turn/turn-compactions';
import { MoreInTurn } from '@/components/turn/more-in-turn';
import { TurnError } from '@/components/turn/turn-error';
import { TurnHeader } from '@/components/turn/turn-header';
import { TurnHooks } from '@/components/turn/turn-hooks';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Columns } from '@/components/ui/columns';
import { idOfSegment } from '@/lib/path-segment.ts';
import { threadLineage } from '@/lib/queries/thread.ts';
import { turnDetail } from '@/lib/queries/turn.ts';
import { readPage, store, type SearchParams } from '../../../../view';

type Ids = Readonly<Record<'threadId' | 'turnId', string>>;
type Props = { readonly params: Promise<Ids>; readonly searchParams: SearchParams };

/** The most things of each kind on a turn's page; the list of events has all of them. */
const mostOfEach = { limit: 100, bytes: 70_000 };
const readTurn = cache((threadId: string, turnId: string) => turnDetail(store(), threadId, turnId, mostOfEach));
/**
 * Next gives a page the parts of its path as they stand in the address, but gives them to `generateMetadata` decoded.
 */
async function idsOf({ params }: Props): Promise<Ids> {
  const { threadId, turnId } = await params;
  return { threadId: idOfSegment(decodeURIComponent(threadId)), turnId: idOfSegment(decodeURIComponent(turnId)) };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { threadId: threadSegment, turnId } = await params;
  const threadId = idOfSegment(threadSegment);
  const detail = await readTurn(threadId, idOfSegment(turnId));
  return { title: detail ? `Turn ${detail.number} of ${shortId(threadId)}` : 'Not found' };
}

export default async function TurnPage(props: Props) {
  const { threadId, turnId } = await idsOf(props);
  const [detail, lineage] = await Promise.all([readTurn(threadId, turnId), threadLineage(store(), threadId)]);
  if (!detail || !lineage) notFound();
  const page = await readPage(props.searchParams);
  if (!page.ok) return <BadAddress title="Turn" path={turnAddress(threadId, turnId, {})} bad={page} />;
  const { kept } = page.value;
  const { turn, number, approvals, guardianReviews, hookRuns, compactions } = detail;
  const stories = callStories(detail);
  return (
    <>
      <Ancestors lineage={lineage} within={`Turn ${number}`} kept={kept} />
      <TurnHeader detail={detail} thread={lineage.thread} kept={kept} />
      <TurnError turn={turn} />
      <MoreInTurn detail={detail} />
      <Columns>
        <Block title="Facts" what="the facts">
          <TurnAbout detail={detail} kept={kept} />
        </Block>
        <Block title="Tokens" what="the tokens">
          <TokenTable turn={turn} />
        </Block>
      </Columns>
      <Block title="Where its time went" what="the anatomy" note="As measured by Codex">
        <AnatomyBar turn={turn} approvals={approvals} reviews={guardianReviews} />
      </Block>
      {turn.criticalPath === null ? null : (
        <Block title="Critical path" what="the critical path" note="What determined the duration, according to Codex">
          <CriticalPathTable path={turn.criticalPath} caption="Critical path of the turn" />
        </Block>
      )}
      <Block title="Tool calls" what="the tool calls" note="With each approval request and its answer">
        <TurnCalls stories={stories} turn={turn} kept={kept} />
      </Block>
      {compactions.length === 0 ? null : (
        <Block title="Compactions" what="the compactions">
          <TurnCompactions compactions={compactions} kept={kept} />
        </Block>
      )}
      <Block title="Hook runs" what="the hook runs">
        <TurnHooks turn={turn} runs={hookRuns} kept={kept} />
      </Block>
      <Block title="In order" what="the activity" note="All activity by start time">
        <HappeningTable
          happenings={happeningsByTurn(detail).get(turnId) ?? []}
          caption="Activity in the turn"
          total={totalOf(detail.totals)}
          events={{ threadId, turnId }}
          kept={kept}
        />
      </Block>
    </>
  );
}
