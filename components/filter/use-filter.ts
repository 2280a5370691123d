'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useOptimistic, useSyncExternalStore, useTransition } from 'react';
import { filterKeys, type FilterKey } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import { address, firstPages } from '@/components/links';

/** Returns the parameters of an address, each with all of its values. */
export const parametersOf = (query: URLSearchParams): UrlParameters =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));

/** Returns the filter as it stands in the address, for every link inside Dendro to keep. */
export function useKeptFilter(): UrlParameters {
  const query = useSearchParams();
  return Object.fromEntries(filterKeys.flatMap((key) => (query.has(key) ? [[key, query.getAll(key)]] : [])));
}

const never = (): (() => void) => () => undefined;

/**
 * Returns the current address. React may take over a part of the page late, after a click has already led on: until
 * then this must return the address that the document was loaded from, because the server wrote the page for it.
 */
function usePlace(): { readonly path: string; readonly query: URLSearchParams } {
  const path = usePathname();
  const query = useSearchParams();
  const takenOver = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [loaded] = takenOver || typeof window === 'undefined' ? [] : performance.getEntriesByType('navigation');
  if (!loaded) return { path, query };
  const { pathname, searchParams } = new URL(loaded.name);
  return { path: pathname, query: searchParams };
}

/**
 * Returns the filter's values and functions to change them. A change starts any list at its first page again; it shows
 * at once and the figures follow.
 */
export function useFilter() {
  const { path, query } = usePlace();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [parameters, show] = useOptimistic(parametersOf(query));
  const values = (key: FilterKey): readonly string[] => {
    const value = parameters[key];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  };
  const changed = (change: UrlParameters): UrlParameters => ({ ...parameters, ...firstPages, ...change });
  return {
    path,
    pending,
    values,
    /** Returns the address of this page with the filter changed. */
    addressWith: (change: UrlParameters): string => address(path, changed(change)),
    change: (change: UrlParameters): void =>
      startTransition(() => {
        show(changed(change));
        router.push(address(path, changed(change)), { scroll: false });
      }),
  };
}
