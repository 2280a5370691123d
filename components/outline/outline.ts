/**
 * A forest as flat lists in the order of display, each node before its descendants. Node `i` stands at `depths[i]`, its
 * parent is `parents[i]` (−1 for a root), and its subtree is `i` … `ends[i]`, both inclusive.
 */
export interface Outline {
  readonly depths: Uint32Array;
  readonly parents: Int32Array;
  readonly ends: Uint32Array;
}

/**
 * Returns the outline of nodes that are given by their depths alone. Linear, without recursion. A depth may be at most
 * one more than the one before it.
 */
export function outlineOf(depths: ArrayLike<number>): Outline {
  const outline = {
    depths: Uint32Array.from(depths),
    parents: new Int32Array(depths.length).fill(-1),
    ends: new Uint32Array(depths.length),
  };
  const open: number[] = [];
  const close = (depth: number, end: number): void => {
    for (let node = open.at(-1); node !== undefined && open.length > depth; node = open.at(-1)) {
      outline.ends[node] = end;
      open.pop();
    }
  };
  outline.depths.forEach((depth, node) => {
    close(depth, node - 1);
    outline.parents[node] = open.at(-1) ?? -1;
    open.push(node);
  });
  close(0, depths.length - 1);
  return outline;
}

/**
 * The unfolded nodes: all nodes above the depth `unfoldedTo`, except the `turned` ones. Below that depth, only `turned`
 * ones are unfolded.
 */
export interface Folding {
  readonly unfoldedTo: number;
  readonly turned: ReadonlySet<number>;
}
export const unfoldedTo = (depth: number): Folding => ({ unfoldedTo: depth, turned: new Set() });

export const hasChildren = ({ ends }: Outline, node: number): boolean => (ends[node] ?? node) > node;
export const isUnfolded = ({ depths }: Outline, { unfoldedTo, turned }: Folding, node: number): boolean =>
  (depths[node] ?? 0) < unfoldedTo !== turned.has(node);

/** Returns the folding with these nodes unfolded (or folded), and all others unchanged. */
export function withUnfolded(outline: Outline, folding: Folding, nodes: Iterable<number>, unfolded: boolean): Folding {
  const turned = new Set(folding.turned);
  for (const node of nodes) {
    if (isUnfolded(outline, folding, node) === unfolded) continue;
    if (!turned.delete(node)) turned.add(node);
  }
  return { ...folding, turned };
}

/** Returns all ancestors of these nodes. Each is visited once, however many stand below it. */
export function ancestorsOf({ parents }: Outline, nodes: Iterable<number>): Set<number> {
  const found = new Set<number>();
  for (const node of nodes) {
    for (let above = parents[node] ?? -1; above !== -1 && !found.has(above); above = parents[above] ?? -1)
      found.add(above);
  }
  return found;
}

/** Returns the nodes that no folded node hides, in their order. Linear in their number. */
export function shownNodes(outline: Outline, folding: Folding): Uint32Array {
  const shown = new Uint32Array(outline.depths.length);
  let count = 0;
  for (let node = 0; node < outline.depths.length;) {
    shown[count++] = node;
    node = isUnfolded(outline, folding, node) ? node + 1 : (outline.ends[node] ?? node) + 1;
  }
  return shown.slice(0, count);
}
