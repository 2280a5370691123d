import { threadAddress } from '@/components/links';
import { shortId } from '@/components/formats';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { ThreadBadges } from './thread-badges';
import classes from './threads.module.css';

interface ThreadNameProps { readonly thread: ThreadRow; readonly href: string; readonly kept: UrlParameters; readonly tabIndex?: number }

/** A thread by its title, or its id, with what is to be remarked about its place in the tree. */
export function ThreadName({ thread, href, kept, tabIndex }: ThreadNameProps) {
  const tab = tabIndex === undefined ? {} : { tabIndex };
  return (
    <span className={classes.name}>
      <TextLink className={thread.title === null ? classes.id : classes.title} href={href} title={thread.title === null ? thread.threadId : `${thread.title} (${thread.threadId})`} {...tab}>
        {thread.title ?? shortId(thread.threadId)}
      </TextLink>
      <ThreadBadges thread={thread} forkHref={thread.forkedFromThreadId === null ? null : threadAddress(thread.forkedFromThreadId, kept)} {...tab} />
    </span>
  );
}
