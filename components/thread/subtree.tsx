import { threadAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { ThreadName } from '@/components/threads/thread-name';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count, Duration, Time, Tokens } from '@/components/ui/quantity';
import { HookRunCounts, SourceBadge } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** Deeper threads are not indented further, or they would leave the page; their level says how deep they are. */
const mostIndented = 24;

/** Every thread below this one, in pre-order. */
export function Subtree({ threads, depth, kept }: { readonly threads: readonly ThreadRow[]; readonly depth: number; readonly kept: UrlParameters }) {
  return (
    <DataTable caption="Subtree" head={(
      <tr><Head figure title="How far below this thread">Level</Head><Head>Thread</Head><Head>Kind</Head><Head>Source</Head><Head>Model</Head><Head figure>Turns</Head><Head figure>Tokens</Head><Head figure>Compactions</Head><Head figure>Saved</Head><Head>Hook runs</Head><Head>Guardian</Head><Head figure>Duration</Head><Head>Created (UTC)</Head></tr>
    )}>
      {threads.map((thread) => (
        <tr key={thread.threadId}>
          <Cell figure>{thread.depth - depth}</Cell>
          <Cell><span className={classes.indented} style={{ '--level': Math.min(thread.depth - depth, mostIndented) }}><ThreadName thread={thread} href={threadAddress(thread.threadId, kept)} kept={kept} /></span></Cell>
          <Cell><Kind kind={thread.kind} /></Cell>
          <Cell><SourceBadge sources={thread.sources} /></Cell>
          <Cell><TextValue value={thread.model} /></Cell>
          <Cell figure><Count value={thread.turns} unit="turns" /></Cell>
          <Cell figure><Tokens value={thread.tokens.total} /></Cell>
          <Cell figure><Count value={thread.compactions} unit="compactions" /></Cell>
          <Cell figure><Tokens value={thread.tokensSaved} what="tokens saved" /></Cell>
          <Cell><HookRunCounts {...thread} /></Cell>
          <Cell><StatusCounts outcomes={guardianOutcomes(thread.guardian)} noun="review" /></Cell>
          <Cell figure><Duration milliseconds={thread.durationMs} /></Cell>
          <Cell><Time iso={thread.createdAt} /></Cell>
        </tr>
      ))}
    </DataTable>
  );
}
