'use client';

import { useEffect, useRef, useState, type RefObject } from 'react';
import { address as addressOf } from '@/components/links';
import { movedTo, treeOf, type Tree } from './tree';

/** An outline, and where the rows that were folded or unfolded by hand stand in it: by their positions in the one before. */
interface Known { readonly tree: Tree; readonly moved: ReadonlyMap<number, number> }

/**
 * The outline at this address, read again when the logs have changed: when the page says another `edition`, or when `again` is called. Before the first one
 * is there the tree is null; until another one is, it is the one before. `turned` says which rows are to be found again, as thread ids by position.
 */
export function useOutline(address: string, edition: string, turned: RefObject<() => ReadonlyMap<number, string>>) {
  const [known, setKnown] = useState<Known | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const before = useRef<string | null>(null);
  useEffect(() => {
    let wanted = true;
    void (async () => {
      const [{ get }, { OutlineAnswer, Places, mostPlaces }] = await Promise.all([import('@/components/api'), import('@/lib/queries/outline/shapes.ts')]);
      const answer = await get(OutlineAnswer, address);
      const moved = new Map<number, number>();
      if (answer.ok && before.current !== null && before.current !== answer.value.edition) {
        const ids = [...turned.current()];
        for (let from = 0; wanted && from < ids.length; from += mostPlaces) {
          const asked = ids.slice(from, from + mostPlaces);
          const places = await get(Places, addressOf('/api/outline/places', { threadId: [...new Set(asked.map(([, id]) => id))] }));
          if (!places.ok || places.value.edition !== answer.value.edition) break;
          const now = new Map(places.value.threads.map(({ threadId, position }) => [threadId, position]));
          for (const [position, id] of asked) {
            const place = now.get(id);
            if (place !== undefined) moved.set(position, movedTo(position, place));
          }
        }
      }
      if (!wanted) return;
      if (answer.ok) {
        before.current = answer.value.edition;
        setKnown({ tree: treeOf(answer.value), moved });
      }
      setFailure(answer.ok ? null : answer.error.message);
    })();
    return () => { wanted = false; };
  }, [address, edition, attempt, turned]);
  return { tree: known?.tree ?? null, moved: known?.moved ?? none, failure, again: (): void => setAttempt((count) => count + 1) };
}
const none: ReadonlyMap<number, number> = new Map();
