'use client';

import { useEffect, useMemo, useState } from 'react';
import { address } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Found, TreeOutcome } from '@/lib/queries/outline/shapes.ts';
import type { Tree } from './tree';

/** Whoever types is given this long to go on. */
const pauseMs = 150;

/** What is found in the tree: its nodes in the order in which they are shown; null as long as nothing is searched for or it is not known yet. */
export function useFound({ tree, kept, trees, text }: { readonly tree: Tree | null; readonly kept: UrlParameters; readonly trees: readonly TreeOutcome[]; readonly text: string }) {
  const asked = text === '' && trees.length === 0 ? null : address('/api/outline/found', kept, { text, trees });
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly found: Found } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const edition = tree?.edition;
  useEffect(() => {
    if (asked === null || edition === undefined) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void (async () => {
        const [{ get }, { Found: Answer }] = await Promise.all([import('@/components/api'), import('@/lib/queries/outline/shapes.ts')]);
        const read = await get(Answer, asked);
        if (!wanted) return;
        setFailure(read.ok ? null : read.error.message);
        if (read.ok) setAnswer({ asked, found: read.value });
      })();
    }, pauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked, edition]);
  const positions = answer?.asked === asked && answer.found.edition === edition ? answer.found.positions : null;
  const nodes = useMemo(() => (tree === null || positions === null
    ? null
    : positions.map((position) => tree.nodes.get(position)).filter((node) => node !== undefined).sort((one, other) => one - other)), [tree, positions]);
  return { nodes, failure: asked === null ? null : failure };
}
