import { shortId } from '@/components/formats';
import { address, threadAddress } from '@/components/links';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** More ancestors than these are folded in the middle; the trees of the threads page show them all. */
const mostShown = 8;

interface AncestorsProps { readonly ancestors: readonly ThreadRow[]; readonly thread: ThreadRow; /** What is shown of the thread, when that is not the thread itself. */ readonly within?: string; readonly kept: UrlParameters }

/** The way down from the root to the thread, or to something within it. */
export function Ancestors({ ancestors, thread, within, kept }: AncestorsProps) {
  const half = mostShown / 2;
  const shown = ancestors.length > mostShown ? [...ancestors.slice(0, half), null, ...ancestors.slice(-half)] : ancestors;
  return (
    <nav aria-label="Ancestors">
      <ol className={classes.ancestors}>
        <li><TextLink href={address('/threads', kept)}>Threads</TextLink></li>
        {shown.map((ancestor) => (ancestor === null
          ? <li key="folded" title={`${ancestors.length - mostShown} threads between`}>… {ancestors.length - mostShown} more …</li>
          : <li key={ancestor.threadId}><ThreadLink thread={ancestor} kept={kept} /></li>))}
        {within === undefined ? <li aria-current="page">{nameOf(thread)}</li> : <><li><ThreadLink thread={thread} kept={kept} /></li><li aria-current="page">{within}</li></>}
      </ol>
    </nav>
  );
}

const nameOf = ({ title, threadId }: ThreadRow) => title ?? <code>{shortId(threadId)}</code>;
const ThreadLink = ({ thread, kept }: { readonly thread: ThreadRow; readonly kept: UrlParameters }) => <TextLink href={threadAddress(thread.threadId, kept)} title={thread.threadId}>{nameOf(thread)}</TextLink>;
