import { pluralize, formatInteger } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { StatusMark } from '@/components/ui/status-mark';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** What happened to a thread itself that one looks for in a tree. */
export function OutcomeBadges({ thread: { compactions, turnsFailed, storms } }: { readonly thread: ThreadRow }) {
  return (
    <>
      {turnsFailed === 0 ? null : (
        <Badge meaning={`${pluralize(turnsFailed, 'turn')} of it failed.`}>
          <StatusMark mark="cross" tone="failure" />
          failed{turnsFailed === 1 ? '' : ` × ${formatInteger(turnsFailed)}`}
        </Badge>
      )}
      {storms === 0 ? null : (
        <Badge strong meaning={`${pluralize(storms, 'storm')}: 3 or more compactions of it within 10 turns.`}>
          storm{storms === 1 ? '' : ` × ${formatInteger(storms)}`}
        </Badge>
      )}
      {compactions === 0 ? null : (
        <Badge meaning={`Its context was compacted: ${pluralize(compactions, 'time')}.`}>
          compacted{compactions === 1 ? '' : ` × ${formatInteger(compactions)}`}
        </Badge>
      )}
    </>
  );
}
