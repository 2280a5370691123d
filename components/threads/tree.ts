import { ancestorsOf, hasChildren, outlineOf, shownNodes, type Folding, type Outline } from '../outline/outline.ts';
import type { OutlinePage, Slice } from '@/lib/queries/outline/shapes.ts';

/**
 * What is known of an outline: its size, and the trees that have been read, by how many nodes at the top come before
 * each.
 */
export interface Pages {
  readonly threads: number;
  readonly trees: number;
  readonly deepest: number;
  readonly roots: number;
  readonly slices: ReadonlyMap<number, Slice>;
}

export const pagesOf = ({ from, slices, ...sizes }: OutlinePage): Pages => ({
  ...sizes,
  slices: new Map(slices.map((slice, index) => [from + index, slice])),
});

export const holds = ({ slices }: Pages, node: number): boolean =>
  [...slices.values()].some(({ nodes }) => nodes.includes(node));

/**
 * With one more page; null when logs came in between, so that the two do not fit together: the size differs, or a tree
 * stands at another place.
 */
export function withPage(pages: Pages, page: OutlinePage): Pages | null {
  if (pages.threads !== page.threads || pages.trees !== page.trees || pages.roots !== page.roots) return null;
  const places = new Map([...pages.slices].map(([place, { nodes }]) => [nodes[0], place]));
  const slices = new Map(pages.slices);
  for (const [place, slice] of pagesOf(page).slices) {
    const known = slices.get(place);
    if ((places.get(slice.nodes[0]) ?? place) !== place || (known !== undefined && known.nodes[0] !== slice.nodes[0]))
      return null;
    if (known === undefined || known.nodes.length < slice.nodes.length) slices.set(place, slice);
  }
  return { ...pages, slices };
}

/** With a further part of the tree at a place. Null when it does not fit to what is known of it. */
export function withPart(pages: Pages, place: number, part: Slice): Pages | null {
  const known = pages.slices.get(place);
  const threads = part.nodes.filter((node) => node >= 0).length;
  if (known === undefined || known.more !== threads + part.more || part.nodes.length === 0) return null;
  const merged = {
    nodes: [...known.nodes, ...part.nodes],
    depths: [...known.depths, ...part.depths],
    unmatched: [...known.unmatched, ...part.unmatched],
    more: part.more,
  };
  return { ...pages, slices: new Map(pages.slices).set(place, merged) };
}

/**
 * What is known of an outline, laid out one tree after the other. Arrays have one item a node; `nodes` says which it is
 * (`OutlinePage`), and `indices` where it is.
 */
export interface Tree {
  readonly pages: Pages;
  readonly outline: Outline;
  readonly nodes: Int32Array;
  readonly indices: ReadonlyMap<number, number>;
  readonly unmatched: ReadonlySet<number>;
  /** Which of how many siblings it is, from 1. */
  readonly places: Uint32Array;
  readonly siblings: Uint32Array;
  /** The places of the trees that are known, in order. */
  readonly tops: readonly number[];
}

/** Linear in the number of nodes. */
export function treeOf(pages: Pages): Tree {
  const tops = [...pages.slices.keys()].sort((one, other) => one - other);
  const slices = tops.map((top) => pages.slices.get(top)).filter((slice) => slice !== undefined);
  const outline = outlineOf(slices.flatMap(({ depths }) => depths));
  const nodes = Int32Array.from(slices.flatMap((slice) => slice.nodes));
  const places = new Uint32Array(nodes.length);
  const siblings = new Uint32Array(nodes.length);
  // How many children a node has had so far.
  const children = new Uint32Array(nodes.length);
  let top = 0;
  outline.parents.forEach((parent, index) => {
    places[index] = parent === -1 ? (tops[top++] ?? 0) + 1 : (children[parent] = (children[parent] ?? 0) + 1);
  });
  outline.parents.forEach((parent, index) => {
    siblings[index] = parent === -1 ? pages.roots : (children[parent] ?? 0);
  });
  const indices = new Map<number, number>();
  nodes.forEach((node, index) => indices.set(node, index));
  return {
    pages,
    outline,
    nodes,
    indices,
    unmatched: new Set(slices.flatMap(({ unmatched }) => unmatched)),
    places,
    siblings,
    tops,
  };
}

/**
 * What is unfolded: threads above the depth `unfoldedTo` are, and others are not, but for the `turned` ones, which are
 * the other way round; of nodes of guardian threads only `turned` ones are. Nodes keep their numbers, so it holds when
 * the tree is sorted anew, when logs come in, and for what has not been read yet.
 */
export interface KeptFolding {
  readonly unfoldedTo: number;
  readonly turned: ReadonlySet<number>;
}
export const nothingUnfolded: KeptFolding = { unfoldedTo: 0, turned: new Set() };
export const unfoldTo = (depth: number): KeptFolding => ({ unfoldedTo: depth, turned: new Set() });

function isUnfolded({ nodes, outline }: Tree, { unfoldedTo, turned }: KeptFolding, index: number): boolean {
  const node = nodes[index] ?? 0;
  return (node >= 0 && (outline.depths[index] ?? 0) < unfoldedTo) !== turned.has(node);
}

/**
 * The folding in which these nodes are unfolded (or folded), and all others are as they were. What is not known of the
 * outline is left out.
 */
export function turn(tree: Tree, folding: KeptFolding, nodes: Iterable<number>, unfolded: boolean): KeptFolding {
  const turned = new Set(folding.turned);
  for (const node of nodes) {
    const index = tree.indices.get(node);
    if (index !== undefined && isUnfolded(tree, folding, index) !== unfolded && !turned.delete(node)) turned.add(node);
  }
  return { ...folding, turned };
}

/** The folding in which these nodes are in view. */
export function reveal(tree: Tree, folding: KeptFolding, nodes: readonly number[]): KeptFolding {
  const above = ancestorsOf(
    tree.outline,
    nodes.map((node) => tree.indices.get(node)).filter((index) => index !== undefined),
  );
  return turn(
    tree,
    folding,
    [...above].map((index) => tree.nodes[index] ?? 0),
    true,
  );
}

/** A row of the tree that is in view, whether its figures are there yet or not. */
export interface Line {
  readonly node: number;
  readonly depth: number;
  readonly expandable: boolean;
  readonly unfolded: boolean;
  readonly place: number;
  readonly siblings: number;
  readonly matches: boolean;
}
/** What a tree is to show: a node, in the middle, with the focus or without it. Another object each time. */
export interface Goal {
  readonly node: number;
  readonly focus: boolean;
}

/**
 * What is to be read for a row: the trees at a place, or, with `root`, what follows after `from` nodes of the tree
 * there.
 */
export interface Missing {
  readonly place: number;
  readonly root: number | null;
  readonly from: number;
}

/**
 * The rows that no folded one hides, from 0, and how they stand to each other. A tree that has not been read is one
 * row, and so is the rest of one that was read in part.
 */
export interface Lines {
  readonly count: number;
  /** Null for a row that has not been read yet. The same row is the same object. */
  at(index: number): Line | null;
  missing(index: number): Missing | null;
  /** Where a node stands; −1 when it is not in view. */
  find(node: number): number;
  /** Where the tree at a place begins. */
  findPlace(place: number): number;
  /** The ancestors of a row, from the root down. */
  above(index: number): readonly number[];
}

export function linesOf(tree: Tree, folding: KeptFolding): Lines {
  const { pages, outline, nodes, indices, unmatched, places, siblings, tops } = tree;
  const turned = [...nodes.keys()].filter((index) => isUnfolded(tree, folding, index));
  const unfolded = { unfoldedTo: 0, turned: new Set(turned) } satisfies Folding;
  const shown = shownNodes(outline, unfolded);
  // A row is the index of a node, or below zero its place: −1 − 2 × place for a tree that has not been read, −2 − 2 ×
  // place for the rest of one.
  const rows: number[] = [];
  const rowOfPlace = new Int32Array(pages.roots);
  const rowOfIndex = new Int32Array(nodes.length).fill(-1);
  let next = 0;
  let known = 0;
  for (let place = 0; place < pages.roots; place++) {
    rowOfPlace[place] = rows.length;
    if (tops[known] !== place) {
      rows.push(-1 - 2 * place);
      continue;
    }
    known++;
    const root = shown[next] ?? 0;
    const end = outline.ends[root] ?? root;
    for (; next < shown.length && (shown[next] ?? 0) <= end; next++) {
      const index = shown[next] ?? 0;
      rowOfIndex[index] = rows.length;
      rows.push(index);
    }
    if ((pages.slices.get(place)?.more ?? 0) > 0 && unfolded.turned.has(root)) rows.push(-2 - 2 * place);
  }
  const made = new Map<number, Line>();
  return {
    count: rows.length,
    at(row) {
      const index = rows[row];
      if (index === undefined || index < 0) return null;
      const node = nodes[index] ?? 0;
      const depth = outline.depths[index] ?? 0;
      const rest = depth === 0 ? (pages.slices.get((places[index] ?? 1) - 1)?.more ?? 0) : 0;
      const line = made.get(row) ?? {
        node,
        depth,
        expandable: hasChildren(outline, index) || rest > 0,
        unfolded: unfolded.turned.has(index),
        place: places[index] ?? 0,
        siblings: siblings[index] ?? 0,
        matches: !unmatched.has(node),
      };
      made.set(row, line);
      return line;
    },
    missing(row) {
      const index = rows[row] ?? 0;
      if (index >= 0) return null;
      const place = Math.floor((-1 - index) / 2);
      const slice = index % 2 === 0 ? pages.slices.get(place) : undefined;
      return { place, root: slice?.nodes[0] ?? null, from: slice?.nodes.length ?? 0 };
    },
    find: (node) => rowOfIndex[indices.get(node) ?? -1] ?? -1,
    findPlace: (place) => rowOfPlace[place] ?? -1,
    above(row) {
      const index = rows[row];
      const above: number[] = [];
      if (index !== undefined && index >= 0)
        for (let at = outline.parents[index] ?? -1; at !== -1; at = outline.parents[at] ?? -1)
          above.push(nodes[at] ?? 0);
      return above.reverse();
    },
  };
}
