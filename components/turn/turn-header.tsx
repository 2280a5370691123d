import { turnAddress } from '@/components/links';
import { PageHeader } from '@/components/ui/page-header';
import { PageSteps } from '@/components/ui/page-steps';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import type { TurnDetail } from '@/lib/queries/turn.ts';
import { TurnHeading } from './turn-heading';

interface TurnHeaderProps {
  readonly detail: TurnDetail;
  readonly thread: Pick<ThreadRow, 'threadId' | 'title'>;
  readonly kept: UrlParameters;
}

/** Shows the head of a turn's page: the turn, its thread, and the steps to its neighbours. */
export function TurnHeader({ detail, thread, kept }: TurnHeaderProps) {
  const { turn, number, turns, previousTurnId, nextTurnId } = detail;
  const to = (id: string | null): string | null => (id === null ? null : turnAddress(turn.threadId, id, kept));
  return (
    <PageHeader
      title={<TurnHeading turn={turn} number={number} turns={turns} />}
      aside={
        <PageSteps
          label="Previous and next turn"
          steps={[
            {
              keys: ['[', 'k'],
              name: 'previous turn',
              sign: '←',
              href: to(previousTurnId),
              hint: previousTurnId ?? '',
            },
            { keys: [']', 'j'], name: 'next turn', sign: '→', href: to(nextTurnId), hint: nextTurnId ?? '' },
          ]}
        />
      }
    >
      {thread.title === null ? (
        <>
          In thread <code>{thread.threadId}</code>
        </>
      ) : (
        <>In “{thread.title}”</>
      )}
    </PageHeader>
  );
}
