import type { GuardianLayout } from './shapes.ts';

/** A thread of the arranged trees. `parent` is null for a root. */
export interface OutlineThread {
  readonly thread: number;
  readonly parent: number | null;
  readonly guardian: boolean;
  readonly matches: boolean;
}
export interface Arranged {
  readonly nodes: number[];
  readonly depths: number[];
  readonly unmatched: ReadonlySet<number>;
}

/** Returns the node of the guardian threads of a reviewed thread, or of those without one (`shapes.ts`). */
export const groupOf = (reviewed: number | null): number => (reviewed === null ? -1 : -2 - reviewed);

/** Returns the threads that are shown: those that match, and their ancestors. */
function shownOf(threads: readonly OutlineThread[]): ReadonlySet<number> {
  const parents = new Map(threads.map(({ thread, parent }) => [thread, parent]));
  const shown = new Set<number>();
  for (const { thread, matches } of threads) {
    for (
      let at: number | null | undefined = matches ? thread : null;
      at !== null && at !== undefined && !shown.has(at);
      at = parents.get(at)
    )
      shown.add(at);
  }
  return shown;
}

/**
 * Returns whole trees as they are shown, from their threads in the order of siblings: each thread before its
 * descendants, and guardian threads in groups where they are folded. A group takes the place of its first member.
 * Linear in the number of threads, and without recursion.
 */
export function arrange(threads: readonly OutlineThread[], guardians: GuardianLayout): Arranged {
  const shown = shownOf(threads);
  const top: number[] = [];
  const children = new Map<number, number[]>();
  const childrenOf = (node: number): number[] => {
    const known = children.get(node) ?? [];
    if (known.length === 0) children.set(node, known);
    return known;
  };
  const unmatched = new Set<number>();
  for (const { thread, parent, guardian, matches } of threads) {
    if (!shown.has(thread)) continue;
    if (!matches) unmatched.add(thread);
    const beside = parent === null ? top : childrenOf(parent);
    const group = groupOf(parent);
    if (!guardian || guardians === 'shown') beside.push(thread);
    else if (childrenOf(group).push(thread) === 1) beside.push(group);
  }
  const nodes: number[] = [];
  const depths: number[] = [];
  const open = [{ beside: top, next: 0 }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const node = level.beside[level.next++];
    if (node === undefined) {
      open.pop();
      continue;
    }
    depths.push(open.length - 1);
    nodes.push(node);
    const below = children.get(node);
    if (below !== undefined) open.push({ beside: below, next: 0 });
  }
  return { nodes, depths, unmatched };
}
