import { shortId } from '@/components/formats';
import { address, threadAddress } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** More ancestors than these are folded in the middle; the trees of the threads page show them all. */
const mostShown = 8;

/** The way down from the root to the thread. */
export function Ancestors({ ancestors, thread, kept }: { readonly ancestors: readonly ThreadRow[]; readonly thread: ThreadRow; readonly kept: UrlParameters }) {
  const half = mostShown / 2;
  const shown = ancestors.length > mostShown ? [...ancestors.slice(0, half), null, ...ancestors.slice(-half)] : ancestors;
  return (
    <nav aria-label="Ancestors">
      <ol className={classes.ancestors}>
        <li><TextLink href={address('/threads', kept)}>Threads</TextLink></li>
        {shown.map((ancestor) => (ancestor === null
          ? <li key="folded" title={`${ancestors.length - mostShown} threads between`}>… {ancestors.length - mostShown} more …</li>
          : <li key={ancestor.threadId}><TextLink href={threadAddress(ancestor.threadId, kept)} title={ancestor.threadId}>{ancestor.title ?? <code>{shortId(ancestor.threadId)}</code>}</TextLink></li>))}
        <li aria-current="page">{thread.title ?? <code>{shortId(thread.threadId)}</code>}</li>
      </ol>
    </nav>
  );
}
