import type { GuardianLayout, Layout } from './shapes.ts';

/** What an item of `Forest.nodes` is made of: `depth × 8` plus these, where they hold. `chosen` is said of every thread of a tree. */
export const nodeFlags = { guardian: 1, matches: 2, chosen: 4 } as const;
const depthStep = 8;
export const nodeExpression = (depth: string, flags: Readonly<Record<keyof typeof nodeFlags, string>>): string =>
  `${depth} * ${depthStep} + ${nodeFlags.guardian} * (${flags.guardian})::INTEGER + ${nodeFlags.matches} * (${flags.matches})::INTEGER + ${nodeFlags.chosen} * (${flags.chosen})::INTEGER`;

/** All threads in pre-order, by position, and their positions in the order that siblings are to have. */
export interface Forest { readonly nodes: readonly number[]; readonly order: readonly number[] }
export interface Arranged { readonly threads: number; readonly trees: number; readonly depths: number[]; readonly positions: number[]; readonly unmatched: number[] }

const none = -1;

/** The positions of parents, from depths in pre-order. */
function parentsOf(nodes: readonly number[]): Int32Array {
  const parents = new Int32Array(nodes.length).fill(none);
  const open: number[] = [];
  nodes.forEach((node, position) => {
    const depth = Math.floor(node / depthStep);
    open.length = depth;
    parents[position] = open.at(-1) ?? none;
    open.push(position);
  });
  return parents;
}

/** Which threads are listed: of the chosen trees, what matches, and in the nested layout its ancestors. */
function listedOf({ nodes }: Forest, parents: Int32Array, layout: Layout): Uint8Array {
  const listed = new Uint8Array(nodes.length);
  const wanted = nodeFlags.matches | nodeFlags.chosen;
  // Backwards, so that a thread knows of what is below it before its parent is asked.
  for (let position = nodes.length - 1; position >= 0; position--) {
    if (((nodes[position] ?? 0) & wanted) === wanted) listed[position] = 1;
    const parent = parents[position] ?? none;
    if (layout === 'nested' && parent !== none && listed[position] === 1) listed[parent] = 1;
  }
  return listed;
}

/** Children as chains: of each node its first child, and the sibling after it. Node `i` is the thread at `i`; further nodes are groups; the last one stands above the roots. */
interface Chains { readonly first: Int32Array; readonly next: Int32Array; readonly top: number }

/**
 * Chains the listed threads below their parents, in their order. The group of the guardians of the thread at `p` is node `count + 1 + p`, of those
 * without a reviewed thread node `count`; it stands where the first of its members would.
 */
function chain({ nodes, order }: Forest, parents: Int32Array, listed: Uint8Array, layout: Layout, guardians: GuardianLayout): Chains {
  const count = nodes.length;
  const top = 2 * count + 1;
  const chains = { first: new Int32Array(top + 1).fill(none), next: new Int32Array(top + 1).fill(none), top };
  const groupOf = (position: number): number =>
    (guardians === 'folded' && ((nodes[position] ?? 0) & nodeFlags.guardian) !== 0 ? count + 1 + (parents[position] ?? none) : none);
  const leads = new Uint8Array(count);
  const seen = new Uint8Array(top);
  for (const position of order) {
    const group = listed[position] === 1 ? groupOf(position) : none;
    if (group !== none && seen[group] === 0) seen[group] = leads[position] = 1;
  }
  const prepend = (parent: number, node: number): void => {
    chains.next[node] = chains.first[parent] ?? none;
    chains.first[parent] = node;
  };
  for (const position of order.toReversed()) {
    if (listed[position] !== 1) continue;
    const parent = layout === 'flat' ? none : parents[position] ?? none;
    const above = parent === none ? top : parent;
    const group = groupOf(position);
    prepend(group === none ? above : group, position);
    if (leads[position] === 1) prepend(above, group);
  }
  return chains;
}

/**
 * The forest as it is shown: siblings in the given order, guardian threads in groups where they are folded, and only what is listed. Linear in the number
 * of threads, and without recursion.
 */
export function arrange(forest: Forest, { layout, guardians }: { readonly layout: Layout; readonly guardians: GuardianLayout }): Arranged {
  const { nodes } = forest;
  const parents = parentsOf(nodes);
  const listed = listedOf(forest, parents, layout);
  const { first, next, top } = chain(forest, parents, listed, layout, guardians);
  const depths: number[] = [];
  const positions: number[] = [];
  const unmatched: number[] = [];
  const open: number[] = [];
  for (let node = first[top] ?? none; node !== none;) {
    const isThread = node < nodes.length;
    if (isThread && ((nodes[node] ?? 0) & nodeFlags.matches) === 0) unmatched.push(positions.length);
    depths.push(open.length);
    positions.push(isThread ? node : nodes.length - 1 - node);
    const child = first[node] ?? none;
    if (child !== none) {
      open.push(node);
      node = child;
      continue;
    }
    let after: number | undefined = node;
    while (after !== undefined && next[after] === none) after = open.pop();
    node = after === undefined ? none : next[after] ?? none;
  }
  return { ...sizes(parents, listed), depths, positions, unmatched };
}

/** How many threads are listed, and in how many trees. */
function sizes(parents: Int32Array, listed: Uint8Array): { readonly threads: number; readonly trees: number } {
  let threads = 0;
  let trees = 0;
  let treeCounts = false;
  listed.forEach((is, position) => {
    if (parents[position] === none) treeCounts = true;
    if (is === 0) return;
    threads++;
    if (treeCounts) trees++;
    treeCounts = false;
  });
  return { threads, trees };
}
