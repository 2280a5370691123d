'use client';

import { useEffect, useState } from 'react';
import { treeOf, type Tree } from './tree';

interface Read { readonly address: string; readonly tree: Tree }

/**
 * The outline at this address, read again when the logs have changed: when the page says another `edition`, or when `changed` is called. Until it is there,
 * the tree is null.
 */
export function useOutline(address: string, edition: string) {
  const [read, setRead] = useState<Read | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    void (async () => {
      const [{ get }, { OutlineAnswer }] = await Promise.all([import('@/components/api'), import('@/lib/queries/outline/shapes.ts')]);
      const answer = await get(OutlineAnswer, address);
      if (!wanted) return;
      if (answer.ok) setRead({ address, tree: treeOf(answer.value) });
      setFailure(answer.ok ? null : answer.error.message);
    })();
    return () => { wanted = false; };
  }, [address, edition, attempt]);
  return {
    tree: read?.address === address ? read.tree : null,
    failure,
    again: (): void => setAttempt((count) => count + 1),
  };
}
