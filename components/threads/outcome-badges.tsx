import { pluralize, formatInteger } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { StatusMark } from '@/components/ui/status-mark';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** Shows the outcomes of a thread itself that users look for in a tree. */
export function OutcomeBadges({ thread: { compactions, turnsFailed, storms } }: { readonly thread: ThreadRow }) {
  return (
    <>
      {turnsFailed === 0 ? null : (
        <Badge meaning={pluralize(turnsFailed, 'failed turn')}>
          <StatusMark mark="cross" tone="failure" />
          failed{turnsFailed === 1 ? '' : ` × ${formatInteger(turnsFailed)}`}
        </Badge>
      )}
      {storms === 0 ? null : (
        <Badge strong meaning={`${pluralize(storms, 'storm')}: 3 or more compactions within 10 turns`}>
          storm{storms === 1 ? '' : ` × ${formatInteger(storms)}`}
        </Badge>
      )}
      {compactions === 0 ? null : (
        <Badge meaning={pluralize(compactions, 'compaction')}>
          compacted{compactions === 1 ? '' : ` × ${formatInteger(compactions)}`}
        </Badge>
      )}
    </>
  );
}
