import type { ReactNode } from 'react';
import { address } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count, Tokens, Unknown } from '@/components/ui/quantity';
import { HookRunCounts } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { TextLink } from '@/components/ui/text-link';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import type { ThreadTotals } from '@/lib/queries/thread-totals.ts';
import classes from './thread.module.css';

interface ThreadFiguresProps {
  readonly thread: ThreadRow;
  readonly own: ThreadTotals;
  readonly subtree: ThreadTotals;
}

/** The thread's figures beside those of its whole subtree. */
export function ThreadFigures({ thread, own, subtree }: ThreadFiguresProps) {
  const lone = subtree.threads === 1;
  const row = (name: string, figure: (totals: ThreadTotals) => ReactNode, { within = false, ownOnly = false } = {}) => (
    <tr key={name}>
      <Cell>
        <span className={within ? classes.within : undefined}>{name}</span>
      </Cell>
      <Cell figure>{figure(own)}</Cell>
      <Cell figure>{ownOnly ? <Unknown reason="It is a figure of one thread." /> : figure(subtree)}</Cell>
    </tr>
  );
  return (
    <>
      <DataTable
        caption="Figures of the thread and of its subtree"
        head={
          <tr>
            <Head>Figure</Head>
            <Head figure>This thread</Head>
            <Head figure title="The thread and all threads below it">
              {lone ? 'With its subtree (none)' : 'With its subtree'}
            </Head>
          </tr>
        }
      >
        {row('threads', ({ threads }) => (
          <Count value={threads} unit="threads" />
        ))}
        {row('turns', ({ turns }) => (
          <Count value={turns} unit="turns" />
        ))}
        {row(
          'completed',
          ({ turnsCompleted }) => (
            <Count value={turnsCompleted} unit="completed turns" />
          ),
          { within: true },
        )}
        {row(
          'failed',
          ({ turnsFailed }) => (
            <Count value={turnsFailed} unit="failed turns" />
          ),
          { within: true },
        )}
        {row(
          'interrupted',
          ({ turnsInterrupted }) => (
            <Count value={turnsInterrupted} unit="interrupted turns" />
          ),
          { within: true },
        )}
        {row('unreported turns', ({ turnsUnreported }) => (
          <Count value={turnsUnreported} unit="unreported turns" />
        ))}
        {row('tokens', ({ tokens }) => (
          <Tokens value={tokens.total} exact />
        ))}
        {row(
          'input',
          ({ tokens }) => (
            <Tokens value={tokens.input} exact />
          ),
          { within: true },
        )}
        {row(
          'input from the cache',
          ({ tokens }) => (
            <Tokens value={tokens.cachedInput} exact />
          ),
          { within: true },
        )}
        {row(
          'output',
          ({ tokens }) => (
            <Tokens value={tokens.output} exact />
          ),
          { within: true },
        )}
        {row(
          'reasoning output',
          ({ tokens }) => (
            <Tokens value={tokens.reasoningOutput} exact />
          ),
          { within: true },
        )}
        {row('tokens of guardian threads', ({ guardianTokens }) => (
          <Tokens value={guardianTokens} exact />
        ))}
        {row('compactions', ({ compactions }) => (
          <Count value={compactions} unit="compactions" />
        ))}
        {row(
          'tokens saved',
          ({ compactionsCompleted, tokensSaved }) =>
            compactionsCompleted === 0 ? (
              <Unknown reason="No compaction completed." />
            ) : (
              <Tokens value={tokensSaved} exact />
            ),
          { within: true },
        )}
        {row(
          'storms',
          ({ storms }) => (
            <Count value={storms} unit="storms: three or more compactions within ten turns" />
          ),
          { within: true },
        )}
        {row('hook runs', ({ hooks }) => (
          <HookRunCounts sources={thread.sources} hooks={hooks} />
        ))}
        {row('guardian reviews', ({ guardian }) => (
          <StatusCounts outcomes={guardianOutcomes(guardian)} noun="review" />
        ))}
      </DataTable>
      <p className={classes.after}>
        <TextLink href={address('/events', { threadId: thread.threadId })}>All events of this thread</TextLink>
      </p>
    </>
  );
}
