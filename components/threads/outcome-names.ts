import type { TreeOutcome } from '@/lib/queries/outline/shapes.ts';

/** The names of outcomes of a tree, after "trees with", in the order of display. */
export const outcomeNames: Readonly<Record<TreeOutcome, string>> = {
  blocked_hook: 'a blocked hook',
  failed_hook: 'a failed hook',
  stopped_hook: 'a hook that stopped the turn',
  denied_review: 'a denied review',
  failed_closed_review: 'a review that failed closed',
  failed_turn: 'a failed turn',
  compaction: 'a compaction',
  failed_compaction: 'a failed compaction',
  storm: 'a compaction storm',
};
const isOutcome = (name: string): name is TreeOutcome => name in outcomeNames;
export const outcomes: readonly TreeOutcome[] = Object.keys(outcomeNames).filter(isOutcome);
