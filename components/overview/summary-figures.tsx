import { countText, formatInteger } from '@/components/formats';
import { address } from '@/components/links';
import { Tokens, Unknown } from '@/components/ui/quantity';
import { completedOnly, fromRolloutsAlone, noHookRuns, NotInLogs } from '@/components/ui/source';
import { compactionStatuses, guardianOutcomes, hookOutcomes, hookStatuses } from '@/components/ui/status';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Summary } from '@/lib/queries/summary.ts';
import { SummaryFigure, type Part } from './summary-figure';
import classes from './summary.module.css';

/** Shows the Summary of the API: each figure says what it covers and links to the page that explains it. */
export function SummaryFigures({
  summary: { threads, turns, tokens, compactions, hooks, guardian, sources },
  kept,
}: {
  readonly summary: Summary;
  readonly kept: UrlParameters;
}) {
  const kinds = (['user', 'subagent', 'guardian', 'other'] as const).map((kind): Part => ({
    label: kind,
    count: threads[kind],
    href: address('/threads', kept, { threadKind: kind }),
  }));
  const turnOutcomes = (['completed', 'failed', 'interrupted'] as const).map((status) => ({
    status,
    count: turns[status],
  }));
  return (
    <div className={classes.figures}>
      <SummaryFigure
        title="Threads"
        href={address('/threads', kept)}
        value={<Exact value={threads.total} unit="threads" />}
        note={`${formatInteger(threads.roots)} roots, ${formatInteger(threads.mentioned)} only mentioned`}
        parts={kinds}
      />
      <SummaryFigure
        title="Turns"
        href={address('/threads', kept, { sort: '-subtreeTurns' })}
        value={<Exact value={turns.total} unit="turns" />}
        note={`${formatInteger(turns.unreported)} more unreported; excludes guardian threads`}
        parts={turnOutcomes}
      />
      <SummaryFigure
        title="Tokens"
        href={address('/threads', kept, { sort: '-subtreeTokens' })}
        value={<Tokens value={tokens.total} exact />}
        note="Excludes guardian threads"
        parts={[
          { label: 'input', count: tokens.input },
          { label: 'cached', title: 'Part of input', count: tokens.cachedInput },
          { label: 'output', count: tokens.output },
          { label: 'reasoning', title: 'Part of output', count: tokens.reasoningOutput },
        ]}
      />
      <CompactionFigure compactions={compactions} sources={sources} kept={kept} />
      <HookFigure hooks={hooks} sources={sources} kept={kept} />
      <SummaryFigure
        title="Guardian reviews"
        href={address('/guardian', kept)}
        value={<Exact value={guardian.total} unit="reviews" />}
        note="Failed closed: no review possible"
        parts={partsByStatus(kept, '/guardian', 'terminalStatus', guardianOutcomes(guardian))}
      />
    </div>
  );
}

/**
 * Shows compactions by status. Rollouts record only completed ones, so without analytics the other counts are unknown,
 * not zero.
 */
function CompactionFigure({
  compactions,
  sources,
  kept,
}: Pick<Summary, 'compactions' | 'sources'> & { readonly kept: UrlParameters }) {
  const rolloutsAlone = fromRolloutsAlone(sources);
  const compacted = partsByStatus(
    kept,
    '/compactions',
    'status',
    compactionStatuses.map((status) => ({ status, count: compactions[status] })),
  );
  return (
    <SummaryFigure
      title="Compactions"
      href={address('/compactions', kept)}
      value={<Exact value={compactions.total} unit="compactions" />}
      note={
        rolloutsAlone ? (
          <>
            <TokensSaved compactions={compactions} />;{' '}
            <span title={completedOnly}>rollouts record completed ones only</span>
          </>
        ) : (
          <TokensSaved compactions={compactions} />
        )
      }
      parts={
        rolloutsAlone
          ? compacted.map((part) =>
              'count' in part && 'status' in part && part.status !== 'completed' && part.count === 0
                ? { status: part.status, absent: completedOnly }
                : part,
            )
          : compacted
      }
    />
  );
}

const TokensSaved = ({ compactions: { completed, tokensSaved } }: Pick<Summary, 'compactions'>) =>
  completed === 0 ? (
    <>
      Saved: <Unknown reason="No compaction completed." />
    </>
  ) : (
    <>
      <Tokens value={tokensSaved} exact what="tokens saved" /> tokens saved
    </>
  );

/** Shows hook runs by status. Rollouts record none. */
function HookFigure({ hooks, sources, kept }: Pick<Summary, 'hooks' | 'sources'> & { readonly kept: UrlParameters }) {
  return fromRolloutsAlone(sources) ? (
    <SummaryFigure
      title="Hook runs"
      href={address('/hooks', kept)}
      value={
        <span className={classes.absent}>
          <NotInLogs reason={noHookRuns} />
        </span>
      }
      note="Rollouts don’t record hook runs"
      parts={hookStatuses.map((status) => ({ status, absent: noHookRuns }))}
    />
  ) : (
    <SummaryFigure
      title="Hook runs"
      href={address('/hooks', kept)}
      value={<Exact value={hooks.total} unit="hook runs" />}
      note={
        sources.rollout.events > 0 ? 'From analytics only: rollouts have none' : 'Failed: hook broke, tool still ran'
      }
      parts={partsByStatus(kept, '/hooks', 'status', hookOutcomes(hooks))}
    />
  );
}

/** Returns counts by status, each with a link to the records with that status on the page at `path`. */
const partsByStatus = (
  kept: UrlParameters,
  path: string,
  parameter: string,
  counts: ReadonlyArray<{ readonly status: string; readonly count: number }>,
): Part[] =>
  counts.map(({ status, count }) => ({
    status,
    count,
    href: `${address(path, kept, { [parameter]: status })}#records`,
  }));

const Exact = ({ value, unit }: { readonly value: number; readonly unit: string }) => (
  <span title={countText(value, unit)}>{formatInteger(value)}</span>
);
