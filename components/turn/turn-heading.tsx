import type { Turn } from '@/lib/queries/shapes.ts';
import { TurnOutcome } from '@/components/thread/turn-outcome';
import { formatInteger } from '@/components/formats';
import classes from './turn.module.css';

/** Shows the turn's place in its thread, and its outcome. */
export function TurnHeading({
  turn,
  number,
  turns,
}: {
  readonly turn: Turn;
  readonly number: number;
  readonly turns: number;
}) {
  return (
    <span className={classes.titled}>
      Turn {formatInteger(number)} of {formatInteger(turns)}{' '}
      <span className={classes.outcome}>
        <TurnOutcome turn={turn} />
      </span>
    </span>
  );
}
