import { threadAddress } from '@/components/links';
import { shortId } from '@/components/formats';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { ThreadBadges } from './thread-badges';
import classes from './threads.module.css';

interface ThreadNameProps {
  readonly thread: ThreadRow;
  readonly href: string;
  readonly kept: UrlParameters;
  readonly tabIndex?: number;
}

/** Returns the names that Codex gave to a subagent, its role last; empty when it gave none. */
const agentNames = ({ agentNickname, agentRole }: ThreadRow): string =>
  [agentNickname, agentRole].filter((name) => name !== null && name !== '').join(', ');

/** Shows a thread by its title, or its id, with the name of its agent and remarks on its place in the tree. */
export function ThreadName({ thread, href, kept, tabIndex }: ThreadNameProps) {
  const tab = tabIndex === undefined ? {} : { tabIndex };
  const { title, threadId } = thread;
  const agent = agentNames(thread);
  return (
    <span className={classes.name}>
      <span className={classes.names}>
        <TextLink
          className={title === null ? classes.id : classes.title}
          href={href}
          title={title === null ? threadId : `${title} (${threadId})`}
          {...tab}
        >
          {title ?? shortId(threadId)}
        </TextLink>
        {title === null && agent === '' ? null : (
          <span className={classes.under}>
            {title === null ? null : <code>{shortId(threadId)}</code>}
            {agent === '' ? null : <span title="The subagent’s nickname and role">{agent}</span>}
          </span>
        )}
      </span>
      <ThreadBadges
        thread={thread}
        forkHref={thread.forkedFromThreadId === null ? null : threadAddress(thread.forkedFromThreadId, kept)}
        {...tab}
      />
    </span>
  );
}
