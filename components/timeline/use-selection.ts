'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { readSelection, selectionKey, selectionText, type Selection } from './selection';

/** Returns the selection of the address. The server is not asked again when it changes: the page is the same. */
export function useSelection(): Selection | null {
  const text = useSearchParams().get(selectionKey);
  return useMemo(() => readSelection(text), [text]);
}

/** Writes a selection into the address, so that a link shows the same. */
export function select(selection: Selection | null): void {
  const address = new URL(window.location.href);
  if (selection) address.searchParams.set(selectionKey, selectionText(selection));
  else address.searchParams.delete(selectionKey);
  window.history.replaceState(null, '', address);
}
