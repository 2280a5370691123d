import { Badge } from '@/components/ui/badge';
import { Inferred } from '@/components/ui/inferred';
import { StatusLabel } from '@/components/ui/status-mark';
import type { Turn } from '@/lib/queries/shapes.ts';

/** Shows the outcome. Turns that are not the user's say what they are instead, and that they count nowhere. */
export function TurnOutcome({ turn: { reported, status, statusInferred, task, sources } }: { readonly turn: Turn }) {
  const inRollout = sources.includes('rollout');
  const label = <StatusLabel status={status} />;
  const how =
    status === 'failed'
      ? 'the rollout logs no failure, but the turn ended without an answer'
      : 'the rollout logs neither an outcome nor a failure';
  return (
    <>
      {reported || inRollout ? statusInferred ? <Inferred how={how}>{label}</Inferred> : label : null}
      {task === null || task === 'regular' ? null : (
        <Badge meaning={`Task: ${task}. Not included in turn counts.`}>{task}</Badge>
      )}
      {reported || (task !== null && task !== 'regular') ? null : (
        <Badge
          meaning={
            inRollout
              ? 'Codex sends no event for this kind of turn, so turn counts leave it out.'
              : 'Only other events name this turn; the logs have no event for the turn itself.'
          }
        >
          unreported
        </Badge>
      )}
    </>
  );
}
