import { formatInteger } from '@/components/formats';
import { turnAddress } from '@/components/links';
import { Spoken } from '@/components/ui/spoken';
import { TextLink } from '@/components/ui/text-link';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Turn } from '@/lib/queries/shapes.ts';
import { HappeningTable } from './happening-table';
import type { Happening } from './happenings';
import { TurnFacts } from './turn-facts';
import { TurnLine } from './turn-line';
import { UnfoldingTurn } from './unfolding-turn';
import classes from './thread.module.css';

/**
 * Shows turns in order; each unfolds to what happened in it, and has a page of its own. `first` is the number of the
 * first.
 */
export function TurnList({
  turns,
  first,
  kept,
}: {
  readonly turns: readonly Turn[];
  readonly first: number;
  readonly kept: UrlParameters;
}) {
  return (
    <ol className={classes.turns}>
      {turns.map((turn, index) => {
        const name = turnName(first + index);
        return (
          <li key={turn.turnId} className={classes.turnItem}>
            <UnfoldingTurn turn={turn} name={name} kept={kept} />
            <OwnPage turn={turn} name={name} kept={kept} />
          </li>
        );
      })}
    </ol>
  );
}

/** Shows one turn with what happened in it. */
export function SingleTurn({
  turn,
  number,
  happenings,
  total,
  kept,
}: {
  readonly turn: Turn;
  readonly number: number;
  readonly happenings: readonly Happening[];
  readonly total: number;
  readonly kept: UrlParameters;
}) {
  const name = turnName(number);
  return (
    <div className={classes.turnItem}>
      <details className={classes.turn} open>
        <summary className={classes.turnLine}>
          <TurnLine turn={turn} name={name} />
        </summary>
        <div className={classes.turnBody}>
          <TurnFacts turn={turn} kept={kept} />
          <HappeningTable
            happenings={happenings}
            total={total}
            caption={`Activity in ${name.toLowerCase()}`}
            events={{ threadId: turn.threadId, turnId: turn.turnId }}
            kept={kept}
          />
        </div>
      </details>
      <OwnPage turn={turn} name={name} kept={kept} />
    </div>
  );
}

const OwnPage = ({
  turn: { threadId, turnId },
  name,
  kept,
}: {
  readonly turn: Turn;
  readonly name: string;
  readonly kept: UrlParameters;
}) => (
  <TextLink className={classes.ownPage} href={turnAddress(threadId, turnId, kept)} title={turnId}>
    Open<Spoken> {name.toLowerCase()}</Spoken>
  </TextLink>
);

const turnName = (number: number): string => `Turn ${formatInteger(number)}`;
