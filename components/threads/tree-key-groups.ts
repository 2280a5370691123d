import type { KeyGroup } from '@/components/ui/key-help';

/** What `tree-keys.ts` and the search do, in words. */
export const treeKeyGroups: readonly KeyGroup[] = [
  {
    title: 'In the tree',
    keys: [
      [['↑', '↓'], 'the row above, the row below'],
      [['→'], 'unfold; unfolded, the first row below'],
      [['←'], 'fold; folded, the row that it stands below'],
      [['Enter'], 'open the thread'],
      [['Home', 'End'], 'the first row, the last row'],
      [['Page Up', 'Page Down'], 'a screen up, a screen down'],
      [['*'], 'unfold the row and all beside it'],
      [['0', '…', '9'], 'unfold to this depth; 0 folds all'],
      [['n', 'p'], 'what is found next, before'],
    ],
  },
  {
    title: 'In the search',
    keys: [
      [['Enter', 'Shift+Enter'], 'what is found next, before'],
      [['↓'], 'to the rows'],
      [['Esc'], 'search for nothing; then to the rows'],
    ],
  },
  {
    title: 'Anywhere on this page',
    keys: [
      [['/'], 'search'],
      [['?'], 'show these keys'],
    ],
  },
];
