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

/** The figures of a thread alone, and of its whole subtree. */
interface Figures {
  readonly own: ThreadTotals;
  readonly subtree: ThreadTotals;
}
interface ThreadFiguresProps extends Figures {
  readonly thread: ThreadRow;
}

/** Shows the thread's figures beside those of its whole subtree. */
export function ThreadFigures({ thread, own, subtree }: ThreadFiguresProps) {
  const lone = subtree.threads === 1;
  const figures = { own, subtree };
  return (
    <>
      <DataTable
        caption="Figures of the thread and its descendants"
        head={
          <tr>
            <Head>Figure</Head>
            <Head figure>This thread</Head>
            <Head figure title="The thread and its descendants">
              {lone ? 'Including descendants (none)' : 'Including descendants'}
            </Head>
          </tr>
        }
      >
        <FigureRow
          name="threads"
          figures={figures}
          figure={({ threads }) => <Count value={threads} unit="threads" />}
        />
        <TurnRows figures={figures} />
        <TokenRows figures={figures} />
        <CompactionRows figures={figures} />
        <FigureRow
          name="hook runs"
          figures={figures}
          figure={({ hooks }) => <HookRunCounts sources={thread.sources} hooks={hooks} />}
        />
        <FigureRow
          name="guardian reviews"
          figures={figures}
          figure={({ guardian }) => <StatusCounts outcomes={guardianOutcomes(guardian)} noun="review" />}
        />
      </DataTable>
      <p className={classes.after}>
        <TextLink href={address('/events', { threadId: thread.threadId })}>All events of this thread</TextLink>
      </p>
    </>
  );
}

const TurnRows = ({ figures }: { readonly figures: Figures }) => (
  <>
    <FigureRow name="turns" figures={figures} figure={({ turns }) => <Count value={turns} unit="turns" />} />
    <FigureRow
      name="completed"
      within
      figures={figures}
      figure={({ turnsCompleted }) => <Count value={turnsCompleted} unit="completed turns" />}
    />
    <FigureRow
      name="failed"
      within
      figures={figures}
      figure={({ turnsFailed }) => <Count value={turnsFailed} unit="failed turns" />}
    />
    <FigureRow
      name="interrupted"
      within
      figures={figures}
      figure={({ turnsInterrupted }) => <Count value={turnsInterrupted} unit="interrupted turns" />}
    />
    <FigureRow
      name="unreported turns"
      figures={figures}
      figure={({ turnsUnreported }) => <Count value={turnsUnreported} unit="unreported turns" />}
    />
  </>
);

const TokenRows = ({ figures }: { readonly figures: Figures }) => (
  <>
    <FigureRow name="tokens" figures={figures} figure={({ tokens }) => <Tokens value={tokens.total} exact />} />
    <FigureRow name="input" within figures={figures} figure={({ tokens }) => <Tokens value={tokens.input} exact />} />
    <FigureRow
      name="cached input"
      within
      figures={figures}
      figure={({ tokens }) => <Tokens value={tokens.cachedInput} exact />}
    />
    <FigureRow name="output" within figures={figures} figure={({ tokens }) => <Tokens value={tokens.output} exact />} />
    <FigureRow
      name="reasoning output"
      within
      figures={figures}
      figure={({ tokens }) => <Tokens value={tokens.reasoningOutput} exact />}
    />
    <FigureRow
      name="guardian tokens"
      figures={figures}
      figure={({ guardianTokens }) => <Tokens value={guardianTokens} exact />}
    />
  </>
);

const CompactionRows = ({ figures }: { readonly figures: Figures }) => (
  <>
    <FigureRow
      name="compactions"
      figures={figures}
      figure={({ compactions }) => <Count value={compactions} unit="compactions" />}
    />
    <FigureRow
      name="tokens saved"
      within
      figures={figures}
      figure={({ compactionsCompleted, tokensSaved }) =>
        compactionsCompleted === 0 ? (
          <Unknown reason="No compaction completed." />
        ) : (
          <Tokens value={tokensSaved} exact />
        )
      }
    />
    <FigureRow
      name="storms"
      within
      figures={figures}
      figure={({ storms }) => <Count value={storms} unit="storms: 3 or more compactions within 10 turns" />}
    />
  </>
);

interface FigureRowProps {
  readonly name: string;
  readonly figures: Figures;
  readonly figure: (totals: ThreadTotals) => ReactNode;
  /** It is a part of the figure above. */ readonly within?: boolean;
}

function FigureRow({ name, figures: { own, subtree }, figure, within = false }: FigureRowProps) {
  return (
    <tr>
      <Cell>
        <span className={within ? classes.within : undefined}>{name}</span>
      </Cell>
      <Cell figure>{figure(own)}</Cell>
      <Cell figure>{figure(subtree)}</Cell>
    </tr>
  );
}
