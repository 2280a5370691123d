'use client';

import { createContext, useContext, useEffect, useEffectEvent, useRef } from 'react';

/** The revision of the figures that the page shows: it grows when a refresh brings later ones. */
const Revision = createContext(0);
export const RevisionProvider = Revision.Provider;
export const useRevision = (): number => useContext(Revision);

/** Runs `action` each time that the page shows later figures, for parts that it does not refresh itself. */
export function useOnRevision(action: () => void): void {
  const revision = useRevision();
  const seen = useRef(revision);
  const act = useEffectEvent(action);
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    act();
  }, [revision]);
}
