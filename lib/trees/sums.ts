import { threadFigures } from '../store/derived-tables.ts';

/**
 * Guardian threads' turns and tokens are counted separately, never in those of the threads above them (`semantics.md`,
 * "Threads and trees").
 */
const leavesGuardianOut = (figure: string): boolean => /^turns|_tokens$/.test(figure) && figure !== 'guardian_tokens';

/** Rows may leave the engine as whole numbers of any size. */
const bigintOf = (value: unknown): bigint =>
  typeof value === 'bigint' ? value : typeof value === 'number' ? BigInt(value) : 0n;

/** Returns for each thread the place of its parent in the list, from depths in pre-order; -1 for a root. */
function parentsOf(depths: readonly unknown[]): Int32Array {
  const parents = new Int32Array(depths.length);
  const open: number[] = [];
  depths.forEach((depth, at) => {
    open.length = Number(depth);
    parents[at] = open.at(-1) ?? -1;
    open.push(at);
  });
  return parents;
}

/**
 * Returns for each thread the sum of its own figure and all below it. Linear: adds every thread to its parent once,
 * from last to first.
 */
function summed(own: readonly unknown[], parents: Int32Array, counts: (at: number) => boolean): bigint[] {
  const sums = own.map(bigintOf);
  const below = new Array<bigint>(own.length).fill(0n);
  for (let at = own.length - 1; at >= 0; at--) {
    const alone = sums[at] ?? 0n;
    const rest = below[at] ?? 0n;
    sums[at] = alone + rest;
    const parent = parents[at] ?? -1;
    if (parent >= 0) below[parent] = (below[parent] ?? 0n) + rest + (counts(at) ? alone : 0n);
  }
  return sums;
}

/**
 * Returns the columns `subtree_…` of threads in pre-order, tree after tree, from columns of their own figures, their
 * `depth` and their `kind`. A guardian thread's own figures count in its own subtree and, if they are counted
 * separately, in no other.
 */
export function subtreeSums(own: Readonly<Record<string, readonly unknown[]>>): ReadonlyMap<string, readonly bigint[]> {
  const parents = parentsOf(own.depth ?? []);
  const guardian = (own.kind ?? []).map((kind) => kind === 'guardian');
  return new Map(
    threadFigures.map((figure) => [
      `subtree_${figure}`,
      summed(own[figure] ?? [], parents, leavesGuardianOut(figure) ? (at) => guardian[at] !== true : () => true),
    ]),
  );
}
