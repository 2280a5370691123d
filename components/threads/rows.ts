import type { GuardianThreads, OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** The content of a row of the tree: a thread, or the guardian threads of one reviewed thread. */
export type Row =
  | { readonly kind: 'thread'; readonly thread: ThreadRow }
  | { readonly kind: 'guardians'; readonly guardians: GuardianThreads };
/** By node; null when the node does not exist. */
export type Rows = ReadonlyMap<number, Row | null>;

export const rowsOf = ({ threads, guardians }: OutlineRows): Rows =>
  new Map<number, Row>([
    ...threads.map(({ node, thread }) => [node, { kind: 'thread', thread }] as const),
    ...guardians.map((each) => [each.node, { kind: 'guardians', guardians: each }] as const),
  ]);
