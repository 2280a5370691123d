import type { KeyboardEvent } from 'react';
import type { TreeLine } from './branches';

export interface TreeMoves {
  readonly focus: (index: number) => void;
  readonly fold: (threadId: string) => void;
  readonly unfold: (threadId: string) => void;
  readonly enter: (line: TreeLine) => void;
}

/** The keys of a tree grid whose rows are focused (ARIA Authoring Practices): arrows, Home, End and Enter. Keys inside of a row's own links are left to them. */
export function moveInTree(event: KeyboardEvent, lines: readonly TreeLine[], index: number, { focus, fold, unfold, enter }: TreeMoves): void {
  const line = lines[index];
  if (!line || event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
  const hasChildren = line.kind === 'thread' && line.thread.childCount > 0;
  const parent = (): number => lines.findLastIndex((other, at) => at < index && other.level < line.level);
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => focus(Math.min(index + 1, lines.length - 1)),
    ArrowUp: () => focus(Math.max(index - 1, 0)),
    Home: () => focus(0),
    End: () => focus(lines.length - 1),
    ArrowRight: () => {
      if (!hasChildren) return;
      if (line.open) focus(index + 1);
      else unfold(line.thread.threadId);
    },
    ArrowLeft: () => {
      if (hasChildren && line.open) fold(line.thread.threadId);
      else if (line.level > 1) focus(parent());
    },
    Enter: () => enter(line),
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  move();
}
