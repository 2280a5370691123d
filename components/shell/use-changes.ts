'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition } from 'react';
import { address } from '@/components/links';
import { useRevision } from '@/components/ui/revision';

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
 * `onChange` with each revision that is not `known()`, and `onState` with true when it connects and false when it
 * fails. Returns a function that stops listening.
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
      if (revision !== null) onChange(revision);
    });
  };
  open();
  document.addEventListener('visibilitychange', open);
  return () => {
    document.removeEventListener('visibilitychange', open);
    close();
  };
}

/** A refresh without an answer makes Next leave the page, and with it the imports that it shows. */
const isAnswered = (): Promise<boolean> =>
  fetch('/api/health').then(
    ({ ok }) => ok,
    () => false,
  );

/** The shortest time between the beginnings of two refreshes, in ms. */
const pauseMs = 1000;
/** The shortest pause after a refresh, as a multiple of its time: a page must not use up the server. */
const pauseShare = 5;

/**
 * Refreshes the page when figures change, unless `paused`; one refresh at a time. `connected` is null until that is
 * known; `changedAt` is when the last change came, in ms since the epoch.
 */
export function useChanges(paused: boolean): { readonly connected: boolean | null; readonly changedAt: number | null } {
  const router = useRouter();
  const rendered = useRevision();
  const [refreshing, refresh] = useTransition();
  const [connected, setConnected] = useState<boolean | null>(null);
  const [latest, setLatest] = useState<{ readonly revision: number; readonly at: number } | null>(null);
  const known = useRef(rendered);
  const shown = useRef(rendered);
  /** When the refresh under way began, and when the next one may begin. */
  const began = useRef<number | null>(null);
  const earliest = useRef(0);

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
    if (refreshing || began.current === null) return;
    const now = performance.now();
    earliest.current = Math.max(began.current + pauseMs, now + pauseShare * (now - began.current));
    began.current = null;
  }, [refreshing]);

  useEffect(() => {
    if (latest === null || latest.revision === shown.current || paused || refreshing || connected !== true) return;
    const timer = setTimeout(
      () => {
        void isAnswered().then((answered) => {
          if (!answered) return;
          shown.current = latest.revision;
          began.current = performance.now();
          refresh(() => router.refresh());
        });
      },
      Math.max(earliest.current - performance.now(), 0),
    );
    return () => clearTimeout(timer);
  }, [latest, paused, refreshing, connected, router]);

  return { connected, changedAt: latest?.at ?? null };
}
