import { pluralize } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { TextLink } from '@/components/ui/text-link';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** The reasons for a thread's parent when no log of its own states it (`docs/semantics.md`, "Threads and trees"). */
export const inferredParents = {
  spawn: 'Parent inferred from the spawn_agent call that names this thread.',
  review: 'Parent inferred from the review that names this guardian.',
} as const;

/** Shows remarks on a thread's place in the forest. */
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
      {orphan ? (
        <Badge meaning={`A ${kind} thread has a parent, but the logs do not name it.`}>parent missing</Badge>
      ) : null}
      {seen === 'mentioned' ? (
        <Badge meaning="Only other threads’ events name this thread; the logs have none of its own.">
          only mentioned
        </Badge>
      ) : null}
      {seen === 'active' ? (
        <Badge meaning="The logs have events for this thread, but not its start.">start missing</Badge>
      ) : null}
      {cycle ? (
        <Badge strong meaning="Its ancestors form a loop, which is cut here.">
          cycle
        </Badge>
      ) : null}
      {resumptions > 0 ? (
        <Badge meaning={`Resumed ${pluralize(resumptions, 'time')}`}>
          resumed {resumptions > 1 ? `× ${resumptions}` : ''}
        </Badge>
      ) : null}
      {forkedFromThreadId === null || forkHref === null ? null : (
        <TextLink
          href={forkHref}
          title={`Fork of thread ${forkedFromThreadId}`}
          {...(tabIndex === undefined ? {} : { tabIndex })}
        >
          <Badge meaning={`Fork of thread ${forkedFromThreadId}`}>fork</Badge>
        </TextLink>
      )}
    </>
  );
}
