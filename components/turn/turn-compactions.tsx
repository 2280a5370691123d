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

/** The compactions of a turn: what each left, and how soon that was full again. */
export function TurnCompactions({
  compactions,
  kept,
}: {
  readonly compactions: readonly Compaction[];
  readonly kept: UrlParameters;
}) {
  return (
    <DataTable
      caption="Compactions of the turn"
      head={
        <tr>
          <Head>Outcome</Head>
          <Head>Set off</Head>
          <Head figure>Before</Head>
          <Head figure>After</Head>
          <Head figure title="Before minus after, of a completed compaction">
            Saved
          </Head>
          <Head figure title="When the context was as full again as before">
            Refilled after
          </Head>
          <Head figure>Took</Head>
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
