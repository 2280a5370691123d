import type { Turn } from '@/lib/queries/shapes.ts';
import { TurnOutcome } from '@/components/thread/turn-outcome';
import { whole } from '@/components/formats';
import classes from './turn.module.css';

/** The turn's place in its thread, and how it ended. */
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
      Turn {whole(number)} of {whole(turns)}{' '}
      <span className={classes.outcome}>
        <TurnOutcome turn={turn} />
      </span>
    </span>
  );
}
