import { formatShare } from '@/components/formats';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { Tokens, Unknown } from '@/components/ui/quantity';
import type { Turn } from '@/lib/queries/shapes.ts';
import classes from './turn.module.css';

/** Shows the tokens of a turn, with the shares of cache and reasoning, and how full the context was at its end. */
export function TokenTable({ turn: { tokens, contextTokens, contextWindow, sources } }: { readonly turn: Turn }) {
  const untold = sources.includes('rollout')
    ? 'The rollout reports no usage.'
    : 'Only a rollout records this, and it is not imported.';
  return (
    <>
      {tokens === null ? (
        <Notice kind="empty" title="Codex reported no usage for this turn. Usage is unknown, not zero." />
      ) : (
        <DataTable
          caption="Tokens in the turn"
          head={
            <tr>
              <Head>Tokens</Head>
              <Head figure>Count</Head>
              <Head figure>Share</Head>
              <Head>Note</Head>
            </tr>
          }
        >
          <tr>
            <Cell>Input</Cell>
            <Cell figure>
              <Tokens value={tokens.input} exact />
            </Cell>
            <Cell figure />
            <Cell>Sum of all requests</Cell>
          </tr>
          <tr>
            <Cell>
              <span className={classes.within}>Cached input</span>
            </Cell>
            <Cell figure>
              <Tokens value={tokens.cachedInput} exact />
            </Cell>
            <Cell figure>
              <Part part={tokens.cachedInput} total={tokens.input} />
            </Cell>
            <Cell>Share of input</Cell>
          </tr>
          <tr>
            <Cell>Output</Cell>
            <Cell figure>
              <Tokens value={tokens.output} exact />
            </Cell>
            <Cell figure />
            <Cell />
          </tr>
          <tr>
            <Cell>
              <span className={classes.within}>Reasoning</span>
            </Cell>
            <Cell figure>
              <Tokens value={tokens.reasoningOutput} exact />
            </Cell>
            <Cell figure>
              <Part part={tokens.reasoningOutput} total={tokens.output} />
            </Cell>
            <Cell>Share of output</Cell>
          </tr>
          <tr>
            <Cell>
              <strong>Total</strong>
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
        Context at the end of the turn:{' '}
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
            of a <Tokens value={contextWindow} exact />
            -token window
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
    {formatShare(part, total) ?? <Unknown reason="The total is zero." />} <Meter part={part} total={total} />
  </>
);
const Meter = ({ part, total }: { readonly part: number; readonly total: number }) => (
  <span className={classes.meter} aria-hidden="true">
    <span style={{ width: `${total === 0 ? 0 : Math.min(100, (100 * part) / total)}%` }} />
  </span>
);
