import { Badge } from '@/components/ui/badge';
import { Inferred } from '@/components/ui/inferred';
import { StatusLabel } from '@/components/ui/status-mark';
import type { Turn } from '@/lib/queries/shapes.ts';

/** How it ended. What is no turn of the user's says what it is instead, and that it counts nowhere. */
export function TurnOutcome({ turn: { reported, status, statusInferred, task, sources } }: { readonly turn: Turn }) {
  const inRollout = sources.includes('rollout');
  const label = <StatusLabel status={status} />;
  const how =
    status === 'failed'
      ? 'its rollout does not say that it failed, but it ended without an answer'
      : 'its rollout does not say how it ended, and nothing in it speaks of a failure';
  return (
    <>
      {reported || inRollout ? statusInferred ? <Inferred how={how}>{label}</Inferred> : label : null}
      {task === null || task === 'regular' ? null : (
        <Badge meaning={`What the turn was for: ${task}. It is in no count of turns.`}>{task}</Badge>
      )}
      {reported || (task !== null && task !== 'regular') ? null : (
        <Badge
          meaning={
            inRollout
              ? 'Codex sends no event for such a turn, so it is in no count of turns.'
              : 'Only other events name this turn: Codex sent none of its own for it.'
          }
        >
          unreported
        </Badge>
      )}
    </>
  );
}
