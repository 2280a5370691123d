import { address, threadAddress } from '@/components/links';
import { ThreadName } from '@/components/threads/thread-name';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count, Time, Tokens } from '@/components/ui/quantity';
import { HookRunCounts, SourceBadge } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import classes from './largest-trees.module.css';

/** The trees that used the most tokens, with the sums of all their threads. */
export function LargestTrees({ roots, kept }: { readonly roots: readonly ThreadRow[]; readonly kept: UrlParameters }) {
  const most = Math.max(1, ...roots.map(({ subtreeTokens }) => subtreeTokens));
  return (
    <>
      <DataTable caption="The largest trees" head={(
        <tr><Head>Root</Head><Head title="The kind of log that tells of the root">Source</Head><Head figure>Threads</Head><Head figure>Turns</Head><Head figure title="Without guardian threads">Tokens</Head><Head>Share of the largest</Head><Head figure>Compactions</Head><Head figure>Tokens saved</Head><Head>Hook runs</Head><Head>Guardian</Head><Head>Created (UTC)</Head></tr>
      )}>
        {roots.map((root) => (
          <tr key={root.threadId}>
            <Cell><ThreadName thread={root} href={threadAddress(root.threadId, kept)} kept={kept} /></Cell>
            <Cell><SourceBadge sources={root.sources} /></Cell>
            <Cell figure><Count value={root.subtreeSize} unit="threads" /></Cell>
            <Cell figure><Count value={root.subtreeTurns} unit="turns" /></Cell>
            <Cell figure><Tokens value={root.subtreeTokens} /></Cell>
            <Cell><span className={classes.share} aria-hidden="true"><span style={{ width: `${(100 * root.subtreeTokens) / most}%` }} /></span></Cell>
            <Cell figure><Count value={root.subtreeCompactions} unit="compactions" /></Cell>
            <Cell figure><Tokens value={root.subtreeTokensSaved} what="tokens saved" /></Cell>
            <Cell><HookRunCounts sources={root.sources} hooks={root.subtreeHooks} /></Cell>
            <Cell><StatusCounts outcomes={guardianOutcomes(root.subtreeGuardian)} noun="review" /></Cell>
            <Cell><Time iso={root.createdAt} {...(root.createdAtInferred ? { note: 'read from the thread’s id' } : {})} /></Cell>
          </tr>
        ))}
      </DataTable>
      <p className={classes.more}><TextLink href={address('/threads', kept, { sort: '-subtreeTokens' })}>All trees by tokens</TextLink></p>
    </>
  );
}
