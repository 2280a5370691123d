'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { address } from '@/components/links';

/** The time until a refused connection is tried again, in ms. The browser reopens a lost connection itself. */
const retryMs = 5000;

/** Returns the revision in an event's data, or null. */
function revisionOf(data: unknown): number | null {
  const told: unknown = typeof data === 'string' ? JSON.parse(data) : null;
  if (typeof told !== 'object' || told === null || !('revision' in told)) return null;
  return typeof told.revision === 'number' ? told.revision : null;
}

/**
 * Listens for changes while the tab is visible, because a browser opens only a few connections to one server. Calls
 * `onChange` with each revision above `known()`, and `onState` with true when it connects and false when it fails.
 * Returns a function that stops listening.
 */
function listen(
  known: () => number,
  onChange: (revision: number) => void,
  onState: (connected: boolean) => void,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const open = (): void => {
    close();
    if (document.visibilityState === 'hidden') return;
    const opened = new EventSource(address('/api/changes', { since: String(known()) }));
    source = opened;
    opened.addEventListener('open', () => onState(true));
    opened.addEventListener('error', () => {
      onState(false);
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMs);
    });
    opened.addEventListener('change', ({ data }) => {
      const revision = revisionOf(data);
      if (revision !== null && revision > known()) onChange(revision);
    });
  };
  open();
  document.addEventListener('visibilitychange', open);
  return () => {
    document.removeEventListener('visibilitychange', open);
    close();
  };
}

/**
 * Refreshes the page when figures change, unless `paused`; one refresh at a time. `rendered` is the revision that the
 * page shows. `connected` is null until that is known; `changedAt` is when the last change came, in ms since the epoch.
 */
export function useChanges(
  rendered: number,
  paused: boolean,
): { readonly connected: boolean | null; readonly changedAt: number | null } {
  const router = useRouter();
  const [refreshing, refresh] = useTransition();
  const [connected, setConnected] = useState<boolean | null>(null);
  const [latest, setLatest] = useState<{ readonly revision: number; readonly at: number } | null>(null);
  const known = useRef(rendered);
  const shown = useRef(rendered);

  useEffect(() => {
    if (paused) return;
    return listen(
      () => known.current,
      (revision) => {
        known.current = revision;
        setLatest({ revision, at: Date.now() });
      },
      setConnected,
    );
  }, [paused]);

  useEffect(() => {
    if (latest === null || refreshing || latest.revision <= shown.current) return;
    shown.current = latest.revision;
    refresh(() => router.refresh());
  }, [latest, refreshing, router]);

  return { connected, changedAt: latest?.at ?? null };
}
