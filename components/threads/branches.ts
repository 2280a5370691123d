import type { ThreadRow } from '@/lib/queries/shapes.ts';

/** What has been read below a thread that was unfolded. */
export interface Branch {
  readonly open: boolean;
  readonly children: readonly ThreadRow[];
  readonly nextCursor: string | null;
  readonly state: { readonly kind: 'ready' | 'loading' } | { readonly kind: 'failed'; readonly message: string };
}
export type Branches = ReadonlyMap<string, Branch>;

/** A line of the tree table: a thread, or what stands in place of children that are not there yet. */
export type TreeLine =
  | { readonly kind: 'thread'; readonly key: string; readonly level: number; readonly thread: ThreadRow; readonly open: boolean }
  | { readonly kind: 'more' | 'loading'; readonly key: string; readonly level: number; readonly parent: ThreadRow; readonly shown: number }
  | { readonly kind: 'failed'; readonly key: string; readonly level: number; readonly parent: ThreadRow; readonly message: string };

/** The lines in view, in pre-order. Linear in their number and without recursion, as trees may be thousands deep. */
export function treeLines(roots: readonly ThreadRow[], branches: Branches): TreeLine[] {
  const lines: TreeLine[] = [];
  const pending: TreeLine[] = [];
  const push = (threads: readonly ThreadRow[], level: number): void => {
    for (const thread of threads.toReversed()) pending.push({ kind: 'thread', key: thread.threadId, level, thread, open: branches.get(thread.threadId)?.open ?? false });
  };
  push(roots, 1);
  for (let line = pending.pop(); line; line = pending.pop()) {
    lines.push(line);
    const branch = line.kind === 'thread' && line.open ? branches.get(line.thread.threadId) : undefined;
    if (line.kind !== 'thread' || !branch) continue;
    const after = { level: line.level + 1, parent: line.thread };
    const { state, children } = branch;
    if (state.kind === 'failed') pending.push({ kind: 'failed', key: `${line.key} failed`, message: state.message, ...after });
    else if (state.kind === 'loading') pending.push({ kind: 'loading', key: `${line.key} loading`, shown: children.length, ...after });
    else if (branch.nextCursor !== null) pending.push({ kind: 'more', key: `${line.key} more`, shown: children.length, ...after });
    push(children, line.level + 1);
  }
  return lines;
}
