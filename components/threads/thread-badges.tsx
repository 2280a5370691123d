import { pluralize } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { TextLink } from '@/components/ui/text-link';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** Why a thread stands below its parent, when no log of its own says so (`docs/semantics.md`, "Threads and trees"). */
export const inferredParents = {
  spawn: 'The parent is inferred: it is the sender of the spawn_agent call that names this thread.',
  review: 'The parent is inferred: it is the thread of the review that names this guardian.',
} as const;

/** What is to be remarked about a thread's place in the forest. */
export function ThreadBadges({
  thread,
  forkHref,
  tabIndex,
}: {
  readonly thread: ThreadRow;
  readonly forkHref: string | null;
  readonly tabIndex?: number;
}) {
  const { parentSource, parentThreadId, kind, seen, cycle, resumptions, forkedFromThreadId } = thread;
  const orphan = parentThreadId === null && !cycle && (kind === 'subagent' || kind === 'guardian');
  return (
    <>
      {parentSource !== 'spawn' && parentSource !== 'review' ? null : (
        <Badge meaning={inferredParents[parentSource]}>parent: {parentSource}</Badge>
      )}
      {orphan ? <Badge meaning={`A ${kind} thread has a parent, but no log says which.`}>parent missing</Badge> : null}
      {seen === 'mentioned' ? (
        <Badge meaning="Only other threads’ events name this thread; the logs hold none of its own.">
          only mentioned
        </Badge>
      ) : null}
      {seen === 'active' ? (
        <Badge meaning="The logs hold events of this thread, but not the one that began it.">no beginning</Badge>
      ) : null}
      {cycle ? (
        <Badge strong meaning="Its parents lead back to itself, so the loop is cut here.">
          cycle
        </Badge>
      ) : null}
      {resumptions > 0 ? (
        <Badge meaning={`It was resumed: ${pluralize(resumptions, 'time')}.`}>
          resumed {resumptions > 1 ? `× ${resumptions}` : ''}
        </Badge>
      ) : null}
      {forkedFromThreadId === null || forkHref === null ? null : (
        <TextLink
          href={forkHref}
          title={`A fork of thread ${forkedFromThreadId}`}
          {...(tabIndex === undefined ? {} : { tabIndex })}
        >
          <Badge meaning={`A fork of thread ${forkedFromThreadId}`}>fork</Badge>
        </TextLink>
      )}
    </>
  );
}
