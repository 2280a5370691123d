import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { counted, shortId } from '@/components/formats';
import { eventsAddress, turnAddress } from '@/components/links';
import { Ancestors } from '@/components/thread/ancestors';
import { HappeningTable } from '@/components/thread/happening-table';
import { happeningsByTurn, totalOf } from '@/components/thread/happenings';
import { AnatomyBar } from '@/components/turn/anatomy-bar';
import { CallTable } from '@/components/turn/call-table';
import { CriticalPathTable } from '@/components/turn/critical-path';
import { callStories } from '@/components/turn/stories';
import { TokenTable } from '@/components/turn/token-table';
import { TurnAbout } from '@/components/turn/turn-about';
import { TurnCompactions } from '@/components/turn/turn-compactions';
import { TurnError } from '@/components/turn/turn-error';
import { TurnHeading } from '@/components/turn/turn-heading';
import { TurnHooks } from '@/components/turn/turn-hooks';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Columns } from '@/components/ui/columns';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { PageSteps } from '@/components/ui/page-steps';
import { TextLink } from '@/components/ui/text-link';
import { idOfSegment } from '@/lib/path-segment.ts';
import { threadLineage } from '@/lib/queries/thread.ts';
import { turnDetail } from '@/lib/queries/turn.ts';
import { readPage, store, type SearchParams } from '../../../../view';

type Ids = Readonly<Record<'threadId' | 'turnId', string>>;
type Props = { readonly params: Promise<Ids>; readonly searchParams: SearchParams };

/** So much of each kind of thing that happened in the turn is on its page; the list of events has all of it. */
const mostOfEach = { limit: 100, bytes: 70_000 };
const readTurn = cache((threadId: string, turnId: string) => turnDetail(store(), threadId, turnId, mostOfEach));
/**
 * Next gives a page the parts of its path as they stand in the address, and `generateMetadata` what they are decoded.
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
  const { thread } = lineage;
  const page = await readPage(props.searchParams);
  if (!page.ok) return <BadAddress title="Turn" path={turnAddress(threadId, turnId, {})} bad={page} />;
  const { kept } = page.value;
  const { turn, number, turns, previousTurnId, nextTurnId, approvals, guardianReviews, hookRuns, compactions } = detail;
  const stories = callStories(detail);
  const cut =
    totalOf(detail.totals) >
    compactions.length + guardianReviews.length + hookRuns.length + detail.toolCalls.length + approvals.length;
  const to = (id: string | null): string | null => (id === null ? null : turnAddress(threadId, id, kept));
  return (
    <>
      <Ancestors lineage={lineage} within={`Turn ${number}`} kept={kept} />
      <PageHeader
        title={<TurnHeading turn={turn} number={number} turns={turns} />}
        aside={
          <PageSteps
            label="Turns beside this one"
            steps={[
              {
                keys: ['[', 'k'],
                name: 'previous turn',
                sign: '←',
                href: to(previousTurnId),
                hint: previousTurnId ?? '',
              },
              { keys: [']', 'j'], name: 'next turn', sign: '→', href: to(nextTurnId), hint: nextTurnId ?? '' },
            ]}
          />
        }
      >
        {thread.title === null ? (
          <>
            In thread <code>{thread.threadId}</code>
          </>
        ) : (
          <>In “{thread.title}”</>
        )}
      </PageHeader>
      <TurnError turn={turn} />
      {cut ? (
        <Notice kind="remark" title="More happened in this turn than its page shows: the first of each kind are here.">
          <p>
            <TextLink href={eventsAddress({ threadId, turnId })}>All events of the turn</TextLink>
          </p>
        </Notice>
      ) : null}
      <Columns>
        <Block title="Facts" what="the facts">
          <TurnAbout detail={detail} kept={kept} />
        </Block>
        <Block title="Tokens" what="the tokens">
          <TokenTable turn={turn} />
        </Block>
      </Columns>
      <Block title="Where its time went" what="the anatomy" note="By Codex’s own measure">
        <AnatomyBar turn={turn} approvals={approvals} reviews={guardianReviews} />
      </Block>
      {turn.criticalPath === null ? null : (
        <Block
          title="Critical path"
          what="the critical path"
          note="What the duration depended on, as Codex followed it"
        >
          <CriticalPathTable path={turn.criticalPath} caption="Critical path of the turn" />
        </Block>
      )}
      <Block title="Tool calls" what="the tool calls" note="Each with who was asked about it, and the answer">
        {stories.length === 0 ? (
          <Notice
            kind="empty"
            title={
              turn.toolCalls === 0
                ? 'No tool was called.'
                : `Codex counts ${counted(turn.toolCalls, 'tool call')}, of which no event is in these logs.`
            }
          />
        ) : (
          <CallTable stories={stories} turn={turn} kept={kept} />
        )}
      </Block>
      {compactions.length === 0 ? null : (
        <Block title="Compactions" what="the compactions">
          <TurnCompactions compactions={compactions} kept={kept} />
        </Block>
      )}
      <Block title="Hook runs" what="the hook runs">
        <TurnHooks turn={turn} runs={hookRuns} kept={kept} />
      </Block>
      <Block title="In order" what="what happened" note="All of it, by its beginning">
        <HappeningTable
          happenings={happeningsByTurn(detail).get(turnId) ?? []}
          caption="What happened in the turn"
          total={totalOf(detail.totals)}
          events={{ threadId, turnId }}
          kept={kept}
        />
      </Block>
    </>
  );
}
