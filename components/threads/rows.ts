import type { GuardianThreads, OutlineRows } from '@/lib/queries/outline/shapes.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** What stands in a row of the tree: a thread, or the guardian threads of one reviewed thread. */
export type Row = { readonly kind: 'thread'; readonly thread: ThreadRow } | { readonly kind: 'guardians'; readonly guardians: GuardianThreads };
/** By position; null when there is nothing at it. */
export type Rows = ReadonlyMap<number, Row | null>;

export const rowsOf = ({ threads, guardians }: OutlineRows): Rows => new Map<number, Row>([
  ...threads.map(({ position, thread }) => [position, { kind: 'thread', thread }] as const),
  ...guardians.map((each) => [each.position, { kind: 'guardians', guardians: each }] as const),
]);

/** The thread that names a row: of guardian threads, the one that they reviewed. */
export const idOf = (row: Row | null | undefined): string | null => (row === null || row === undefined ? null : row.kind === 'thread' ? row.thread.threadId : row.guardians.reviewedThreadId);
