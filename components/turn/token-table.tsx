import { formatShare } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { Tokens, Unknown } from '@/components/ui/quantity';
import type { Turn } from '@/lib/queries/shapes.ts';
import classes from './turn.module.css';

/** What a turn used, with the shares of cache and reasoning, and how full the context was at its end. */
export function TokenTable({ turn: { tokens, contextTokens, contextWindow, sources } }: { readonly turn: Turn }) {
  const untold = sources.includes('rollout')
    ? 'Its rollout tells of no usage.'
    : 'Only its rollout says it, and that is not in.';
  return (
    <>
      {tokens === null ? (
        <Notice kind="empty" title="Codex reported no usage for this turn, which is not zero." />
      ) : (
        <DataTable
          caption="Tokens of the turn"
          head={
            <tr>
              <Head>Tokens</Head>
              <Head figure>Number</Head>
              <Head figure>Share</Head>
              <Head>Of</Head>
            </tr>
          }
        >
          <tr>
            <Cell>input</Cell>
            <Cell figure>
              <Tokens value={tokens.input} exact />
            </Cell>
            <Cell figure />
            <Cell>the sum over its requests</Cell>
          </tr>
          <tr>
            <Cell>
              <span className={classes.within}>from the cache</span>
            </Cell>
            <Cell figure>
              <Tokens value={tokens.cachedInput} exact />
            </Cell>
            <Cell figure>
              <Part part={tokens.cachedInput} total={tokens.input} />
            </Cell>
            <Cell>input</Cell>
          </tr>
          <tr>
            <Cell>output</Cell>
            <Cell figure>
              <Tokens value={tokens.output} exact />
            </Cell>
            <Cell figure />
            <Cell />
          </tr>
          <tr>
            <Cell>
              <span className={classes.within}>reasoning</span>
            </Cell>
            <Cell figure>
              <Tokens value={tokens.reasoningOutput} exact />
            </Cell>
            <Cell figure>
              <Part part={tokens.reasoningOutput} total={tokens.output} />
            </Cell>
            <Cell>output</Cell>
          </tr>
          <tr>
            <Cell>
              <strong>in all</strong>
            </Cell>
            <Cell figure>
              <Tokens value={tokens.total} exact />
            </Cell>
            <Cell figure />
            <Cell />
          </tr>
        </DataTable>
      )}
      <p className={classes.note}>
        In context at its end:{' '}
        {contextTokens === null ? (
          <Unknown reason={untold} />
        ) : (
          <>
            <Tokens value={contextTokens} exact /> tokens
          </>
        )}
        {contextWindow === null ? null : (
          <>
            {' '}
            of a window of <Tokens value={contextWindow} exact />
          </>
        )}
        {contextTokens === null || contextWindow === null ? null : (
          <>
            {' '}
            ({formatShare(contextTokens, contextWindow)}) <Meter part={contextTokens} total={contextWindow} />
          </>
        )}
      </p>
    </>
  );
}

const Part = ({ part, total }: { readonly part: number; readonly total: number }) => (
  <>
    {formatShare(part, total) ?? <Unknown reason="There is nothing to have a share of." />}{' '}
    <Meter part={part} total={total} />
  </>
);
const Meter = ({ part, total }: { readonly part: number; readonly total: number }) => (
  <span className={classes.meter} aria-hidden="true">
    <span style={{ width: `${total === 0 ? 0 : Math.min(100, (100 * part) / total)}%` }} />
  </span>
);
