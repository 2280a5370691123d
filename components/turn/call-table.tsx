import { Fragment } from 'react';
import { pluralize, shortId, formatInteger } from '@/components/formats';
import { eventAddress, threadAddress } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { CopyableIdentifier, Identifier } from '@/components/ui/identifier';
import { Inferred } from '@/components/ui/inferred';
import { Duration, Time, Unknown } from '@/components/ui/quantity';
import { SourceBadge } from '@/components/ui/source';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ToolCall, Turn } from '@/lib/queries/shapes.ts';
import { approvalOutcomeWords, failureWords } from './approval-words';
import { AskedLine } from './asked-line';
import type { CallStory } from './stories';
import classes from './turn.module.css';

/** A turn may have thousands; the list of its events has them all. */
const mostShown = 200;
const anchorOf = (itemId: string): string => `call-${itemId}`;

interface Row {
  readonly story: CallStory;
  readonly within: boolean;
}
/** Returns the rows: the inner calls of a cell stand below it. */
const rowsOf = (stories: readonly CallStory[]): Row[] =>
  stories.flatMap((story) => [{ story, within: false }, ...story.inner.map((each) => ({ story: each, within: true }))]);

/** Shows tool calls, each with its approvals; the inner calls of a cell of code mode stand below it. */
export function CallTable({
  stories,
  turn: { toolCalls, innerCalls },
  kept,
}: {
  readonly stories: readonly CallStory[];
  readonly turn: Pick<Turn, 'toolCalls' | 'innerCalls'>;
  readonly kept: UrlParameters;
}) {
  const rows = rowsOf(stories);
  return (
    <>
      {innerCalls === 0 ? null : (
        <p className={classes.counts}>
          {pluralize(toolCalls, 'tool call')} by the model, {pluralize(innerCalls, 'inner call')} by its cells
        </p>
      )}
      <DataTable
        caption="Tool calls and approvals"
        head={
          <tr>
            <Head>Started (UTC)</Head>
            <Head>Tool</Head>
            <Head>Outcome</Head>
            <Head>Approval</Head>
            <Head figure title="Includes waiting for approval">
              Total time
            </Head>
            <Head figure title="The tool only">
              Run time
            </Head>
            <Head>Call</Head>
            <Head>Event</Head>
          </tr>
        }
      >
        {rows.slice(0, mostShown).map(({ story, within }, index) => (
          <StoryRow key={story.call?.eventId ?? `asked ${index}`} story={story} within={within} kept={kept} />
        ))}
      </DataTable>
      {rows.length > mostShown ? (
        <p className={classes.note}>
          Showing the first {formatInteger(mostShown)} of {pluralize(rows.length, 'call')}. The event list of the turn
          has the rest.
        </p>
      ) : null}
    </>
  );
}

function StoryRow({
  story: { call, itemId, asked, retry, blockedByHook, inner },
  within,
  kept,
}: Row & { readonly kept: UrlParameters }) {
  const first = asked[0];
  return (
    <tr id={itemId === null ? undefined : anchorOf(itemId)}>
      <Cell>
        <Time
          iso={call?.startedAt ?? call?.completedAt ?? first?.approval?.startedAt ?? first?.review?.startedAt ?? null}
          as="short"
        />
      </Cell>
      <Cell>
        {call === null ? (
          <Unasked subject={first?.approval?.subjectName ?? first?.review?.actionType ?? null} />
        ) : (
          <Tool call={call} inner={inner.length} within={within} kept={kept} />
        )}
      </Cell>
      <Cell>
        {call === null ? <Unknown reason="The logs have no event for this call." /> : <Outcome call={call} />}
      </Cell>
      <Cell>
        <div className={classes.sentence}>
          {blockedByHook ? (
            <Inferred how="a PreToolUse hook blocked a call of this turn, and this call has no approval; the logs do not link hooks to calls">
              blocked by a PreToolUse hook
            </Inferred>
          ) : asked.length === 0 ? (
            <NotAsked outcome={call?.approvalOutcome ?? null} />
          ) : (
            <ol className={classes.asked}>
              {asked.map((each, index) => (
                <li key={index}>
                  <AskedLine asked={each} kept={kept} />
                </li>
              ))}
            </ol>
          )}
        </div>
        {retry === null ? null : (
          <span className={classes.told}>
            <Inferred how="the next call of the same tool; the logs do not mark retries">
              retried as <a href={`#${anchorOf(retry.itemId)}`}>{shortId(retry.itemId)}</a>
            </Inferred>
          </span>
        )}
      </Cell>
      <Cell figure>
        <Duration milliseconds={call?.durationMs ?? null} />
      </Cell>
      <Cell figure>
        {call?.executionDurationMs === null || call === null ? (
          <Unknown reason="The call did not run, or the log does not say." />
        ) : (
          <Duration milliseconds={call.executionDurationMs} />
        )}
      </Cell>
      <Cell>
        {itemId === null ? (
          <Unknown />
        ) : (
          <CopyableIdentifier id={itemId} href={`#${anchorOf(itemId)}`} what="the call’s id" />
        )}
      </Cell>
      <Cell>
        {call === null ? (
          <Unknown />
        ) : (
          <>
            <TextLink href={eventAddress(call.eventId, kept)}>JSON</TextLink> <SourceBadge sources={[call.source]} />
          </>
        )}
      </Cell>
    </tr>
  );
}

const Unasked = ({ subject }: { readonly subject: string | null }) => (
  <>
    {subject ?? 'unknown'}
    <span className={classes.told}>call not logged</span>
  </>
);

/** Shows the tool by Codex's name, and the purpose of the call; links to the subagents that it addresses. */
function Tool({
  call,
  inner,
  within,
  kept,
}: {
  readonly call: ToolCall;
  readonly inner: number;
  readonly within: boolean;
  readonly kept: UrlParameters;
}) {
  const { tool, toolName, detail } = call;
  const agents = detail !== null && tool.startsWith('collab_agent') ? detail.split(' ') : null;
  return (
    <div className={within ? classes.inner : undefined}>
      {toolName ?? tool}
      <span className={classes.told}>
        {[toolName === null || toolName === tool ? null : tool, within ? 'inner call' : null]
          .filter((part) => part !== null)
          .join(', ')}
        {agents === null
          ? detail === null
            ? null
            : `: ${detail}`
          : agents.map((id) => (
              <Fragment key={id}>
                {' '}
                → <Identifier id={id} href={threadAddress(id, kept)} />
              </Fragment>
            ))}
      </span>
      <Held call={call} inner={inner} within={within} />
    </div>
  );
}

/** Shows the calls in a cell, or the cell of a call. */
function Held({
  call: { innerCall, parentCallId },
  inner,
  within,
}: {
  readonly call: ToolCall;
  readonly inner: number;
  readonly within: boolean;
}) {
  if (inner > 0) return <span className={classes.told}>cell with {pluralize(inner, 'inner call')}</span>;
  if (innerCall) return within ? null : <span className={classes.told}>inner call; its cell is not in these logs</span>;
  return parentCallId === null ? null : (
    <span className={classes.told}>
      waits for cell <a href={`#${anchorOf(parentCallId)}`}>{shortId(parentCallId)}</a>
    </span>
  );
}

function Outcome({ call: { terminalStatus, exitCode, failureKind } }: { readonly call: ToolCall }) {
  const more = [exitCode === null || exitCode === 0 ? null : `exit code ${exitCode}`, failureWords(failureKind)].filter(
    (part) => part !== null,
  );
  return (
    <>
      <StatusLabel status={terminalStatus} />
      {more.length === 0 ? null : <span className={classes.told}>{more.join(', ')}</span>}
    </>
  );
}

/** Shows the approval that the call states when no approval is imported, or says that nobody was seen to be asked. */
function NotAsked({ outcome }: { readonly outcome: string | null }) {
  const words = approvalOutcomeWords(outcome);
  return words === null ? (
    <span className={classes.told} title="The logs have no approval or review for this call.">
      none recorded
    </span>
  ) : (
    <>{words}</>
  );
}
