'use client';

import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { ask } from '@/components/ask';
import { address } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlinePage } from '@/lib/queries/outline/shapes.ts';
import { holds, pagesOf, treeOf, withPage, withPart, type Goal, type Missing, type Pages } from './tree';

/** The number of top nodes in one request: those before and after the visible ones. */
const pageSize = 200;

interface Known {
  readonly start: OutlinePage;
  readonly view: string;
  readonly pages: Pages;
  readonly stale: boolean;
}
/**
 * The part that must still be there when the outline is read again: the very top, and nodes, the one at the user's eye
 * first.
 */
export interface InView {
  readonly top: boolean;
  readonly nodes: readonly number[];
}

/**
 * Returns the known part of the outline of a `view`. It begins with the page that came along (`start`) or with the
 * outline that was `left`. It reads what is `missing` on screen, and the tree of the `wanted` node, one call after the
 * other. Another `start` means that logs have come in: then the visible part is read again, and replaces all that was
 * known in one step.
 */
export function usePages({
  start,
  view,
  query,
  left,
  missing,
  wanted,
  inView,
}: {
  readonly start: OutlinePage;
  readonly view: string;
  readonly query: UrlParameters;
  readonly left: Pages | null;
  readonly missing: Missing | null;
  readonly wanted: Goal | null;
  readonly inView: RefObject<() => InView>;
}) {
  const [known, setKnown] = useState<Known>({ start, view, pages: left ?? pagesOf(start), stale: left !== null });
  const [failure, setFailure] = useState<string | null>(null);
  const [sought, setSought] = useState<Goal | null>(null);
  const [, setAnswers] = useState(0);
  const busy = useRef(false);
  if (known.start !== start) {
    setKnown(
      known.view === view ? { ...known, start, stale: true } : { start, view, pages: pagesOf(start), stale: false },
    );
    setFailure(null);
  }
  const tree = useMemo(() => treeOf(known.pages), [known.pages]);
  const seeks = wanted !== null && sought !== wanted && !tree.indices.has(wanted.node);

  useEffect(() => {
    if (busy.current || failure !== null || !(known.stale || seeks || missing !== null)) return;
    busy.current = true;
    void (async () => {
      const read = async (part: UrlParameters): Promise<OutlinePage | null> => {
        const answer = await ask(
          async () => (await import('@/lib/queries/outline/shapes.ts')).OutlinePage,
          address('/api/outline', query, { limit: String(pageSize), ...part }),
        );
        if (!answer.ok) setFailure(answer.error.message);
        return answer.ok ? answer.value : null;
      };
      const readAnew = async (): Promise<Pages | null> => {
        const {
          top,
          nodes: [first, ...others],
        } = inView.current();
        const page = await read(top || first === undefined ? {} : { around: String(first) });
        let pages = page === null ? null : pagesOf(page);
        for (const node of top && first !== undefined ? [first, ...others] : others) {
          const more = pages === null || holds(pages, node) ? null : await read({ around: String(node) });
          if (pages !== null && more !== null) pages = withPage(pages, more) ?? pages;
        }
        return pages;
      };
      const readOn = async (): Promise<Pages | 'stale' | null> => {
        if (!seeks && missing !== null && missing.root !== null) {
          const part = await ask(
            async () => (await import('@/lib/queries/outline/shapes.ts')).Slice,
            address('/api/outline/tree', query, { root: String(missing.root), offset: String(missing.from) }),
          );
          if (!part.ok) setFailure(part.error.message);
          return part.ok ? (withPart(known.pages, missing.place, part.value) ?? 'stale') : null;
        }
        const page = await read(
          seeks
            ? { around: String(wanted?.node) }
            : { offset: String(Math.max(0, (missing?.place ?? 0) - pageSize / 2)) },
        );
        return page === null ? null : (withPage(known.pages, page) ?? 'stale');
      };
      const pages = known.stale ? await readAnew() : await readOn();
      if (!known.stale && seeks) setSought(wanted);
      // Answers for another view, or from before logs came in, are of no use.
      if (pages !== null)
        setKnown((current) =>
          current.start !== start
            ? current
            : pages === 'stale'
              ? { ...current, stale: true }
              : { ...current, pages, stale: false },
        );
      busy.current = false;
      setAnswers((count) => count + 1);
    })();
  });
  return { tree, failure, again: (): void => setFailure(null) };
}
