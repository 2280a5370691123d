import { pluralize } from '@/components/formats';
import { Badge } from '@/components/ui/badge';
import { AboutTokens, InferredWhen } from '@/components/ui/inferred';
import { Duration, Tokens, Unknown } from '@/components/ui/quantity';
import { TextValue } from '@/components/ui/text-value';
import type { Compaction } from '@/lib/queries/shapes.ts';

const place = 'it follows from where the compaction stands in its turn; a rollout does not state it';
const before = 'the rollout counts neither what tools answered last nor what a remote compaction was sent';

interface ValueProps {
  readonly compaction: Compaction;
}

/** What set it off, and when in the turn: `phase`. */
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

/** What it saved is known as well as what was there before. */
export function TokensSaved({ compaction: { tokensSaved, tokensBefore, tokensBeforeExact, status } }: ValueProps) {
  if (tokensSaved === null)
    return (
      <Tokens
        value={null}
        absent={
          status === 'completed'
            ? 'The log does not say how many tokens there were.'
            : 'It did not complete, so it saved nothing.'
        }
      />
    );
  return tokensBeforeExact || tokensBefore === null ? (
    <Tokens value={tokensSaved} exact what="tokens saved" />
  ) : (
    <AboutTokens value={tokensSaved} how={before} />
  );
}

/** How soon the context was as full again as before; a dash where it never was. */
export function Refill({ compaction: { refillTurns, refillMs, status } }: ValueProps) {
  if (refillTurns === null)
    return (
      <Unknown
        reason={
          status === 'completed'
            ? 'As far as the logs go, the context was never as full again.'
            : 'It did not complete, so there was nothing to refill.'
        }
      />
    );
  return (
    <span title="Until the context was as full again as before">
      {refillTurns === 0 ? 'the same turn' : pluralize(refillTurns, 'turn')}
      {refillMs === null ? null : (
        <>
          , <Duration milliseconds={refillMs} />
        </>
      )}
    </span>
  );
}

/** Marks one of many compactions in a short time. */
export const StormBadge = ({ compaction: { storm } }: ValueProps) =>
  storm ? (
    <>
      {' '}
      <Badge strong meaning="One of three or more compactions of its thread within ten turns.">
        storm
      </Badge>
    </>
  ) : null;
