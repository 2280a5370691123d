'use client';

import { useMemo, useState } from 'react';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlinePage } from '@/lib/queries/outline/shapes.ts';
import { reveal, type Goal, type KeptFolding, type Tree } from './tree';
import { useFound } from './use-found';

/** The matches and their call, and the tree in which they were last looked for. */
interface Seen {
  readonly asked: string;
  readonly tree: Tree;
  readonly threads: readonly number[];
}

/**
 * Returns the matches of a text in the tree, and the shown one: `current`, at `place` among the matches. It unfolds
 * nodes that hide that one, and folds them again when the search ends.
 */
export function useSearch({
  start,
  query,
  text,
  tree,
  folding,
  onFolding,
  onGoal,
}: {
  readonly start: OutlinePage;
  readonly query: UrlParameters;
  readonly text: string;
  readonly tree: Tree;
  readonly folding: KeptFolding;
  readonly onFolding: (folding: KeptFolding) => void;
  readonly onGoal: (goal: Goal | null) => void;
}) {
  const { asked, found, failure } = useFound({ start, query, text });
  // Ancestors of matches unfold as they are read; `before` is the folding without that.
  const [before, setBefore] = useState<KeptFolding | null>(null);
  const [seen, setSeen] = useState<Seen | null>(null);
  const [place, setPlace] = useState(0);
  const current = seen?.threads[place] ?? null;
  if (asked === null && seen !== null) {
    setSeen(null);
    onFolding(reveal(tree, before ?? folding, current === null ? [] : [current]));
    setBefore(null);
  } else if (asked !== null && found !== null && (seen?.threads !== found.threads || seen.tree !== tree)) {
    const again = seen?.asked === asked;
    const isNew = (node: number): boolean => !again || !seen.tree.indices.has(node);
    const base = again ? folding : (before ?? folding);
    const [first = null] = found.threads;
    setSeen({ asked, tree, threads: found.threads });
    onFolding(
      reveal(
        tree,
        base,
        found.threads.filter((node) => tree.indices.has(node) && isNew(node)),
      ),
    );
    if (again) {
      if (seen.threads !== found.threads) setPlace(Math.max(0, current === null ? 0 : found.threads.indexOf(current)));
    } else {
      setBefore(base);
      setPlace(0);
      onGoal(first === null ? null : { node: first, focus: false });
    }
  }
  const marked = useMemo(() => new Set(seen?.threads), [seen?.threads]);

  const show = (index: number, focus: boolean): void => {
    const count = seen?.threads.length ?? 0;
    const next = (index + count) % count;
    const node = seen?.threads[next];
    if (node === undefined) return;
    setPlace(next);
    onFolding(reveal(tree, folding, [node]));
    onGoal({ node, focus });
  };
  return {
    counts: seen === null || found === null ? null : { total: found.total, shown: found.threads.length },
    failure,
    marked,
    place,
    current,
    show,
  };
}
