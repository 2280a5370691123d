import { counted } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { inferredParents, ThreadBadges } from '@/components/threads/thread-badges';
import { Fact, Facts } from '@/components/ui/facts';
import { CopyableIdentifier } from '@/components/ui/identifier';
import { Duration, Time, Unknown } from '@/components/ui/quantity';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

const seen = { initialized: 'its beginning is in the logs', active: 'its events are in the logs, its beginning is not', mentioned: 'only other threads’ events name it' } as const;

/** What is known about the thread itself. */
export function ThreadFacts({ thread, kept }: { readonly thread: ThreadRow; readonly kept: UrlParameters }) {
  const linked = (id: string, what: string) => <CopyableIdentifier id={id} whole href={threadAddress(id, kept)} what={what} />;
  return (
    <Facts>
      <Fact name="Thread"><CopyableIdentifier id={thread.threadId} whole what="the thread’s id" /></Fact>
      <Fact name="Kind"><Kind kind={thread.kind} /> <ThreadBadges thread={thread} forkHref={null} /></Fact>
      <Fact name="Parent">
        {thread.parentThreadId === null ? <Unknown reason={thread.cycle ? 'Its parents lead back to itself, so the loop is cut here.' : 'It is a root.'} /> : linked(thread.parentThreadId, 'the parent’s id')}
        {thread.parentSource === null || thread.parentSource === 'reported' ? null : <small>{inferredParents[thread.parentSource]}</small>}
      </Fact>
      {thread.depth > 1 ? <Fact name="Root">{linked(thread.rootThreadId, 'the root’s id')}</Fact> : null}
      {thread.forkedFromThreadId === null ? null : <Fact name="Fork of">{linked(thread.forkedFromThreadId, 'the id of the thread that it is a fork of')}</Fact>}
      <Fact name="Model"><TextValue value={thread.model} /></Fact>
      <Fact name="Client"><TextValue value={thread.client} /></Fact>
      <Fact name="Codex"><TextValue value={thread.codexVersion} /></Fact>
      <Fact name="Created (UTC)"><Time iso={thread.createdAt} {...(thread.createdAtInferred ? { note: 'read from the thread’s id' } : {})} /></Fact>
      <Fact name="Last activity (UTC)"><Time iso={thread.lastActiveAt} /></Fact>
      <Fact name="Duration"><Duration milliseconds={thread.durationMs} /></Fact>
      <Fact name="Resumed">{thread.resumptions === 0 ? 'never' : counted(thread.resumptions, 'time')}</Fact>
      <Fact name="In the logs">{seen[thread.seen]}</Fact>
    </Facts>
  );
}
