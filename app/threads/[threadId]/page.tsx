import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { CompactionTable } from '@/components/compactions/compaction-table';
import { pluralize, shortId, formatInteger } from '@/components/formats';
import { GuardianReviewTable } from '@/components/guardian/guardian-review-table';
import { address, threadAddress, turnAddress } from '@/components/links';
import { AfterTurns } from '@/components/thread/after-turns';
import { Ancestors } from '@/components/thread/ancestors';
import { happeningsByTurn, totalOf } from '@/components/thread/happenings';
import { HappeningTable } from '@/components/thread/happening-table';
import { ThreadChildren } from '@/components/thread/thread-children';
import { ThreadFacts } from '@/components/thread/thread-facts';
import { ThreadFigures } from '@/components/thread/thread-figures';
import { ThreadStart } from '@/components/thread/thread-start';
import { SingleTurn, TurnList } from '@/components/thread/turn-list';
import { TurnPages } from '@/components/thread/turn-pages';
import { LazyTimeline } from '@/components/timeline/lazy-timeline';
import { CriticalPathTable } from '@/components/turn/critical-path';
import { BadAddress } from '@/components/ui/bad-address';
import { Block } from '@/components/ui/block';
import { Columns } from '@/components/ui/columns';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { runKeyGroups } from '@/components/timeline/run-key-groups';
import { PageSteps } from '@/components/ui/page-steps';
import { idOfSegment } from '@/lib/path-segment.ts';
import { threadCriticalPath } from '@/lib/queries/critical-path.ts';
import { reviewsMade, threadCompactions, turnHappenings } from '@/lib/queries/happenings.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { threadLineage, threadNeighbours } from '@/lib/queries/thread.ts';
import { threadNames } from '@/lib/queries/thread-names.ts';
import { threadOrigin } from '@/lib/queries/thread-origin.ts';
import { threadTotals } from '@/lib/queries/thread-totals.ts';
import { firstWithin, mostOnPage } from '@/lib/queries/page-bytes.ts';
import { threadList } from '@/lib/queries/threads.ts';
import { firstWorkspaces, latestPermissions, numberedTurns } from '@/lib/queries/turns.ts';
import { readPage, store, type SearchParams, type View } from '../../view';

type Props = { readonly params: Promise<{ readonly threadId: string }>; readonly searchParams: SearchParams };
const numberWords = 'enter a turn number, starting from 1';
const number = z.coerce.number(numberWords).int(numberWords).min(1, numberWords).max(1e9, numberWords);
/**
 * `turns` is the number of the first turn shown; `selected` is the item that the run shows in detail; `turn` was the
 * address of a turn before it had a page.
 */
const Parameters = z.object({ turn: z.string().optional(), turns: number.default(1), selected: z.string().optional() });
type Place = View & Omit<z.output<typeof Parameters>, 'turn'> & { readonly thread: ThreadRow; readonly path: string };
const turnsShown = 50;
const reviewsShown = 200;
const childrenShown = 12;
const compactionsShown = 50;
/** For each kind. */
const happeningsShown = 200;

const readLineage = cache((threadId: string) => threadLineage(store(), threadId));
/**
 * Next gives a page the parts of its path as they stand in the address, but gives them to `generateMetadata` decoded.
 */
const idOf = async ({ params }: Props): Promise<string> => idOfSegment(decodeURIComponent((await params).threadId));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { thread } = (await readLineage(idOfSegment((await params).threadId))) ?? {};
  return { title: thread ? (thread.title ?? `Thread ${shortId(thread.threadId)}`) : 'Not found' };
}

export default async function ThreadPage(props: Props) {
  const threadId = await idOf(props);
  const lineage = await readLineage(threadId);
  if (!lineage) notFound();
  const { thread } = lineage;
  const path = threadAddress(threadId, {});
  const page = await readPage(props.searchParams, Parameters);
  if (!page.ok) return <BadAddress title="Thread" path={path} bad={page} />;
  const { turn, ...view } = page.value;
  if (turn !== undefined) redirect(turnAddress(threadId, turn, view.kept));
  const place: Place = { ...view, thread, path };
  return (
    <>
      <Ancestors lineage={lineage} kept={place.kept} />
      <Heading {...place} />
      <Columns>
        <Block title="Facts" what="the facts" lines={20}>
          <Told {...place} />
        </Block>
        <Block title="Figures" what="the figures" note="Guardian threads are counted separately" lines={25}>
          <Figures {...place} />
        </Block>
      </Columns>
      <Block
        title="Run"
        what="the run"
        note={
          thread.subtreeSize === 1
            ? 'No child threads'
            : `Timeline of this thread and ${pluralize(thread.subtreeSize - 1, 'descendant')}`
        }
        lines={8}
      >
        <LazyTimeline
          threadId={thread.threadId}
          version={JSON.stringify([
            thread.lastActiveAt,
            thread.subtreeSize,
            thread.subtreeTurns,
            thread.subtreeTokens,
            thread.subtreeCompactions,
            thread.subtreeHooks,
            thread.subtreeGuardian,
          ])}
          kept={place.kept}
        />
      </Block>
      {thread.childCount === 0 ? null : (
        <Block title="Children" what="the children" note="Totals include descendants">
          <Children {...place} />
        </Block>
      )}
      <CriticalPath {...place} />
      {thread.kind === 'guardian' ? (
        <Block title="Reviews by this guardian" what="the reviews">
          <Made {...place} />
        </Block>
      ) : null}
      {thread.compactions === 0 ? null : (
        <Block title="Compactions" what="the compactions" note="Tokens saved, and when the context refilled">
          <Compacted {...place} />
        </Block>
      )}
      <div id="turns">
        <Block title="Turns" what="the turns" note="In order. Expand a turn to see its activity" lines={8}>
          <Turns {...place} />
        </Block>
      </div>
    </>
  );
}

async function Heading({ thread: { threadId, title }, kept }: Place) {
  const { previous, next, previousSibling, nextSibling } = await threadNeighbours(store(), threadId);
  const to = (id: string | null): string | null => (id === null ? null : threadAddress(id, kept));
  const steps = [
    {
      keys: ['k'],
      name: 'previous thread',
      sign: '↑',
      href: to(previous),
      hint: 'Previous thread in tree order',
    },
    {
      keys: ['j'],
      name: 'next thread',
      sign: '↓',
      href: to(next),
      hint: 'Next thread in tree order',
    },
    {
      keys: ['['],
      name: 'previous sibling',
      sign: '←',
      href: to(previousSibling),
      hint: 'Previous thread with the same parent',
    },
    {
      keys: [']'],
      name: 'next sibling',
      sign: '→',
      href: to(nextSibling),
      hint: 'Next thread with the same parent',
    },
  ];
  const aside = <PageSteps label="Nearby threads" steps={steps} more={runKeyGroups} />;
  return title === null ? (
    <PageHeader
      title={
        <>
          Thread <code>{shortId(threadId)}</code>
        </>
      }
      aside={aside}
    />
  ) : (
    <PageHeader title={title} aside={aside}>
      <code>{threadId}</code>
    </PageHeader>
  );
}

async function Told({ thread, kept }: Place) {
  const { threadId, parentThreadId, rootThreadId, forkedFromThreadId, kind } = thread;
  const [latest, workspaces, origin, names, reviews] = await Promise.all([
    latestPermissions(store(), threadId),
    firstWorkspaces(store(), threadId),
    threadOrigin(store(), thread),
    threadNames(store(), [parentThreadId, rootThreadId, forkedFromThreadId]),
    kind === 'guardian' ? reviewsMade(store(), threadId) : [],
  ]);
  return (
    <ThreadFacts
      thread={thread}
      latest={latest}
      workspaces={workspaces}
      start={<ThreadStart thread={thread} origin={origin} review={reviews[0] ?? null} names={names} kept={kept} />}
      kept={kept}
    />
  );
}

async function Figures({ thread }: Place) {
  const totals = await threadTotals(store(), thread.threadId);
  return totals && <ThreadFigures thread={thread} {...totals} />;
}

async function Children({ thread, kept }: Place) {
  const { threads } = await threadList(store(), {}, { parentThreadId: thread.threadId, limit: childrenShown });
  return <ThreadChildren thread={thread} listed={threads} kept={kept} />;
}

/** Shown only where Codex followed it for some of the turns. */
async function CriticalPath({ thread }: Place) {
  const { turns, path } = await threadCriticalPath(store(), thread.threadId);
  if (path === null) return null;
  return (
    <Block
      title="Critical path"
      what="the critical path"
      note={`${turns > 1 ? 'Total of' : 'From'} ${pluralize(turns, 'turn')} for which Codex logged it`}
    >
      <CriticalPathTable path={path} caption="Critical path of the thread’s turns" />
    </Block>
  );
}

async function Compacted({ thread: { threadId, compactions }, kept }: Place) {
  const shown = await threadCompactions(store(), threadId, compactionsShown);
  return (
    <>
      <CompactionTable compactions={shown} names={new Map()} kept={kept} />
      {compactions > shown.length ? (
        <AfterTurns href={address('/events', { threadId, kind: 'compaction' })}>
          Show all {formatInteger(compactions)} compactions
        </AfterTurns>
      ) : null}
    </>
  );
}

async function Made({ thread, kept }: Place) {
  const reviews = await reviewsMade(store(), thread.threadId);
  const shown = firstWithin(reviews.slice(0, reviewsShown), mostOnPage);
  if (reviews.length === 0) return <Notice kind="empty" title="No reviews by this guardian." />;
  return (
    <>
      <GuardianReviewTable
        reviews={shown}
        names={await threadNames(
          store(),
          shown.map(({ threadId }) => threadId),
        )}
        kept={kept}
      />
      {reviews.length > shown.length ? (
        <p>
          Showing the first {formatInteger(shown.length)} of {formatInteger(reviews.length)}.
        </p>
      ) : null}
    </>
  );
}

async function Turns({ thread: { threadId }, kept, path, turns: first }: Place) {
  const { turns, total } = await numberedTurns(store(), threadId, { first, limit: turnsShown });
  const [only] = turns;
  const single = total === 1 ? only : undefined;
  const [inside, without] = await Promise.all([
    single ? turnHappenings(store(), threadId, single.turnId, { limit: happeningsShown, bytes: mostOnPage }) : null,
    turnHappenings(store(), threadId, null, { limit: happeningsShown, bytes: mostOnPage }),
  ]);
  const outside = happeningsByTurn(without).get(null) ?? [];
  return (
    <>
      {total === 0 ? <Notice kind="empty" title="The logs have no turns for this thread." /> : null}
      {total > 0 && turns.length === 0 ? (
        <Notice kind="empty" title={`This thread has only ${pluralize(total, 'turn')}.`} />
      ) : null}
      {single && inside ? (
        <SingleTurn
          turn={single}
          number={1}
          happenings={happeningsByTurn(inside).get(single.turnId) ?? []}
          total={totalOf(inside.totals)}
          kept={kept}
        />
      ) : (
        <TurnList turns={turns} first={first} kept={kept} />
      )}
      <TurnPages path={path} first={first} size={turnsShown} total={total} kept={kept} />
      {outside.length === 0 ? null : (
        <>
          <h3>Outside turns</h3>
          <HappeningTable
            happenings={outside}
            total={totalOf(without.totals)}
            caption="Activity outside turns"
            events={{ threadId }}
            kept={kept}
          />
        </>
      )}
    </>
  );
}
