import type { KeyGroup } from '@/components/ui/key-help';

/** What the keys do in the run of a thread, in words. */
export const runKeyGroups: readonly KeyGroup[] = [
  {
    title: 'In the timeline',
    keys: [
      [['←', '→'], 'the item before, the item after'],
      [['↑', '↓'], 'the lane above, the lane below'],
      [['Home', 'End'], 'the first item, the last item of the lane'],
      [['Enter'], 'select the item'],
      [['+', '−', '0'], 'closer, farther, all of it'],
      [['Page Up', 'Page Down'], 'earlier, later'],
      [['Z'], 'show the item in full'],
      [['G'], 'fold or unfold idle times'],
      [['Esc'], 'select nothing'],
    ],
  },
  {
    title: 'Among its threads',
    keys: [
      [['↑', '↓'], 'the thread above, the thread below'],
      [['→', '←'], 'unfold, fold'],
      [['Enter'], 'select the thread'],
    ],
  },
];
