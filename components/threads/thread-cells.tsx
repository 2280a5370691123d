import { IconChevronRight } from '@tabler/icons-react';
import { threadAddress } from '@/components/links';
import { Cell } from '@/components/ui/data-table';
import { Count, Duration, Time, Tokens, Unknown } from '@/components/ui/quantity';
import { HookRunCounts, SourceBadge } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { TreeLine } from './branches';
import { Kind } from './kind';
import { ThreadName } from './thread-name';
import classes from './threads.module.css';

export const columnCount = 14;
interface ThreadCellsProps { readonly line: Extract<TreeLine, { kind: 'thread' }>; readonly kept: UrlParameters; readonly inner: 0 | -1; readonly onToggle: () => void }

/** A thread's line in the tree table. `inner` is the tab index of what can be followed in it. */
export function ThreadCells({ line: { level, thread, open }, kept, inner, onToggle }: ThreadCellsProps) {
  return (
    <>
      <td>
        <span className={classes.first} style={{ '--level': level }}>
          {thread.childCount === 0 ? <span className={classes.leaf} /> : (
            <button type="button" className={classes.toggle} tabIndex={-1} data-open={open || undefined} aria-label={open ? 'Fold' : 'Unfold'} onClick={onToggle}><IconChevronRight size={14} stroke={2} aria-hidden="true" /></button>
          )}
          <ThreadName thread={thread} href={threadAddress(thread.threadId, kept)} kept={kept} tabIndex={inner} />
        </span>
      </td>
      <Cell><Kind kind={thread.kind} /></Cell>
      <Cell><SourceBadge sources={thread.sources} /></Cell>
      <Cell><TextValue value={thread.model} /></Cell>
      <Cell figure><Count value={thread.subtreeSize} unit="threads, this one and those below it" /></Cell>
      <Cell figure><Count value={thread.turns} unit="turns of its own" /></Cell>
      <Cell figure>{thread.seen === 'mentioned' ? <Unknown reason="The logs hold no events of this thread." /> : <Tokens value={thread.tokens.total} what="tokens of its own" />}</Cell>
      <Cell figure><Tokens value={thread.subtreeTokens} what="tokens, with its descendants but without guardian threads" /></Cell>
      <Cell figure><Count value={thread.compactions} unit="compactions" /></Cell>
      <Cell figure>{thread.compactions === 0 ? <span className={classes.quiet} title="There are no compactions.">0</span> : <Tokens value={thread.tokensSaved} what="tokens saved" />}</Cell>
      <Cell><HookRunCounts {...thread} /></Cell>
      <Cell><StatusCounts outcomes={guardianOutcomes(thread.guardian)} noun="review" /></Cell>
      <Cell figure><Duration milliseconds={thread.durationMs} /></Cell>
      <Cell><Time iso={thread.createdAt} as="short" {...(thread.createdAtInferred ? { note: 'read from the thread’s id' } : {})} /></Cell>
    </>
  );
}
