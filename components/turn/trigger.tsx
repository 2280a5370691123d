import { turnAddress } from '@/components/links';
import { Identifier } from '@/components/ui/identifier';
import { Unknown } from '@/components/ui/quantity';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { TurnDetail } from '@/lib/queries/turn.ts';

/** `turn_trigger` in words (`schema.md` §4.2); the set is open. */
const triggers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    exec: 'codex exec, without a user interface',
    goal: 'a Codex goal',
    guardian_review: 'a guardian review',
  }),
);

/** Shows the trigger of the turn, and the turn above that caused it. */
export function Trigger({
  detail: {
    turn: { turnTrigger, rootTurnId, turnId },
    rootTurn,
  },
  kept,
}: {
  readonly detail: TurnDetail;
  readonly kept: UrlParameters;
}) {
  const words = turnTrigger === null ? null : triggers.get(turnTrigger);
  return (
    <>
      {turnTrigger === null ? (
        <Unknown reason="The log names no trigger. Most turns have none." />
      ) : words === undefined ? (
        <>{turnTrigger} (set by the client)</>
      ) : (
        <>
          <code>{turnTrigger}</code>: {words}
        </>
      )}
      {rootTurnId === null || rootTurnId === turnId ? null : (
        <small>
          Caused by turn{' '}
          {rootTurn === null ? (
            <Identifier id={rootTurnId} />
          ) : (
            <Identifier id={rootTurnId} href={turnAddress(rootTurn.threadId, rootTurn.turnId, kept)} />
          )}
        </small>
      )}
    </>
  );
}
