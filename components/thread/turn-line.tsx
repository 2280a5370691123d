import { Badge } from '@/components/ui/badge';
import { Inferred } from '@/components/ui/inferred';
import { Count, Duration, Time, Tokens } from '@/components/ui/quantity';
import { HookRunCounts } from '@/components/ui/source';
import { guardianOutcomes } from '@/components/ui/status';
import { StatusCounts } from '@/components/ui/status-counts';
import { StatusLabel } from '@/components/ui/status-mark';
import type { Turn } from '@/lib/queries/shapes.ts';
import classes from './thread.module.css';

/** A turn in one line. */
export function TurnLine({ turn, name }: { readonly turn: Turn; readonly name: string }) {
  return (
    <>
      <span className={classes.turnName}>{name}</span>
      <span className={classes.turnStatus}><Outcome turn={turn} /></span>
      <span className={classes.turnFigure}><small>began</small><Time iso={turn.startedAt} as="short" /></span>
      <span className={classes.turnFigure}><small>took</small><Duration milliseconds={turn.durationMs} /></span>
      <span className={classes.turnFigure}><small>tokens</small><Tokens value={turn.tokens?.total ?? null} /></span>
      <span className={classes.turnFigure}><small>tool calls</small><Count value={turn.toolCalls} unit="tool calls" /></span>
      <span className={classes.turnFigure}><small>compactions</small><Count value={turn.compactions} unit="compactions" /></span>
      <span className={classes.turnFigure}><small>hooks</small><HookRunCounts {...turn} /></span>
      <span className={classes.turnFigure}><small>guardian</small><StatusCounts outcomes={guardianOutcomes(turn.guardian)} noun="review" /></span>
    </>
  );
}

/** How it ended. What is no turn of the user's says what it is instead, and that it counts nowhere. */
function Outcome({ turn: { reported, status, statusInferred, task, sources } }: { readonly turn: Turn }) {
  const told = sources.includes('rollout');
  const label = <StatusLabel status={status} />;
  const how = status === 'failed' ? 'its rollout does not say that it failed, but it ended without an answer' : 'its rollout does not say how it ended, and nothing in it speaks of a failure';
  return (
    <>
      {reported || told ? (statusInferred ? <Inferred how={how}>{label}</Inferred> : label) : null}
      {task === null || task === 'regular' ? null : <Badge meaning={`What the turn was for: ${task}. It is in no count of turns.`}>{task}</Badge>}
      {reported || (task !== null && task !== 'regular') ? null : (
        <Badge meaning={told ? 'Codex sends no event for such a turn, so it is in no count of turns.' : 'Only other events name this turn: Codex sent none of its own for it.'}>unreported</Badge>
      )}
    </>
  );
}
