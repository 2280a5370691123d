import { shortId } from '@/components/formats';
import { threadAddress } from '@/components/links';
import { Badge } from '@/components/ui/badge';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { Marked } from './marked';
import { foundIn } from './found-in';
import { OutcomeBadges } from './outcome-badges';
import { ThreadBadges } from './thread-badges';
import classes from './tree.module.css';

interface TreeNameProps {
  readonly thread: ThreadRow;
  readonly kept: UrlParameters;
  readonly inner: 0 | -1;
  readonly text: string;
}

/**
 * Shows a thread by its title, or its id, with the name of its agent and remarks on it; matches of the search are
 * marked. The tree handles its link (`TreeGrid`): a component for each link would make rows twice as expensive.
 */
export function TreeName({ thread, kept, inner, text }: TreeNameProps) {
  const { threadId, title, agentNickname, agentRole, forkedFromThreadId } = thread;
  const hidden = text === '' ? null : foundIn(thread, text);
  return (
    <span className={classes.names}>
      <a
        className={title === null ? classes.id : classes.title}
        href={threadAddress(threadId, kept)}
        title={title === null ? threadId : `${title} (${threadId})`}
        tabIndex={inner}
        draggable={false}
      >
        <Marked text={title ?? shortId(threadId)} part={text} />
      </a>
      <span className={classes.under}>
        {title === null ? null : (
          <code>
            <Marked text={shortId(threadId)} part={text} />
          </code>
        )}
        {agentNickname === null ? null : (
          <span title="The subagent’s nickname">
            <Marked text={agentNickname} part={text} />
          </span>
        )}
        {agentRole === null ? null : (
          <span title="The subagent’s role">
            <Marked text={agentRole} part={text} />
          </span>
        )}
        {hidden === null ? null : (
          <Badge strong meaning={hidden.value === null ? 'Found in an error of a turn or compaction.' : hidden.value}>
            found in {hidden.place}
          </Badge>
        )}
        <OutcomeBadges thread={thread} />
        <ThreadBadges
          thread={thread}
          forkHref={forkedFromThreadId === null ? null : threadAddress(forkedFromThreadId, kept)}
          tabIndex={inner}
        />
      </span>
    </span>
  );
}
