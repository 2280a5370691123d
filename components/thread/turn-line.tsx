import { pluralize, formatInteger } from '@/components/formats';
import { inferredEnd, InferredWhen } from '@/components/ui/inferred';
import { Count, Duration, Time, Tokens } from '@/components/ui/quantity';
import { HookRunCounts } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import type { Turn } from '@/lib/queries/shapes.ts';
import { TurnOutcome } from './turn-outcome';
import classes from './thread.module.css';

/** A turn in one line. */
export function TurnLine({ turn, name }: { readonly turn: Turn; readonly name: string }) {
  return (
    <>
      <span className={classes.turnName}>{name}</span>
      <span className={classes.turnStatus}>
        <TurnOutcome turn={turn} />
      </span>
      <span className={classes.turnFigure}>
        <small>started</small>
        <Time iso={turn.startedAt} as="short" />
      </span>
      <span className={classes.turnFigure}>
        <small>duration</small>
        <InferredWhen inferred={turn.endInferred} how={inferredEnd}>
          <Duration milliseconds={turn.durationMs} />
        </InferredWhen>
      </span>
      <span className={classes.turnFigure}>
        <small>tokens</small>
        <Tokens value={turn.tokens?.total ?? null} />
      </span>
      <span className={classes.turnFigure}>
        <small>tool calls</small>
        <Count value={turn.toolCalls} unit="tool calls" />
        {turn.innerCalls === 0 ? null : (
          <span title={pluralize(turn.innerCalls, 'inner call')}> + {formatInteger(turn.innerCalls)}</span>
        )}
      </span>
      <span className={classes.turnFigure}>
        <small>compactions</small>
        <Count value={turn.compactions} unit="compactions" />
      </span>
      <span className={classes.turnFigure}>
        <small>hooks</small>
        <HookRunCounts {...turn} />
      </span>
      <span className={classes.turnFigure}>
        <small>guardian</small>
        <StatusCounts outcomes={guardianOutcomes(turn.guardian)} noun="review" />
      </span>
    </>
  );
}
