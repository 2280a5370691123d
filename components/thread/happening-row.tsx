import { Fragment, type ReactNode } from 'react';
import { Placed, Refill, StormBadge, TokensBefore, TokensSaved } from '@/components/compactions/compaction-values';
import { eventAddress, threadAddress } from '@/components/links';
import { Cell } from '@/components/ui/data-table';
import { EventTime } from '@/components/ui/event-time';
import { Identifier } from '@/components/ui/identifier';
import { Duration, Time, Tokens, Unknown } from '@/components/ui/quantity';
import { SourceBadge } from '@/components/ui/source';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Compaction, ToolCall } from '@/lib/queries/shapes.ts';
import type { Happening } from './happenings';

interface Told {
  readonly what: string;
  readonly detail: ReactNode;
  readonly status: string | null;
  readonly durationMs: number | null;
}

/** Shows one thing that happened in a turn, with its event. */
export function HappeningRow({ happening, kept }: { readonly happening: Happening; readonly kept: UrlParameters }) {
  const { what, detail, status, durationMs } = told(happening, kept);
  return (
    <tr>
      <Cell>
        {happening.kind === 'hook run' ? (
          <EventTime time={happening.time} source={happening.record.timeSource} />
        ) : (
          <Time iso={happening.time} />
        )}
      </Cell>
      <Cell>{what}</Cell>
      <Cell>{detail}</Cell>
      <Cell>
        <StatusLabel status={status} />
      </Cell>
      <Cell figure>
        {happening.kind === 'hook run' ? (
          <Unknown reason="Codex does not log how long a hook ran." />
        ) : (
          <Duration milliseconds={durationMs} />
        )}
      </Cell>
      <Cell>
        <SourceBadge sources={['source' in happening.record ? happening.record.source : 'analytics']} />
      </Cell>
      <Cell>
        <TextLink href={eventAddress(happening.record.eventId, kept)}>JSON</TextLink>
      </Cell>
    </tr>
  );
}

const listed = (...parts: ReadonlyArray<string | null | undefined>): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ');

function told(happening: Happening, kept: UrlParameters): Told {
  switch (happening.kind) {
    case 'compaction': {
      const { record } = happening;
      return {
        what: 'Compaction',
        status: record.status,
        durationMs: record.durationMs,
        detail: (
          <>
            <CompactionPlace compaction={record} />: <TokensBefore compaction={record} /> →{' '}
            <Tokens value={record.tokensAfter} exact />
            {record.tokensSaved === null ? null : (
              <>
                , <TokensSaved compaction={record} /> saved
              </>
            )}
            {record.refillTurns === null ? null : (
              <>
                , refilled after <Refill compaction={record} />
              </>
            )}
            <StormBadge compaction={record} />
          </>
        ),
      };
    }
    case 'hook run':
      return {
        what: 'Hook',
        status: happening.record.status,
        durationMs: null,
        detail: listed(
          happening.record.hookName,
          happening.record.hookSource,
          happening.record.handlerType,
          happening.record.executionMode,
        ),
      };
    case 'guardian review': {
      const { record } = happening;
      return {
        what: 'Guardian',
        status: record.terminalStatus,
        durationMs: record.latencyMs,
        detail: (
          <>
            {listed(
              record.actionType,
              record.riskLevel === null ? null : `risk ${record.riskLevel}`,
              record.userAuthorization === null ? null : `authorization ${record.userAuthorization}`,
              record.failureReason,
            )}
            {record.guardianThreadId === null ? null : (
              <>
                {' '}
                by <Identifier id={record.guardianThreadId} href={threadAddress(record.guardianThreadId, kept)} />
              </>
            )}
          </>
        ),
      };
    }
    case 'tool call': {
      const { record } = happening;
      return {
        what: record.innerCall ? 'Inner call' : 'Tool',
        status: record.terminalStatus,
        durationMs: record.durationMs,
        detail: (
          <>
            {listed(record.tool, record.toolName === record.tool ? null : record.toolName)}
            {record.detail === null ? null : (
              <>
                : <ToolDetail call={record} kept={kept} />
              </>
            )}
            {record.exitCode === null ? null : `, exit code ${record.exitCode}`}
            {record.failureKind === null ? null : `, ${record.failureKind}`}
            {record.approvalOutcome === null || record.approvalOutcome === 'unknown'
              ? null
              : `, ${record.approvalOutcome}`}
          </>
        ),
      };
    }
    case 'approval':
      return {
        what: 'Approval',
        status: happening.record.status,
        durationMs: happening.record.durationMs,
        detail: listed(
          happening.record.subjectName,
          happening.record.reviewer === null ? null : `reviewer: ${happening.record.reviewer}`,
          happening.record.trigger,
          happening.record.resolution === 'none' ? null : happening.record.resolution,
        ),
      };
  }
}

/** Shows the reason for a compaction, and its place in the turn. */
function CompactionPlace({ compaction }: { readonly compaction: Compaction }) {
  const parts = (['trigger', 'reason', 'phase', 'errorKind'] as const).filter((field) => compaction[field] !== null);
  return parts.map((field, index) => (
    <Fragment key={field}>
      {index > 0 ? ', ' : ''}
      {field === 'trigger' || field === 'phase' ? <Placed compaction={compaction} field={field} /> : compaction[field]}
    </Fragment>
  ));
}

/** Shows the purpose of a call. Collaboration calls address other threads, which are linked. */
function ToolDetail({ call: { tool, detail }, kept }: { readonly call: ToolCall; readonly kept: UrlParameters }) {
  if (detail === null || !tool.startsWith('collab_agent')) return detail;
  return detail.split(/[\s,]+/).map((id, index) => (
    <Fragment key={id}>
      {index > 0 ? ', ' : ''}
      <Identifier id={id} href={threadAddress(id, kept)} />
    </Fragment>
  ));
}
