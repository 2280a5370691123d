import type { ReactNode } from 'react';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Count, Tokens, Unknown } from '@/components/ui/quantity';
import { HookRunCounts } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** The thread's figures beside those of its whole subtree. */
export function ThreadFigures({ thread }: { readonly thread: ThreadRow }) {
  const rows: ReadonlyArray<readonly [string, ReactNode, ReactNode]> = [
    ['Threads', <Count key="own" value={1} unit="thread" />, <Count key="all" value={thread.subtreeSize} unit="threads" />],
    ['Turns', <Count key="own" value={thread.turns} unit="turns" />, <Count key="all" value={thread.subtreeTurns} unit="turns" />],
    ['Turns that failed', <Count key="own" value={thread.turnsFailed} unit="failed turns" />, <Unknown key="all" reason="It is counted for the thread itself only." />],
    ['Unreported turns', <Count key="own" value={thread.turnsUnreported} unit="unreported turns" />, <Unknown key="all" reason="It is counted for the thread itself only." />],
    ['Tokens in all', <Tokens key="own" value={thread.tokens.total} exact />, <Tokens key="all" value={thread.subtreeTokens} exact what="tokens, without guardian threads" />],
    ['Tokens of guardian threads', <Unknown key="own" reason="They are those of the guardian threads below it." />, <Tokens key="all" value={thread.subtreeGuardianTokens} exact />],
    ['Compactions', <Count key="own" value={thread.compactions} unit="compactions" />, <Count key="all" value={thread.subtreeCompactions} unit="compactions" />],
    ['Tokens saved', <Tokens key="own" value={thread.tokensSaved} exact />, <Tokens key="all" value={thread.subtreeTokensSaved} exact />],
    ['Hook runs', <HookRunCounts key="own" {...thread} />, <HookRunCounts key="all" sources={thread.sources} hooks={thread.subtreeHooks} />],
    ['Guardian reviews', <StatusCounts key="own" outcomes={guardianOutcomes(thread.guardian)} noun="review" />, <StatusCounts key="all" outcomes={guardianOutcomes(thread.subtreeGuardian)} noun="review" />],
  ];
  const usage = [['input', thread.tokens.input], ['cached input', thread.tokens.cachedInput], ['output', thread.tokens.output], ['reasoning output', thread.tokens.reasoningOutput]] as const;
  return (
    <>
      <DataTable caption="Figures of the thread and of its subtree" head={<tr><Head>Figure</Head><Head figure>This thread</Head><Head figure>With its subtree</Head></tr>}>
        {rows.map(([name, own, all]) => <tr key={name}><Cell>{name}</Cell><Cell figure>{own}</Cell><Cell figure>{all}</Cell></tr>)}
        {usage.map(([name, value]) => <tr key={name}><Cell>Tokens, {name}</Cell><Cell figure><Tokens value={value} exact /></Cell><Cell figure><Unknown reason="It is counted for the thread itself only." /></Cell></tr>)}
      </DataTable>
    </>
  );
}
