'use client';

import { useEffect, useState } from 'react';
import { ask } from '@/components/ask';
import { address } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { Found, OutlinePage } from '@/lib/queries/outline/shapes.ts';

/** The wait for more typing. */
const pauseMs = 150;

/**
 * Searches the outline of `query` for a text, and searches again for another `start`; null without a search or before
 * the answer. `asked` is the search that it answers.
 */
export function useFound({
  start,
  query,
  text,
}: {
  readonly start: OutlinePage;
  readonly query: UrlParameters;
  readonly text: string;
}) {
  const asked = text === '' && query.trees?.length === 0 ? null : address('/api/outline/found', query, { text });
  const [answer, setAnswer] = useState<{ readonly asked: string; readonly found: Found } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (asked === null) return undefined;
    let wanted = true;
    const timer = setTimeout(() => {
      void (async () => {
        const read = await ask(async () => (await import('@/lib/queries/outline/shapes.ts')).Found, asked);
        if (!wanted) return;
        setFailure(read.ok ? null : read.error.message);
        if (read.ok) setAnswer({ asked, found: read.value });
      })();
    }, pauseMs);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [asked, start]);
  return {
    asked,
    found: asked !== null && answer?.asked === asked ? answer.found : null,
    failure: asked === null ? null : failure,
  };
}
