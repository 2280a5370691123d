import { Placed, Refill, StormBadge, TokensBefore, TokensSaved } from '@/components/compactions/compaction-values';
import { eventAddress } from '@/components/links';
import { Cell, DataTable, Head } from '@/components/ui/data-table';
import { Duration, Tokens } from '@/components/ui/quantity';
import { StatusLabel } from '@/components/ui/status-mark';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Compaction } from '@/lib/queries/shapes.ts';
import { errorWords } from './error-words';
import classes from './turn.module.css';

/** Shows the compactions of a turn: the context after each, and how soon it was full again. */
export function TurnCompactions({
  compactions,
  kept,
}: {
  readonly compactions: readonly Compaction[];
  readonly kept: UrlParameters;
}) {
  return (
    <DataTable
      caption="Compactions in the turn"
      head={
        <tr>
          <Head>Outcome</Head>
          <Head>Trigger</Head>
          <Head figure>Before</Head>
          <Head figure>After</Head>
          <Head figure title="Before minus after, completed compactions only">
            Saved
          </Head>
          <Head figure title="When the context refilled to its previous level">
            Refilled
          </Head>
          <Head figure>Duration</Head>
          <Head>Event</Head>
        </tr>
      }
    >
      {compactions.map((compaction) => (
        <tr key={compaction.eventId}>
          <Cell>
            <StatusLabel status={compaction.status} />
            <StormBadge compaction={compaction} />
            {compaction.errorKind === null ? null : (
              <span className={classes.told}>{errorWords(compaction.errorKind) ?? compaction.errorKind}</span>
            )}
          </Cell>
          <Cell>
            <Placed compaction={compaction} field="trigger" />, <Placed compaction={compaction} field="phase" />
            <span className={classes.told}>
              {[compaction.reason, compaction.implementation].filter((part) => part !== null).join(', ')}
            </span>
          </Cell>
          <Cell figure>
            <TokensBefore compaction={compaction} />
          </Cell>
          <Cell figure>
            <Tokens value={compaction.tokensAfter} exact />
          </Cell>
          <Cell figure>
            <TokensSaved compaction={compaction} />
          </Cell>
          <Cell figure>
            <Refill compaction={compaction} />
          </Cell>
          <Cell figure>
            <Duration milliseconds={compaction.durationMs} />
          </Cell>
          <Cell>
            <TextLink href={eventAddress(compaction.eventId, kept)}>JSON</TextLink>
          </Cell>
        </tr>
      ))}
    </DataTable>
  );
}
