'use client';

import { useEffect } from 'react';
import { Spoken } from '@/components/ui/spoken';
import { isActive, type ImportItem } from './items';
import { spokenState } from './spoken-state';
import { useImports } from './use-imports';
import { useRefresh } from './use-refresh';

/** Announces imports to screen readers, refreshes the page below, and warns before the tab is closed. */
export function ImportStatus() {
  const items = useImports();
  const active = items.some(({ state }) => isActive(state));
  useRefresh(
    items.reduce((sum, item) => sum + importedOf(item), 0),
    active,
  );
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

/**
 * Returns the number of imports of an item. None when the server is gone: a refresh would replace this page with the
 * browser's own error page.
 */
function importedOf({ state, ...item }: ImportItem): number {
  if (item.form === 'file') return Number(state.kind === 'done');
  return state.kind === 'broken' ? 0 : item.counts.imported;
}
