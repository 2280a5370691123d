import { eventsAddress } from '@/components/links';
import { totalOf } from '@/components/thread/happenings';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import type { TurnDetail } from '@/lib/queries/turn.ts';

/** Says so when more happened in a turn than its page shows. */
export function MoreInTurn({ detail }: { readonly detail: TurnDetail }) {
  const { turn, totals, compactions, guardianReviews, hookRuns, toolCalls, approvals } = detail;
  const shown = compactions.length + guardianReviews.length + hookRuns.length + toolCalls.length + approvals.length;
  return totalOf(totals) > shown ? (
    <Notice kind="remark" title="This page shows only the first records of each kind.">
      <p>
        <TextLink href={eventsAddress({ threadId: turn.threadId, turnId: turn.turnId })}>
          Show all events of this turn
        </TextLink>
      </p>
    </Notice>
  ) : null;
}
