import { pluralize, shortId, formatInteger } from '@/components/formats';
import { address, threadAddress } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import { longestSearch } from '@/lib/queries/outline/shapes.ts';
import type { ThreadLineage } from '@/lib/queries/thread.ts';
import type { ThreadName } from '@/lib/queries/thread-names.ts';
import classes from './thread.module.css';

interface AncestorsProps {
  readonly lineage: ThreadLineage;
  /** The part of the thread that is shown, when it is not the thread itself. */ readonly within?: string;
  readonly kept: UrlParameters;
}

/**
 * Shows the way down from the root to the thread, or to something within it. Ancestors that are only counted link to
 * the tree, which finds the thread by its id.
 */
export function Ancestors({ lineage: { thread, first, between, last }, within, kept }: AncestorsProps) {
  const linked = (ancestors: readonly ThreadName[]) =>
    ancestors.map((ancestor) => (
      <li key={ancestor.threadId}>
        <ThreadLink thread={ancestor} kept={kept} />
      </li>
    ));
  return (
    <nav aria-label="Ancestors">
      <ol className={classes.ancestors}>
        <li>
          <TextLink href={address('/threads', kept)}>Threads</TextLink>
        </li>
        {linked(first)}
        {between === 0 ? null : (
          <li>
            <TextLink
              href={address('/threads', { search: thread.threadId.slice(0, longestSearch) })}
              title={`${pluralize(between, 'thread')} between; show them in the tree`}
            >
              … {formatInteger(between)} between …
            </TextLink>
          </li>
        )}
        {linked(last)}
        {within === undefined ? (
          <li aria-current="page">{nameOf(thread)}</li>
        ) : (
          <>
            <li>
              <ThreadLink thread={thread} kept={kept} />
            </li>
            <li aria-current="page">{within}</li>
          </>
        )}
      </ol>
    </nav>
  );
}

const nameOf = ({ title, threadId }: Pick<ThreadName, 'title' | 'threadId'>) =>
  title ?? <code>{shortId(threadId)}</code>;
const ThreadLink = ({
  thread,
  kept,
}: {
  readonly thread: Pick<ThreadName, 'title' | 'threadId'>;
  readonly kept: UrlParameters;
}) => (
  <TextLink href={threadAddress(thread.threadId, kept)} title={thread.threadId}>
    {nameOf(thread)}
  </TextLink>
);
