import { ancestorsOf, hasChildren, isUnfolded, outlineOf, shownNodes, unfoldedTo, withUnfolded, type Folding, type Outline } from '../outline/outline.ts';
import type { OutlineAnswer } from '@/lib/queries/outline/shapes.ts';

/** An outline as the tree works with it. Arrays have one item a node. */
export interface Tree {
  readonly edition: string;
  readonly outline: Outline;
  /** Which thread a node is (`OutlineAnswer`), and back. */
  readonly positions: Int32Array;
  readonly nodes: ReadonlyMap<number, number>;
  readonly unmatched: ReadonlySet<number>;
  /** Which of how many siblings a node is, from 1. */
  readonly places: Uint32Array;
  readonly siblings: Uint32Array;
  readonly deepest: number;
}

/** Linear in the number of nodes. */
export function treeOf({ edition, depths, positions, unmatched }: Pick<OutlineAnswer, 'edition' | 'depths' | 'positions' | 'unmatched'>): Tree {
  const outline = outlineOf(depths);
  const places = new Uint32Array(depths.length);
  const siblings = new Uint32Array(depths.length);
  // How many children a node has had so far; the last item counts the roots.
  const children = new Uint32Array(depths.length + 1);
  const above = (node: number): number => { const parent = outline.parents[node] ?? -1; return parent === -1 ? depths.length : parent; };
  for (let node = 0; node < depths.length; node++) places[node] = children[above(node)] = (children[above(node)] ?? 0) + 1;
  for (let node = 0; node < depths.length; node++) siblings[node] = children[above(node)] ?? 0;
  return {
    edition, outline, positions: Int32Array.from(positions), nodes: new Map(positions.map((position, node) => [position, node])), unmatched: new Set(unmatched), places, siblings,
    deepest: outline.depths.reduce((most, depth) => Math.max(most, depth), 0),
  };
}

/** A row of the tree that is in view, whether its figures are there yet or not. */
export interface Line {
  readonly position: number;
  readonly depth: number;
  readonly expandable: boolean;
  readonly unfolded: boolean;
  readonly place: number;
  readonly siblings: number;
  readonly matches: boolean;
}

export function lineOf(tree: Tree, folding: Folding, node: number): Line {
  const { outline, positions, places, siblings, unmatched } = tree;
  return {
    position: positions[node] ?? 0, depth: outline.depths[node] ?? 0, expandable: hasChildren(outline, node), unfolded: isUnfolded(outline, folding, node),
    place: places[node] ?? 0, siblings: siblings[node] ?? 0, matches: !unmatched.has(node),
  };
}

/** A folding that names threads by their positions, so that it holds when the tree is sorted anew. */
export interface KeptFolding { readonly unfoldedTo: number; readonly turned: ReadonlySet<number> }
export const nothingUnfolded: KeptFolding = { unfoldedTo: 0, turned: new Set() };

export function foldingIn({ nodes }: Tree, { unfoldedTo: depth, turned }: KeptFolding): Folding {
  const found = [...turned].map((position) => nodes.get(position)).filter((node) => node !== undefined);
  return { unfoldedTo: depth, turned: new Set(found) };
}
const keptOf = ({ positions }: Tree, { unfoldedTo: depth, turned }: Folding): KeptFolding =>
  ({ unfoldedTo: depth, turned: new Set([...turned].map((node) => positions[node] ?? 0)) });

export const turn = (tree: Tree, folding: KeptFolding, nodes: Iterable<number>, unfolded: boolean): KeptFolding =>
  keptOf(tree, withUnfolded(tree.outline, foldingIn(tree, folding), nodes, unfolded));

/** Where a node stands in another edition when its thread, or the thread that its guardians reviewed, is at `place` there. */
export const movedTo = (position: number, place: number): number => (position < 0 ? -2 - place : place);

/** The folding in another edition of the tree: by hand, what is known to be there is as it was, and everything else is as the depth asks. */
export function foldingMoved(tree: Tree, { unfoldedTo: depth, turned }: KeptFolding, moved: ReadonlyMap<number, number>): KeptFolding {
  // Those without a reviewed thread are one node, and always the same.
  const found = [...turned].map((position) => (position === -1 ? position : moved.get(position))).filter((position) => position !== undefined);
  return { unfoldedTo: depth, turned: new Set([...unfoldTo(tree, depth).turned, ...found]) };
}

/** Everything down to a depth is shown; guardian threads stay folded into their nodes, which can still be unfolded one by one. */
export const unfoldTo = ({ positions, outline }: Tree, depth: number): KeptFolding =>
  ({ ...unfoldedTo(depth), turned: new Set(positions.filter((position, node) => position < 0 && (outline.depths[node] ?? 0) < depth)) });

/** The folding in which these nodes are in view. */
export const reveal = (tree: Tree, folding: KeptFolding, nodes: Iterable<number>): KeptFolding => turn(tree, folding, ancestorsOf(tree.outline, nodes), true);

/** The ancestors of a node, from the root down to its parent. */
export function lineage({ outline: { parents } }: Tree, node: number): number[] {
  const above: number[] = [];
  for (let at = parents[node] ?? -1; at !== -1; at = parents[at] ?? -1) above.push(at);
  return above.reverse();
}

/** Where a node stands among those shown, which are in rising order; −1 when it is hidden. */
export function indexOf(shown: Uint32Array, node: number): number {
  let low = 0;
  let high = shown.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((shown[middle] ?? 0) < node) low = middle + 1;
    else high = middle;
  }
  return shown[low] === node ? low : -1;
}

/** What the server already knows of a tree whose nodes are all folded: the first rows, and how many there are. */
export interface TreeStart { readonly edition: string; readonly threads: number; readonly trees: number; readonly count: number; readonly lines: readonly Line[] }

export function startOf(answer: OutlineAnswer, most: number): TreeStart {
  const tree = treeOf(answer);
  const folding = unfoldedTo(0);
  const shown = shownNodes(tree.outline, folding);
  return { edition: answer.edition, threads: answer.threads, trees: answer.trees, count: shown.length, lines: Array.from(shown.subarray(0, most), (node) => lineOf(tree, folding, node)) };
}
