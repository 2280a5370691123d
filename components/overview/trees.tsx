'use client';

import { address, threadAddress } from '@/components/links';
import { pluralize, formatInteger } from '@/components/formats';
import { ThreadName } from '@/components/threads/thread-name';
import { Cell, DataTable, Head, Within } from '@/components/ui/data-table';
import { Count, Time, Tokens } from '@/components/ui/quantity';
import { HookRunCounts, SourceBadge } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { treeChoices, type TreeChoice } from './tree-choice';
import classes from './trees.module.css';

interface TreesProps {
  readonly roots: readonly ThreadRow[];
  readonly choice: TreeChoice;
  readonly kept: UrlParameters;
}

/** Shows the first trees by the chosen figure, with the sums of all their threads. */
export function Trees({ roots, choice, kept }: TreesProps) {
  const { measure, sort, all, share } = treeChoices[choice];
  const most = Math.max(1, ...roots.map(measure));
  return (
    <>
      <DataTable
        caption={treeChoices[choice].title}
        head={
          <tr>
            <Head>Root</Head>
            <Head title="Type of log the root comes from">Source</Head>
            <Head figure>Threads</Head>
            <Head figure title="Levels of threads below the root">
              Levels below
            </Head>
            <Head figure>Turns</Head>
            <Head figure title="Excludes guardian threads">
              Tokens
            </Head>
            <Head title={share}>Share</Head>
            <Head figure>Compactions</Head>
            <Head figure>Tokens saved</Head>
            <Head>Hook runs</Head>
            <Head>Guardian reviews</Head>
            <Head>Created (UTC)</Head>
          </tr>
        }
      >
        {roots.map((root) => (
          <tr key={root.threadId}>
            <Cell>
              <ThreadName thread={root} href={threadAddress(root.threadId, kept)} kept={kept} />
            </Cell>
            <Cell>
              <SourceBadge sources={root.sources} />
            </Cell>
            <Cell figure>
              <Count value={root.subtreeSize} unit="threads" />
            </Cell>
            <Cell figure>
              <span
                title={root.height === 0 ? 'No threads below' : `${pluralize(root.height, 'level')} below the root`}
              >
                {formatInteger(root.height)}
              </span>
            </Cell>
            <Cell figure>
              <Count value={root.subtreeTurns} unit="turns" />
            </Cell>
            <Cell figure>
              <Tokens value={root.subtreeTokens} />
            </Cell>
            <Cell>
              <span className={classes.share} aria-hidden="true">
                <span style={{ width: `${Math.max(0, (100 * measure(root)) / most)}%` }} />
              </span>
            </Cell>
            <Cell figure>
              <Count value={root.subtreeCompactions} unit="compactions" />
            </Cell>
            <Cell figure>
              <Tokens value={root.subtreeTokensSaved} what="tokens saved" />
            </Cell>
            <Cell>
              <Within rem={7}>
                <HookRunCounts sources={root.sources} hooks={root.subtreeHooks} />
              </Within>
            </Cell>
            <Cell>
              <Within rem={7}>
                <StatusCounts outcomes={guardianOutcomes(root.subtreeGuardian)} noun="review" />
              </Within>
            </Cell>
            <Cell>
              <Time
                iso={root.createdAt}
                as="short"
                {...(root.createdAtInferred ? { note: 'from the thread id' } : {})}
              />
            </Cell>
          </tr>
        ))}
      </DataTable>
      <p className={classes.more}>
        <TextLink href={address('/threads', kept, { sort })}>{all}</TextLink>
      </p>
    </>
  );
}
