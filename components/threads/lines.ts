import { shownNodes } from '../outline/outline.ts';
import { foldingIn, indexOf, lineage, lineOf, type KeptFolding, type Line, type Tree, type TreeStart } from './tree.ts';

/** The rows that no folded one hides, from 0, and how they stand to each other. */
export interface Lines {
  readonly count: number;
  /** Null for a row of which the server has not told anything yet. The same row is the same object. */
  at(index: number): Line | null;
  /** Where the thread or group of this position stands; −1 when it is not in view. */
  find(position: number): number;
  /** The positions of the ancestors of a row, from the root down. */
  above(index: number): readonly number[];
}

/** What is shown of a tree in this folding; as long as there is no tree, what the server sent along. */
export function linesOf(tree: Tree | null, folding: KeptFolding, start: TreeStart): Lines {
  if (tree === null) {
    return {
      count: start.count, at: (index) => start.lines[index] ?? null, find: (position) => start.lines.findIndex((line) => line.position === position), above: () => [],
    };
  }
  const inNodes = foldingIn(tree, folding);
  const shown = shownNodes(tree.outline, inNodes);
  const made = new Map<number, Line>();
  return {
    count: shown.length,
    at(index) {
      const node = shown[index];
      if (node === undefined) return null;
      const line = made.get(index) ?? lineOf(tree, inNodes, node);
      made.set(index, line);
      return line;
    },
    find(position) {
      const node = tree.nodes.get(position);
      return node === undefined ? -1 : indexOf(shown, node);
    },
    above(index) {
      const node = shown[index];
      return node === undefined ? [] : lineage(tree, node).map((each) => tree.positions[each] ?? 0);
    },
  };
}
