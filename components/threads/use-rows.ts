'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { address } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlineRows } from '@/lib/queries/outline/shapes.ts';
import { rowsOf, type Row, type Rows } from './rows';

/** Rows that are kept; the oldest go first. */
const mostKept = 4000;
/** At most so many are asked for at a time. */
const mostAsked = 200;

const none: Rows = new Map();

interface Known { readonly key: string; readonly rows: Rows }

/**
 * The rows of the nodes that are `wanted`, as far as they are there. Those that are missing are read, one call after the other: what has left the screen by
 * then is not asked for. `onChanged` is called when the rows are of other logs than `edition`.
 */
export function useRows({ kept, edition, start, wanted, onChanged }: {
  readonly kept: UrlParameters; readonly edition: string; readonly start: OutlineRows; readonly wanted: readonly number[]; readonly onChanged: () => void;
}) {
  const base = address('/api/outline/rows', kept);
  const key = `${edition} ${base}`;
  const [known, setKnown] = useState<Known>({ key, rows: new Map() });
  const [failure, setFailure] = useState<string | null>(null);
  const [, setAnswers] = useState(0);
  const busy = useRef(false);
  const started = useMemo(() => (start.edition === edition ? rowsOf(start) : none), [start, edition]);
  const read = known.key === key ? known.rows : none;
  const missing = wanted.filter((position) => !read.has(position) && !started.has(position)).slice(0, mostAsked);

  useEffect(() => {
    if (busy.current || missing.length === 0 || failure !== null) return;
    busy.current = true;
    void (async () => {
      const [{ get }, { OutlineRows: Answer }] = await Promise.all([import('@/components/api'), import('@/lib/queries/outline/shapes.ts')]);
      const answer = await get(Answer, address('/api/outline/rows', kept, { positions: missing.join(',') }));
      busy.current = false;
      // What has come into view meanwhile is looked at again, even when this answer is of no use any more.
      setAnswers((count) => count + 1);
      if (!answer.ok) {
        setFailure(answer.error.message);
        return;
      }
      if (answer.value.edition !== edition) onChanged();
      setKnown((current) => {
        // What does not come is not there, and need not be asked for again.
        const more = new Map([...(current.key === key ? current.rows : none), ...missing.map((position) => [position, null] as const)]);
        if (answer.value.edition === edition) for (const [position, row] of rowsOf(answer.value)) more.set(position, row);
        return { key, rows: new Map([...more].slice(-mostKept)) };
      });
    })();
  });
  return { rowAt: (position: number): Row | null | undefined => read.get(position) ?? started.get(position), failure, again: (): void => setFailure(null) };
}
