'use client';

import { useEffect } from 'react';
import { Spoken } from '@/components/ui/spoken';
import { isActive } from './items';
import { spokenState } from './spoken-state';
import { useImports } from './use-imports';

/** Announces imports to screen readers, and warns before the tab is closed. */
export function ImportStatus() {
  const items = useImports();
  const active = items.some(({ state }) => isActive(state));
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
  return (
    <span role="status">
      <Spoken>{spokenState(items)}</Spoken>
    </span>
  );
}
