import { ancestorsOf, hasChildren, outlineOf, shownNodes, type Folding, type Outline } from '../outline/outline.ts';
import type { OutlinePage, Slice } from '@/lib/queries/outline/shapes.ts';

/**
 * The known part of an outline: its size, and the trees that have been read, by the number of top nodes before each.
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
 * Returns the outline with one more page. Null when logs came in meanwhile, so that the two do not fit together: the
 * size differs, or a tree stands at another place.
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

/** Returns the outline with a further part of the tree at a place. Null when it does not fit to the known part. */
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
 * The known part of an outline, one tree after the other. Arrays have one item for each node; `nodes` has its number
 * (`OutlinePage`), and `indices` its index.
 */
export interface Tree {
  readonly pages: Pages;
  readonly outline: Outline;
  readonly nodes: Int32Array;
  readonly indices: ReadonlyMap<number, number>;
  readonly unmatched: ReadonlySet<number>;
  /** The place among its siblings, from 1, and their number. */
  readonly places: Uint32Array;
  readonly siblings: Uint32Array;
  /** The places of the known trees, in order. */
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
  // The number of children that each node has had so far.
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
 * The unfolded nodes: all threads above the depth `unfoldedTo`, except the `turned` ones. Below that depth, and of
 * nodes of guardian threads, only `turned` ones are unfolded. Nodes keep their numbers, so this stays valid when the
 * tree is sorted again, when logs come in, and for parts that have not been read yet.
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
 * Returns the folding with these nodes unfolded (or folded), and all others unchanged. Unknown parts of the outline are
 * left out.
 */
export function turn(tree: Tree, folding: KeptFolding, nodes: Iterable<number>, unfolded: boolean): KeptFolding {
  const turned = new Set(folding.turned);
  for (const node of nodes) {
    const index = tree.indices.get(node);
    if (index !== undefined && isUnfolded(tree, folding, index) !== unfolded && !turned.delete(node)) turned.add(node);
  }
  return { ...folding, turned };
}

/** Returns the folding that makes these nodes visible. */
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

/** A visible row of the tree, with or without its figures. */
export interface Line {
  readonly node: number;
  readonly depth: number;
  readonly expandable: boolean;
  readonly unfolded: boolean;
  readonly place: number;
  readonly siblings: number;
  readonly matches: boolean;
}
/** The node that a tree goes to: shown in the middle, with or without the focus. A new object each time. */
export interface Goal {
  readonly node: number;
  readonly focus: boolean;
}

/** The part to read for a row: the trees at a place, or, with `root`, the rest of the tree there after `from` nodes. */
export interface Missing {
  readonly place: number;
  readonly root: number | null;
  readonly from: number;
}

/**
 * The rows that no folded one hides, from 0, and their relations. A tree that has not been read is one row, and so is
 * the unread rest of a tree.
 */
export interface Lines {
  readonly count: number;
  /** Returns null for a row that has not been read yet. The same row is the same object. */
  at(index: number): Line | null;
  missing(index: number): Missing | null;
  /** Returns the row of a node; −1 when it is not visible. */
  find(node: number): number;
  /** Returns the row where the tree at a place begins. */
  findPlace(place: number): number;
  /** Returns the ancestors of a row, from the root down. */
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
