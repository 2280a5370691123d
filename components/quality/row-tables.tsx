import { eventAddress, threadAddress, turnAddress } from '@/components/links';
import { Kind } from '@/components/threads/kind';
import { ThreadName } from '@/components/threads/thread-name';
import { Badge } from '@/components/ui/badge';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Identifier } from '@/components/ui/identifier';
import { inferredEnd, InferredWhen } from '@/components/ui/inferred';
import { Count, Duration, Time, Tokens, Unknown } from '@/components/ui/quantity';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import { TextValue } from '@/components/ui/text-value';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { LineRow } from '@/lib/queries/quality/came-in.ts';
import type { PlacedReject } from '@/lib/queries/quality/rejects.ts';
import type { TurnRow } from '@/lib/queries/quality/turns.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { gapWords, parentWords, seenWords } from './words';
import classes from './quality.module.css';

/** Shows threads one by one, with the certainty of their place and time. */
export function ThreadRows({
  threads,
  kept,
}: {
  readonly threads: readonly ThreadRow[];
  readonly kept: UrlParameters;
}) {
  return (
    <DataTable
      caption="Threads"
      head={
        <tr>
          <Head>Thread</Head>
          <Head>Kind</Head>
          <Head>Parent</Head>
          <Head>Parent source</Head>
          <Head>Log</Head>
          <Head>Created (UTC)</Head>
          <Head>Last activity (UTC)</Head>
          <Head>Codex</Head>
        </tr>
      }
    >
      {threads.map((thread) => (
        <tr key={thread.threadId}>
          <Cell>
            <ThreadName thread={thread} href={threadAddress(thread.threadId, kept)} kept={kept} />
          </Cell>
          <Cell>
            <Kind kind={thread.kind} />
          </Cell>
          <Cell>
            {thread.parentThreadId === null ? (
              <Unknown reason="No parent." />
            ) : (
              <Identifier id={thread.parentThreadId} href={threadAddress(thread.parentThreadId, kept)} />
            )}
          </Cell>
          <Cell>
            {thread.parentSource === null ? (
              <Unknown reason="No parent." />
            ) : (
              <span title={parentWords[thread.parentSource].meaning}>{parentWords[thread.parentSource].name}</span>
            )}
          </Cell>
          <Cell>
            <span title={seenWords[thread.seen].meaning}>{seenWords[thread.seen].name}</span>
          </Cell>
          <Cell>
            <Time iso={thread.createdAt} {...(thread.createdAtInferred ? { note: 'from the thread’s id' } : {})} />
          </Cell>
          <Cell>
            <Time iso={thread.lastActiveAt} />
          </Cell>
          <Cell>
            <TextValue value={thread.codexVersion} />
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

/** Shows turns one by one, with the times and tokens that are compared. */
export function TurnRows({ turns, kept }: { readonly turns: readonly TurnRow[]; readonly kept: UrlParameters }) {
  return (
    <DataTable
      caption="Turns"
      head={
        <tr>
          <Head>Turn</Head>
          <Head>Thread</Head>
          <Head>Status</Head>
          <Head>Thread created (UTC)</Head>
          <Head>Started (UTC)</Head>
          <Head>Completed (UTC)</Head>
          <Head figure>Duration</Head>
          <Head figure>Input</Head>
          <Head figure>Cached</Head>
          <Head figure>Output</Head>
          <Head figure>Reasoning</Head>
          <Head>Event</Head>
        </tr>
      }
    >
      {turns.map((turn) => (
        <tr key={JSON.stringify([turn.threadId, turn.turnId])}>
          <Cell>
            <Identifier id={turn.turnId} href={turnAddress(turn.threadId, turn.turnId, kept)} />
          </Cell>
          <Cell>
            <Identifier id={turn.threadId} href={threadAddress(turn.threadId, kept)} />
          </Cell>
          <Cell>
            {turn.reported ? (
              <StatusLabel status={turn.status} />
            ) : (
              <Badge meaning={gapWords.unreported.meaning}>unreported</Badge>
            )}
          </Cell>
          <Cell>
            <Time iso={turn.threadCreatedAt} />
          </Cell>
          <Cell>
            <Time iso={turn.startedAt} />
          </Cell>
          <Cell>
            <InferredWhen inferred={turn.endInferred} how={inferredEnd}>
              <Time iso={turn.completedAt} />
            </InferredWhen>
          </Cell>
          <Cell figure>
            <InferredWhen inferred={turn.endInferred} how={inferredEnd}>
              <Duration milliseconds={turn.durationMs} />
            </InferredWhen>
          </Cell>
          <Cell figure>
            <Tokens value={turn.inputTokens} exact />
          </Cell>
          <Cell figure>
            <Tokens value={turn.cachedInputTokens} exact />
          </Cell>
          <Cell figure>
            <Tokens value={turn.outputTokens} exact />
          </Cell>
          <Cell figure>
            <Tokens value={turn.reasoningOutputTokens} exact />
          </Cell>
          <Cell>
            {turn.eventId === null ? (
              <Unknown reason="No event reports this turn." />
            ) : (
              <TextLink href={eventAddress(turn.eventId, kept)}>JSON</TextLink>
            )}
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

/** Shows rejects one by one, each with its log. */
export function RejectRows({
  rejects,
  importNames,
}: {
  readonly rejects: readonly PlacedReject[];
  readonly importNames: ReadonlyMap<string, string>;
}) {
  return (
    <DataTable
      caption="Rejects"
      head={
        <tr>
          <Head>Import</Head>
          <Head>Entry</Head>
          <Head figure>Line</Head>
          <Head>Code</Head>
          <Head>Reason</Head>
          <Head>Excerpt</Head>
        </tr>
      }
    >
      {rejects.map(({ importId, path, line, code, message, excerpt }, index) => (
        <tr key={`${importId} ${line} ${index}`}>
          <Cell>
            <TextLink href={`/imports/${importId}`}>{importNames.get(importId) ?? importId}</TextLink>
          </Cell>
          <Cell>
            {path === null ? (
              <Unknown reason="The log is not an archive." />
            ) : (
              <span className={classes.sentence}>{path}</span>
            )}
          </Cell>
          <Cell figure>
            <Count value={line} unit="(line number)" />
          </Cell>
          <Cell>
            <code>{code}</code>
          </Cell>
          <Cell>
            <span className={classes.sentence}>{message}</span>
          </Cell>
          <Cell>
            <code className={classes.sentence}>{excerpt}</code>
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}

/** Shows lines import by import, with their sums: they are not kept one by one. */
export function LineRows({ imports, total }: { readonly imports: readonly LineRow[]; readonly total: number }) {
  return (
    <DataTable
      caption="Lines by import"
      head={
        <tr>
          <Head>Import</Head>
          <Head figure>Lines</Head>
          <Head figure>Lines in import</Head>
        </tr>
      }
    >
      {imports.map(({ importId, name, lines, of }) => (
        <tr key={importId}>
          <Cell>
            <TextLink href={`/imports/${importId}`}>{name}</TextLink>
          </Cell>
          <Cell figure>
            <Count value={lines} unit="lines" />
          </Cell>
          <Cell figure>
            <Count value={of} unit="lines" />
          </Cell>
        </tr>
      ))}
      <tr>
        <Cell>all</Cell>
        <Cell figure>
          <Count value={total} unit="lines" />
        </Cell>
        <Cell />
      </tr>
    </DataTable>
  );
}
