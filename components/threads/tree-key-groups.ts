import type { KeyGroup } from '@/components/ui/key-help';

/** The keys of `tree-keys.ts` and of the search, in words. */
export const treeKeyGroups: readonly KeyGroup[] = [
  {
    title: 'In the tree',
    keys: [
      [['↑', '↓'], 'Previous / next row'],
      [['→'], 'Expand, then go to first child'],
      [['←'], 'Collapse, then go to parent'],
      [['Enter'], 'Open thread'],
      [['Home', 'End'], 'First / last row'],
      [['Page Up', 'Page Down'], 'Scroll up / down one screen'],
      [['*'], 'Expand row and its siblings'],
      [['0', '…', '9'], 'Expand to this depth (0 collapses all)'],
      [['n', 'p'], 'Next / previous match'],
    ],
  },
  {
    title: 'In the search',
    keys: [
      [['Enter', 'Shift+Enter'], 'Next / previous match'],
      [['↓'], 'Focus rows'],
      [['Esc'], 'Clear search, then focus rows'],
    ],
  },
  {
    title: 'Anywhere on this page',
    keys: [
      [['/'], 'search'],
      [['?'], 'Show keyboard shortcuts'],
    ],
  },
];
