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
  /** The head of the column of bars, which show `measure`. */
  readonly share: string;
  readonly measure: (root: ThreadRow) => number;
}

/** The figures that can order the trees on the Overview. */
export const treeChoices: Readonly<Record<TreeChoice, Choice>> = {
  largest: {
    name: 'largest',
    title: 'Largest trees',
    note: 'By tokens in all their threads',
    sort: '-subtreeTokens',
    all: 'All trees by tokens',
    share: 'Relative to the largest',
    measure: ({ subtreeTokens }) => subtreeTokens,
  },
  deepest: {
    name: 'deepest',
    title: 'Deepest trees',
    note: 'By levels below the root',
    sort: '-height',
    all: 'All trees by depth',
    share: 'Relative to the deepest',
    measure: ({ height }) => height,
  },
  saved: {
    name: 'most saved',
    title: 'Trees with the most tokens saved',
    note: 'By tokens that completed compactions saved',
    sort: '-subtreeTokensSaved',
    all: 'All trees by tokens saved',
    share: 'Relative to the most',
    measure: ({ subtreeTokensSaved }) => subtreeTokensSaved,
  },
  compacted: {
    name: 'most compacted',
    title: 'Trees with the most compactions',
    note: 'By number of compactions',
    sort: '-subtreeCompactions',
    all: 'All trees by compactions',
    share: 'Relative to the most',
    measure: ({ subtreeCompactions }) => subtreeCompactions,
  },
};
