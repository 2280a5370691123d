import { AboutTokens, InferredWhen } from '@/components/ui/inferred';
import { Tokens } from '@/components/ui/quantity';
import { TextValue } from '@/components/ui/text-value';
import type { Compaction } from '@/lib/queries/shapes.ts';

const place = 'it follows from where the compaction stands in its turn; a rollout does not state it';
const before = 'the rollout counts neither what tools answered last nor what a remote compaction was sent';

interface ValueProps { readonly compaction: Compaction }

/** What set it off, and when in the turn: `phase`. */
export function Placed({ compaction, field }: ValueProps & { readonly field: 'trigger' | 'phase' }) {
  const value = compaction[field];
  return <InferredWhen inferred={compaction.inferred && value !== null} how={place}><TextValue value={value} /></InferredWhen>;
}

export function TokensBefore({ compaction: { tokensBefore, tokensBeforeExact } }: ValueProps) {
  return tokensBeforeExact ? <Tokens value={tokensBefore} exact /> : <AboutTokens value={tokensBefore} how={before} />;
}

/** What it saved is known as well as what was there before. */
export function TokensSaved({ compaction: { tokensSaved, tokensBefore, tokensBeforeExact, status } }: ValueProps) {
  if (tokensSaved === null) return <Tokens value={null} absent={status === 'completed' ? 'The log does not say how many tokens there were.' : 'It did not complete, so it saved nothing.'} />;
  return tokensBeforeExact || tokensBefore === null ? <Tokens value={tokensSaved} exact what="tokens saved" /> : <AboutTokens value={tokensSaved} how={before} />;
}
