import { threadAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { NoEvents } from '@/components/threads/no-events';
import { ThreadName } from '@/components/threads/thread-name';
import { formatInteger } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count, Tokens } from '@/components/ui/quantity';
import { HookRunCounts, SourceBadge } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** Shows the threads that a thread started, each with the size of its subtree. */
export function ThreadChildren({
  thread,
  listed,
  kept,
}: {
  readonly thread: ThreadRow;
  readonly listed: readonly ThreadRow[];
  readonly kept: UrlParameters;
}) {
  return (
    <>
      <DataTable
        caption="Child threads, totals including descendants"
        head={
          <tr>
            <Head>Thread</Head>
            <Head>Kind</Head>
            <Head title="Type of log it comes from">Source</Head>
            <Head figure title="The child and its descendants">
              Threads
            </Head>
            <Head figure>Tokens</Head>
            <Head figure>Compactions</Head>
            <Head figure>Tokens saved</Head>
            <Head>Hook runs</Head>
            <Head>Guardian reviews</Head>
          </tr>
        }
      >
        {listed.map((child) => (
          <tr key={child.threadId}>
            <Cell>
              <ThreadName thread={child} href={threadAddress(child.threadId, kept)} kept={kept} />
            </Cell>
            <Cell>
              <Kind kind={child.kind} />
            </Cell>
            <Cell>
              <SourceBadge sources={child.sources} />
            </Cell>
            <Cell figure>
              <Count value={child.subtreeSize} unit="threads" />
            </Cell>
            <Cell figure>
              {child.seen === 'mentioned' && child.subtreeSize === 1 ? (
                <NoEvents />
              ) : (
                <Tokens value={child.subtreeTokens} />
              )}
            </Cell>
            <Cell figure>
              <Count value={child.subtreeCompactions} unit="compactions" />
            </Cell>
            <Cell figure>
              {child.subtreeCompactions === 0 ? (
                <Count value={0} unit="tokens saved" />
              ) : (
                <Tokens value={child.subtreeTokensSaved} what="tokens saved" exact />
              )}
            </Cell>
            <Cell>
              <HookRunCounts sources={child.sources} hooks={child.subtreeHooks} />
            </Cell>
            <Cell>
              <StatusCounts outcomes={guardianOutcomes(child.subtreeGuardian)} noun="review" />
            </Cell>
          </tr>
        ))}
      </DataTable>
      {thread.childCount > listed.length ? (
        <p className={classes.after}>
          Showing the first {formatInteger(listed.length)} of {formatInteger(thread.childCount)}. The run shows all of
          them.
        </p>
      ) : null}
    </>
  );
}
