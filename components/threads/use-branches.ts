'use client';

import { useState } from 'react';
import { address } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import type { Branch, Branches } from './branches';

/** Children are read in pages of this size. */
const pageSize = '100';

/** What is unfolded below `roots`, and how to unfold more. It begins anew when the roots are read again. */
export function useBranches(roots: readonly ThreadRow[], kept: UrlParameters) {
  const [branches, setBranches] = useState<Branches>(new Map());
  const [seen, setSeen] = useState(roots);
  if (seen !== roots) {
    setSeen(roots);
    setBranches(new Map());
  }
  const set = (threadId: string, change: (branch: Branch | undefined) => Branch): void =>
    setBranches((current) => new Map(current).set(threadId, change(current.get(threadId))));

  const read = async (threadId: string, known: Branch | undefined): Promise<void> => {
    const children = known?.children ?? [];
    set(threadId, () => ({ open: true, children, nextCursor: known?.nextCursor ?? null, state: { kind: 'loading' } }));
    const [{ get }, { ThreadPage }] = await Promise.all([import('@/components/api'), import('./thread-page')]);
    const answer = await get(ThreadPage, address('/api/threads', kept, { parentThreadId: threadId, limit: pageSize, cursor: known?.nextCursor ?? undefined }));
    set(threadId, (branch) => {
      const open = branch?.open ?? true;
      return answer.ok
        ? { open, children: [...children, ...answer.value.threads], nextCursor: answer.value.nextCursor, state: { kind: 'ready' } }
        : { open, children, nextCursor: known?.nextCursor ?? null, state: { kind: 'failed', message: answer.error.message } };
    });
  };
  return {
    branches,
    fold: (threadId: string): void => set(threadId, (branch) => ({ children: [], nextCursor: null, state: { kind: 'ready' }, ...branch, open: false })),
    unfold: (threadId: string): void => {
      const known = branches.get(threadId);
      if (known && known.state.kind !== 'failed') set(threadId, () => ({ ...known, open: true }));
      else void read(threadId, known);
    },
    /** The next children of a thread that has more than are shown. */
    more: (threadId: string): void => { void read(threadId, branches.get(threadId)); },
  };
}
