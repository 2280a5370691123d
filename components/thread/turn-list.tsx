import type { UrlParameters } from '@/lib/parameters.ts';
import type { Turn } from '@/lib/queries/shapes.ts';
import { HappeningTable } from './happening-table';
import type { Happening } from './happenings';
import { TurnFacts } from './turn-facts';
import { TurnLine } from './turn-line';
import { UnfoldingTurn } from './unfolding-turn';
import classes from './thread.module.css';

/** Turns in order; each unfolds to what happened in it. `first` is the number of the first, where it is known. */
export function TurnList({ turns, first, kept }: { readonly turns: readonly Turn[]; readonly first: number | null; readonly kept: UrlParameters }) {
  return (
    <ol className={classes.turns}>
      {turns.map((turn, index) => {
        const name = turnName(first === null ? null : first + index);
        return <li key={turn.turnId}><UnfoldingTurn threadId={turn.threadId} turnId={turn.turnId} name={name} line={<TurnLine turn={turn} name={name} />} facts={<TurnFacts turn={turn} kept={kept} />} kept={kept} /></li>;
      })}
    </ol>
  );
}

/** One turn with what happened in it. */
export function SingleTurn({ turn, number, happenings, kept }: { readonly turn: Turn; readonly number: number; readonly happenings: readonly Happening[]; readonly kept: UrlParameters }) {
  const name = turnName(number);
  return (
    <details className={classes.turn} open>
      <summary className={classes.turnLine}><TurnLine turn={turn} name={name} /></summary>
      <div className={classes.turnBody}>
        <TurnFacts turn={turn} kept={kept} />
        <HappeningTable happenings={happenings} caption={`What happened in ${name.toLowerCase()}`} events={{ threadId: turn.threadId, turnId: turn.turnId }} kept={kept} />
      </div>
    </details>
  );
}

const turnName = (number: number | null): string => (number === null ? 'Turn' : `Turn ${number}`);
