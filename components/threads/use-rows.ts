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
/** Calls begin at least so long after each other: while rows fly past, most answers would come too late. */
const pauseMs = 80;

const none: Rows = new Map();

interface Known { readonly key: string; readonly rows: Rows }
interface Wanted {
  /** The positions of what is on screen. */
  readonly now: readonly number[];
  /** Of what may be there next: read along with the others. */
  readonly soon: readonly number[];
  /** Of what is not on screen, but has to be known by its id: read once nothing else is missing. */
  readonly later: readonly number[];
}

/**
 * The rows of the nodes that are wanted, as far as they are there. Those that are missing are read, one call after the other: what has left the screen by
 * then is not asked for. `onChanged` is called when the rows are of other logs than `edition`.
 */
export function useRows({ kept, edition, start, wanted, onChanged }: {
  readonly kept: UrlParameters; readonly edition: string; readonly start: OutlineRows; readonly wanted: Wanted; readonly onChanged: () => void;
}) {
  const base = address('/api/outline/rows', kept);
  const key = `${edition} ${base}`;
  const [known, setKnown] = useState<Known>({ key, rows: new Map() });
  const [failure, setFailure] = useState<string | null>(null);
  const [, setAnswers] = useState(0);
  const busy = useRef(false);
  const started = useMemo(() => (start.edition === edition ? rowsOf(start) : none), [start, edition]);
  const read = known.key === key ? known.rows : none;
  const isMissing = (position: number): boolean => !read.has(position) && !started.has(position);
  const missing = (wanted.now.some(isMissing) ? [...new Set([...wanted.now, ...wanted.soon])] : wanted.later).filter(isMissing).slice(0, mostAsked);

  useEffect(() => {
    if (busy.current || missing.length === 0 || failure !== null) return;
    busy.current = true;
    void (async () => {
      const pause = new Promise((resolve) => { setTimeout(resolve, pauseMs); });
      const [{ get }, { OutlineRows: Answer }] = await Promise.all([import('@/components/api'), import('@/lib/queries/outline/shapes.ts')]);
      const answer = await get(Answer, address('/api/outline/rows', kept, { positions: missing.join(',') }));
      if (!answer.ok) setFailure(answer.error.message);
      else {
        if (answer.value.edition !== edition) onChanged();
        setKnown((current) => ({ key, rows: withAnswer(current.key === key ? current.rows : none, missing, answer.value.edition === edition ? rowsOf(answer.value) : none) }));
      }
      await pause;
      busy.current = false;
      // What has come into view meanwhile is looked at again, even when this answer is of no use any more.
      setAnswers((count) => count + 1);
    })();
  });
  return { rowAt: (position: number): Row | null | undefined => read.get(position) ?? started.get(position), failure, again: (): void => setFailure(null) };
}

/** The rows with those that were asked for: what did not come is not there, and need not be asked for again. */
function withAnswer(rows: Rows, asked: readonly number[], came: Rows): Rows {
  const all = new Map(rows);
  for (const position of asked) all.set(position, came.get(position) ?? null);
  for (const oldest of all.keys()) {
    if (all.size <= mostKept) break;
    all.delete(oldest);
  }
  return all;
}
