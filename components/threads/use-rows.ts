'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '@/components/ask';
import { address } from '@/components/links';
import type { UrlParameters } from '@/lib/parameters.ts';
import type { OutlineRows } from '@/lib/queries/outline/shapes.ts';
import { rowsOf, type Row, type Rows } from './rows';

/** Rows that are kept; the oldest go first. */
const mostKept = 4000;
/** The most nodes in one request. */
const mostAsked = 200;
/** The shortest time between calls: while rows fly past, most answers would come too late. */
const pauseMs = 80;

const none: Rows = new Map();

/** `ofStart` are the rows that were read since the last start. */
interface Known {
  readonly base: string;
  readonly rows: Rows;
  readonly start: OutlineRows;
  readonly ofStart: ReadonlySet<number>;
}
interface Wanted {
  /** The nodes on screen. */
  readonly now: readonly number[];
  /** Nodes that may be on screen next: read along with the others. */
  readonly soon: readonly number[];
}

/**
 * Returns the rows of the wanted nodes that are there. Missing ones are read, one call after the other: nodes that have
 * left the screen by then are not asked for. Another `start` means that logs have come in: rows are read again then,
 * and stay unchanged until the new ones are there.
 */
export function useRows({
  kept,
  start,
  wanted,
}: {
  readonly kept: UrlParameters;
  readonly start: OutlineRows;
  readonly wanted: Wanted;
}) {
  const base = address('/api/outline/rows', kept);
  const [known, setKnown] = useState<Known>({ base, rows: none, start, ofStart: new Set() });
  const [failure, setFailure] = useState<string | null>(null);
  const [, setAnswers] = useState(0);
  const busy = useRef(false);
  const started = useMemo(() => rowsOf(start), [start]);
  if (known.base !== base || known.start !== start) {
    setKnown({
      base,
      rows: known.base === base ? new Map([...rowsOf(known.start), ...known.rows]) : none,
      start,
      ofStart: new Set(),
    });
    setFailure(null);
  }
  const isMissing = (node: number): boolean => !known.ofStart.has(node) && !started.has(node);
  const missing = wanted.now.some(isMissing)
    ? [...new Set([...wanted.now, ...wanted.soon])].filter(isMissing).slice(0, mostAsked)
    : [];

  useEffect(() => {
    if (busy.current || missing.length === 0 || failure !== null) return;
    busy.current = true;
    void (async () => {
      const pause = new Promise((resolve) => {
        setTimeout(resolve, pauseMs);
      });
      const answer = await ask(
        async () => (await import('@/lib/queries/outline/shapes.ts')).OutlineRows,
        address('/api/outline/rows', kept, { nodes: missing.join(',') }),
      );
      if (!answer.ok) setFailure(answer.error.message);
      else
        setKnown((current) =>
          current.base === base && current.start === start
            ? withAnswer(current, missing, rowsOf(answer.value))
            : current,
        );
      await pause;
      busy.current = false;
      // New rows on screen are checked again, even when this answer is of no use any more.
      setAnswers((count) => count + 1);
    })();
  });
  return {
    rowAt: (node: number): Row | null | undefined => started.get(node) ?? known.rows.get(node),
    failure,
    again: (): void => setFailure(null),
  };
}

/** Returns the rows with the answer: rows that did not come do not exist, and need not be asked for again. */
function withAnswer(known: Known, asked: readonly number[], came: Rows): Known {
  const rows = new Map(known.rows);
  for (const node of asked) {
    rows.delete(node);
    rows.set(node, came.get(node) ?? null);
  }
  for (const oldest of rows.keys()) {
    if (rows.size <= mostKept) break;
    rows.delete(oldest);
  }
  return { ...known, rows, ofStart: new Set([...known.ofStart, ...asked].filter((node) => rows.has(node))) };
}
