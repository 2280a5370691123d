'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useOptimistic, useSyncExternalStore, useTransition } from 'react';
import { filterKeys, type FilterKey } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import { address, firstPages } from '@/components/links';

/** The parameters of an address, each with all of its values. */
export const parametersOf = (query: URLSearchParams): UrlParameters =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));

/** The filter as it stands in the address, to be kept by every link inside Dendro. */
export function useKeptFilter(): UrlParameters {
  const query = useSearchParams();
  return Object.fromEntries(filterKeys.flatMap((key) => (query.has(key) ? [[key, query.getAll(key)]] : [])));
}

const never = (): (() => void) => () => undefined;

/**
 * Where the reader is. A part of the page that React takes over late may find that a click has led on already: until it
 * is taken over it must show what the server wrote, which is the address that the document was loaded from.
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
 * The filter's values and how to change them. A change starts any list at its first page again; it shows at once and
 * the figures follow.
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
    /** The address of this page with the filter changed. */
    addressWith: (change: UrlParameters): string => address(path, changed(change)),
    change: (change: UrlParameters): void =>
      startTransition(() => {
        show(changed(change));
        router.push(address(path, changed(change)), { scroll: false });
      }),
  };
}
