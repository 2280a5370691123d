import type { ThreadRow } from '@/lib/queries/shapes.ts';
import type { ThreadSort } from '@/lib/queries/threads.ts';

export const treeChoiceNames = ['largest', 'deepest', 'saved', 'compacted'] as const;
export type TreeChoice = (typeof treeChoiceNames)[number];

interface Choice {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly sort: ThreadSort;
  readonly all: string;
  /** The head of the bars, which show `measure`. */
  readonly share: string;
  readonly measure: (root: ThreadRow) => number;
}

/** What the trees on the Overview can be first by. */
export const treeChoices: Readonly<Record<TreeChoice, Choice>> = {
  largest: {
    name: 'largest',
    title: 'The largest trees',
    note: 'By tokens, with all their threads',
    sort: '-subtreeTokens',
    all: 'All trees by tokens',
    share: 'Share of the largest',
    measure: ({ subtreeTokens }) => subtreeTokens,
  },
  deepest: {
    name: 'deepest',
    title: 'The deepest trees',
    note: 'By the levels of threads below the root',
    sort: '-height',
    all: 'All trees by depth',
    share: 'Share of the deepest',
    measure: ({ height }) => height,
  },
  saved: {
    name: 'most saved',
    title: 'The trees that compacting saved most in',
    note: 'By the tokens that completed compactions saved',
    sort: '-subtreeTokensSaved',
    all: 'All trees by tokens saved',
    share: 'Share of the most',
    measure: ({ subtreeTokensSaved }) => subtreeTokensSaved,
  },
  compacted: {
    name: 'most compacted',
    title: 'The trees that compacted most',
    note: 'By their compactions',
    sort: '-subtreeCompactions',
    all: 'All trees by compactions',
    share: 'Share of the most',
    measure: ({ subtreeCompactions }) => subtreeCompactions,
  },
};
