import { counted, whole } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { StatusMark } from '@/components/ui/status-mark';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** What happened to a thread itself that one looks for in a tree. */
export function OutcomeBadges({ thread: { compactions, turnsFailed, storms } }: { readonly thread: ThreadRow }) {
  return (
    <>
      {turnsFailed === 0 ? null : (
        <Badge meaning={`${counted(turnsFailed, 'turn')} of it failed.`}>
          <StatusMark mark="cross" tone="failure" />
          failed{turnsFailed === 1 ? '' : ` × ${whole(turnsFailed)}`}
        </Badge>
      )}
      {storms === 0 ? null : (
        <Badge strong meaning={`${counted(storms, 'storm')}: 3 or more compactions of it within 10 turns.`}>
          storm{storms === 1 ? '' : ` × ${whole(storms)}`}
        </Badge>
      )}
      {compactions === 0 ? null : (
        <Badge meaning={`Its context was compacted: ${counted(compactions, 'time')}.`}>
          compacted{compactions === 1 ? '' : ` × ${whole(compactions)}`}
        </Badge>
      )}
    </>
  );
}
