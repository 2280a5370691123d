import type { KeyGroup } from '@/components/ui/key-help';

/** The keys in the run of a thread, in words. */
export const runKeyGroups: readonly KeyGroup[] = [
  {
    title: 'Timeline',
    keys: [
      [['←', '→'], 'Previous, next item'],
      [['↑', '↓'], 'Lane above, below'],
      [['Home', 'End'], 'First, last item of the lane'],
      [['Enter'], 'Select the item'],
      [['+', '−', '0'], 'Zoom in, zoom out, zoom to fit'],
      [['Page Up', 'Page Down'], 'Pan earlier, later'],
      [['Z'], 'Show the item in full'],
      [['G'], 'Collapse or expand idle time'],
      [['Esc'], 'Clear the selection'],
    ],
  },
  {
    title: 'Threads in the timeline',
    keys: [
      [['↑', '↓'], 'Thread above, below'],
      [['→', '←'], 'Expand, collapse'],
      [['Enter'], 'Select the thread'],
    ],
  },
];
