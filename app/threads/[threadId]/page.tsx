import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { NextPage } from '@/components/breakdown/next-page';
import { shortId, whole } from '@/components/formats';
import { GuardianReviewTable } from '@/components/guardian/guardian-review-table';
import { address } from '@/components/links';
import { AfterTurns } from '@/components/thread/after-turns';
import { Ancestors } from '@/components/thread/ancestors';
import { happeningsByTurn } from '@/components/thread/happenings';
import { HappeningTable } from '@/components/thread/happening-table';
import { Subtree } from '@/components/thread/subtree';
import { ThreadFacts } from '@/components/thread/thread-facts';
import { ThreadFigures } from '@/components/thread/thread-figures';
import { SingleTurn, TurnList } from '@/components/thread/turn-list';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Columns } from '@/components/ui/columns';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { parseParameters } from '@/lib/parameters.ts';
import { reviewsMade, threadHappenings } from '@/lib/queries/happenings.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { threadLineage, threadSubtree } from '@/lib/queries/thread.ts';
import { latestPermissions, threadTurns } from '@/lib/queries/turns.ts';
import { readView, store, type SearchParams, type View } from '../../view';

type Props = { readonly params: Promise<{ readonly threadId: string }>; readonly searchParams: SearchParams };
/** `turns` and `subtree` are where those lists go on; `turn` shows one turn alone. */
const Parameters = z.object({ turn: z.string().optional(), turns: z.string().optional(), subtree: z.string().optional() });
type Place = View & z.output<typeof Parameters> & { readonly thread: ThreadRow; readonly path: string };
const turnsShown = 100;
const subtreeShown = 100;
const reviewsShown = 200;

const readLineage = cache((threadId: string) => threadLineage(store(), threadId));
const idOf = async ({ params }: Props): Promise<string> => decodeURIComponent((await params).threadId);

export async function generateMetadata(props: Props): Promise<Metadata> {
  const thread = (await readLineage(await idOf(props))).at(-1);
  return { title: thread ? thread.title ?? `Thread ${shortId(thread.threadId)}` : 'Not found' };
}

export default async function ThreadPage(props: Props) {
  const threadId = await idOf(props);
  const lineage = await readLineage(threadId);
  const thread = lineage.at(-1);
  if (!thread) notFound();
  const path = `/threads/${encodeURIComponent(threadId)}`;
  const view = await readView(props.searchParams);
  if (!view.ok) return <BadAddress title="Thread" path={path} error={view.error} />;
  const parsed = parseParameters(Parameters, view.value.parameters);
  if (!parsed.ok) return <BadAddress title="Thread" path={path} error={parsed.error} />;
  const place: Place = { ...view.value, ...parsed.value, thread, path };
  return (
    <>
      <Ancestors ancestors={lineage.slice(0, -1)} thread={thread} kept={place.kept} />
      {thread.title === null ? <PageHeader title={<>Thread <code>{shortId(thread.threadId)}</code></>} /> : <PageHeader title={thread.title}><code>{thread.threadId}</code></PageHeader>}
      <Columns>
        <Block title="Facts" what="the facts"><Told {...place} /></Block>
        <Block title="Figures" what="the figures" note="Guardian threads are counted apart"><ThreadFigures thread={thread} /></Block>
      </Columns>
      <Block title="Subtree" what="the subtree" note={`${whole(thread.subtreeSize - 1)} below this thread`}><Below {...place} /></Block>
      {thread.kind === 'guardian' ? <Block title="Reviews that it made" what="the reviews"><Made {...place} /></Block> : null}
      <Block title={place.turn === undefined ? 'Turns' : 'One turn'} what="the turns" note="In order; each unfolds to what happened in it" lines={8}>{place.turn === undefined ? <Turns {...place} /> : <OneTurn {...place} turn={place.turn} />}</Block>
    </>
  );
}

async function Told({ thread, kept }: Place) {
  return <ThreadFacts thread={thread} latest={await latestPermissions(store(), thread.threadId)} kept={kept} />;
}

async function Below({ thread, kept, path, subtree: cursor }: Place) {
  if (thread.subtreeSize === 1) return <Notice kind="empty" title="There is no thread below this one." />;
  const { threads, nextCursor } = await threadSubtree(store(), thread.threadId, { limit: subtreeShown, cursor });
  return (
    <>
      <Subtree threads={threads} depth={thread.depth} kept={kept} />
      <NextPage path={path} parameters={[kept]} nextCursor={nextCursor} cursor={cursor} name="subtree" what="threads" />
    </>
  );
}

async function Made({ thread, kept }: Place) {
  const reviews = await reviewsMade(store(), thread.threadId);
  if (reviews.length === 0) return <Notice kind="empty" title="No review names this guardian thread." />;
  return (
    <>
      <GuardianReviewTable reviews={reviews.slice(0, reviewsShown)} kept={kept} />
      {reviews.length > reviewsShown ? <p>The first {whole(reviewsShown)} of {whole(reviews.length)} are shown.</p> : null}
    </>
  );
}

async function Turns({ thread: { threadId }, kept, path, turns: cursor }: Place) {
  const { turns, nextCursor } = await threadTurns(store(), threadId, { limit: turnsShown, cursor });
  const [only] = turns;
  const single = turns.length === 1 && cursor === undefined ? only : undefined;
  const happenings = happeningsByTurn(await threadHappenings(store(), threadId, [...(single ? [single.turnId] : []), null]));
  const outside = happenings.get(null) ?? [];
  return (
    <>
      {turns.length === 0 ? <Notice kind="empty" title="No event names a turn of this thread." /> : null}
      {single ? <SingleTurn turn={single} number={1} happenings={happenings.get(single.turnId) ?? []} kept={kept} /> : <TurnList turns={turns} first={cursor === undefined ? 1 : null} kept={kept} />}
      <NextPage path={path} parameters={[kept]} nextCursor={nextCursor} cursor={cursor} name="turns" what="turns" />
      {outside.length === 0 ? null : <><h3>Outside of any turn</h3><HappeningTable happenings={outside} caption="What happened outside of any turn" events={{ threadId }} kept={kept} /></>}
      <AfterTurns href={address('/events', { threadId })}>All events of this thread</AfterTurns>
    </>
  );
}

async function OneTurn({ thread: { threadId }, kept, path, turn: turnId }: Place & { readonly turn: string }) {
  const [{ turns }, happenings] = await Promise.all([threadTurns(store(), threadId), threadHappenings(store(), threadId, [turnId])]);
  const index = turns.findIndex((turn) => turn.turnId === turnId);
  const turn = turns[index];
  return (
    <>
      {turn ? <SingleTurn turn={turn} number={index + 1} happenings={happeningsByTurn(happenings).get(turnId) ?? []} kept={kept} /> : <Notice kind="empty" title="No event names this turn." />}
      <AfterTurns href={address(path, kept)}>All {whole(turns.length)} turns</AfterTurns>
    </>
  );
}
