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
/** A cell's inner calls stand below it. */
const rowsOf = (stories: readonly CallStory[]): Row[] =>
  stories.flatMap((story) => [{ story, within: false }, ...story.inner.map((each) => ({ story: each, within: true }))]);

/** Tool calls, each with its way through approval; below a cell of code mode what it called. */
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
          {pluralize(toolCalls, 'tool call')} of the model, {pluralize(innerCalls, 'inner call')} of its cells
        </p>
      )}
      <DataTable
        caption="Tool calls with their approval"
        head={
          <tr>
            <Head>Began (UTC)</Head>
            <Head>Tool</Head>
            <Head>Outcome</Head>
            <Head>Approval</Head>
            <Head figure title="With the wait for approval">
              Took
            </Head>
            <Head figure title="The tool alone">
              Ran
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
          The first {formatInteger(mostShown)} of {pluralize(rows.length, 'call')} are shown; the list of all events of
          the turn has the others.
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
      <Cell>{call === null ? <Unknown reason="The call left no event." /> : <Outcome call={call} />}</Cell>
      <Cell>
        <div className={classes.sentence}>
          {blockedByHook ? (
            <Inferred how="a PreToolUse hook of this turn blocked a call, and nobody was asked about this one; no log says which call a hook ran for">
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
            <Inferred how="it is the next call of the same tool; no log says that it is another try">
              then tried again: <a href={`#${anchorOf(retry.itemId)}`}>{shortId(retry.itemId)}</a>
            </Inferred>
          </span>
        )}
      </Cell>
      <Cell figure>
        <Duration milliseconds={call?.durationMs ?? null} />
      </Cell>
      <Cell figure>
        {call?.executionDurationMs === null || call === null ? (
          <Unknown reason="It never ran, or the log does not say." />
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
    <span className={classes.told}>a call that left no event</span>
  </>
);

/** The tool by Codex's name for it, and what the call was for; subagents that it addresses are linked. */
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

/** What a call holds, or what holds it. */
function Held({
  call: { innerCall, parentCallId },
  inner,
  within,
}: {
  readonly call: ToolCall;
  readonly inner: number;
  readonly within: boolean;
}) {
  if (inner > 0) return <span className={classes.told}>a cell with {pluralize(inner, 'inner call')}</span>;
  if (innerCall)
    return within ? null : <span className={classes.told}>an inner call, whose cell is not in these logs</span>;
  return parentCallId === null ? null : (
    <span className={classes.told}>
      waits for the cell <a href={`#${anchorOf(parentCallId)}`}>{shortId(parentCallId)}</a>
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

/** The call says how it was approved although no approval is in, or nobody was seen to be asked. */
function NotAsked({ outcome }: { readonly outcome: string | null }) {
  const words = approvalOutcomeWords(outcome);
  return words === null ? (
    <span className={classes.told} title="No log tells of an approval or a review of this call.">
      nobody was asked
    </span>
  ) : (
    <>{words}</>
  );
}
