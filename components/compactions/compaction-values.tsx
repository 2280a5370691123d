import { pluralize } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { AboutTokens, InferredWhen } from '@/components/ui/inferred';
import { Duration, Tokens, Unknown } from '@/components/ui/quantity';
import { TextValue } from '@/components/ui/text-value';
import type { Compaction } from '@/lib/queries/shapes.ts';

const place = 'derived from the position of the compaction in its turn; rollouts do not record it';
const before = 'the rollout does not count the last tool output or the input of a remote compaction';

interface ValueProps {
  readonly compaction: Compaction;
}

/** Shows the trigger of the compaction, or its place in the turn: `phase`. */
export function Placed({ compaction, field }: ValueProps & { readonly field: 'trigger' | 'phase' }) {
  const value = compaction[field];
  return (
    <InferredWhen inferred={compaction.inferred && value !== null} how={place}>
      <TextValue value={value} />
    </InferredWhen>
  );
}

export function TokensBefore({ compaction: { tokensBefore, tokensBeforeExact } }: ValueProps) {
  return tokensBeforeExact ? <Tokens value={tokensBefore} exact /> : <AboutTokens value={tokensBefore} how={before} />;
}

/** Shows the savings, as certain as the size before. */
export function TokensSaved({ compaction: { tokensSaved, tokensBefore, tokensBeforeExact, status } }: ValueProps) {
  if (tokensSaved === null)
    return (
      <Tokens
        value={null}
        absent={
          status === 'completed'
            ? 'The log does not record the token counts.'
            : 'The compaction did not complete, so it saved nothing.'
        }
      />
    );
  return tokensBeforeExact || tokensBefore === null ? (
    <Tokens value={tokensSaved} exact what="tokens saved" />
  ) : (
    <AboutTokens value={tokensSaved} how={before} />
  );
}

/** Shows the time until the context was as full again as before; a dash where it never was. */
export function Refill({ compaction: { refillTurns, refillMs, status } }: ValueProps) {
  if (refillTurns === null)
    return (
      <Unknown
        reason={
          status === 'completed'
            ? 'The context never refilled to its previous level in these logs.'
            : 'The compaction did not complete, so there was nothing to refill.'
        }
      />
    );
  return (
    <span title="Until the context refilled to its previous level">
      {refillTurns === 0 ? 'same turn' : `after ${pluralize(refillTurns, 'turn')}`}
      {refillMs === null || (refillTurns === 0 && refillMs < 1000) ? null : (
        <> ({refillMs < 1000 ? '<1 s' : <Duration milliseconds={refillMs} />})</>
      )}
    </span>
  );
}

/** Marks a compaction that is one of many in a short time. */
export const StormBadge = ({ compaction: { storm } }: ValueProps) =>
  storm ? (
    <>
      {' '}
      <Badge strong meaning="One of three or more compactions within ten turns of the thread.">
        storm
      </Badge>
    </>
  ) : null;
