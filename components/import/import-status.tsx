'use client';

import { useEffect } from 'react';
import { Spoken } from '@/components/ui/spoken';
import { isActive, type ImportItem } from './items';
import { spokenState } from './spoken-state';
import { useImports } from './use-imports';
import { useRefresh } from './use-refresh';

/**
 * What imports mean beyond their cards: they are said aloud, the page below shows what they bring, and closing the tab
 * is warned of.
 */
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
 * How many imports an item has brought. None when the server is gone: the browser would put its own error page in the
 * place of this one.
 */
function importedOf({ state, ...item }: ImportItem): number {
  if (item.form === 'file') return Number(state.kind === 'done');
  return state.kind === 'broken' ? 0 : item.counts.imported;
}
