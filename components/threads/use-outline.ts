'use client';

import { useEffect, useState } from 'react';
import { treeOf, type Tree } from './tree';

/**
 * The outline at this address, read again when the logs have changed: when the page says another `edition`, or when `changed` is called. Before the first one
 * is there the tree is null; until another one is, it is the one before.
 */
export function useOutline(address: string, edition: string) {
  const [tree, setTree] = useState<Tree | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    void (async () => {
      const [{ get }, { OutlineAnswer }] = await Promise.all([import('@/components/api'), import('@/lib/queries/outline/shapes.ts')]);
      const answer = await get(OutlineAnswer, address);
      if (!wanted) return;
      if (answer.ok) setTree(treeOf(answer.value));
      setFailure(answer.ok ? null : answer.error.message);
    })();
    return () => { wanted = false; };
  }, [address, edition, attempt]);
  return {
    tree,
    failure,
    again: (): void => setAttempt((count) => count + 1),
  };
}
