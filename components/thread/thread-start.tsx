import { eventAddress, threadAddress, turnAddress } from '@/components/links';
import { inferredParents } from '@/components/threads/thread-badges';
import { Fact } from '@/components/ui/facts';
import { CopyableIdentifier, Identifier } from '@/components/ui/identifier';
import { InferredWhen } from '@/components/ui/inferred';
import { Time, Unknown } from '@/components/ui/quantity';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { GuardianReview, ThreadRow } from '@/lib/queries/shapes.ts';
import type { ThreadName } from '@/lib/queries/thread-names.ts';
import type { ThreadOrigin } from '@/lib/queries/thread-origin.ts';

const toldParents = {
  reported: 'Named in its own events.',
  rollout: 'Named in its rollout.',
  ...inferredParents,
} as const;

interface ThreadStartProps {
  readonly thread: ThreadRow;
  readonly origin: ThreadOrigin;
  /** For a guardian thread: the first review that it made. */
  readonly review: GuardianReview | null;
  readonly names: ReadonlyMap<string, ThreadName>;
  readonly kept: UrlParameters;
}

/** Shows who started the thread and why, as items for the list of facts. */
export function ThreadStart({ thread, origin: { spawn, firstTurn }, review, names, kept }: ThreadStartProps) {
  const { parentSource, parentThreadId, forkedFromThreadId } = thread;
  const linked = (id: string, what: string) => {
    const title = names.get(id)?.title ?? null;
    return (
      <>
        {title === null ? null : (
          <>
            <TextLink href={threadAddress(id, kept)}>{title}</TextLink>{' '}
          </>
        )}
        <CopyableIdentifier id={id} whole={title === null} href={threadAddress(id, kept)} what={what} />
      </>
    );
  };
  return (
    <>
      <Fact name="Started by">
        {parentThreadId === null ? (
          <Started thread={thread} />
        ) : (
          <InferredWhen
            inferred={parentSource === 'spawn' || parentSource === 'review'}
            how="its own log does not name the parent"
          >
            {linked(parentThreadId, 'parent id')}
          </InferredWhen>
        )}
        {parentSource === null ? null : <small>{toldParents[parentSource]}</small>}
        {spawn === null ? null : (
          <small>
            Spawned by spawn_agent
            {spawn.turnId === null ? null : (
              <>
                {' '}
                in turn <Identifier id={spawn.turnId} href={turnAddress(spawn.threadId, spawn.turnId, kept)} />
              </>
            )}
            {spawn.startedAt === null ? null : (
              <>
                {' '}
                at <Time iso={spawn.startedAt} />
              </>
            )}
            , <TextLink href={eventAddress(spawn.eventId, kept)}>JSON</TextLink>
          </small>
        )}
        {review === null ? null : (
          <small>
            To review {review.actionType ?? 'an action'}
            {review.threadId === null || review.turnId === null ? null : (
              <>
                {' '}
                in turn <Identifier id={review.turnId} href={turnAddress(review.threadId, review.turnId, kept)} />
              </>
            )}
            : <StatusLabel status={review.terminalStatus} />
          </small>
        )}
        {firstTurn?.turnTrigger ? (
          <small>
            First turn trigger: <code>{firstTurn.turnTrigger}</code>
          </small>
        ) : null}
      </Fact>
      {thread.depth > 1 ? <Fact name="Root">{linked(thread.rootThreadId, 'root id')}</Fact> : null}
      {forkedFromThreadId === null ? null : (
        <Fact name="Fork of">{linked(forkedFromThreadId, 'original thread id')}</Fact>
      )}
    </>
  );
}

/** Shows how a thread without a parent began: by its user or by something else. A subagent must have had a parent. */
function Started({ thread: { kind, cycle } }: { readonly thread: ThreadRow }) {
  if (cycle) return <Unknown reason="Its ancestors form a loop, which is cut here." />;
  if (kind === 'user') return <>a user</>;
  return (
    <Unknown
      reason={
        kind === 'other'
          ? 'A root thread; the logs do not say who started it.'
          : `A ${kind} thread has a parent, but the logs do not name it.`
      }
    />
  );
}
