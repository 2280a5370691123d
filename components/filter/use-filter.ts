'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useOptimistic, useTransition } from 'react';
import { filterKeys, type FilterKey } from '@/lib/filter-url.ts';
import type { UrlParameters } from '@/lib/parameters.ts';
import { address } from '@/components/links';

/** The parameters of an address, each with all of its values. */
export const parametersOf = (query: URLSearchParams): UrlParameters => Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));

/** The filter as it stands in the address, to be kept by every link inside Dendro. */
export function useKeptFilter(): UrlParameters {
  const query = useSearchParams();
  return Object.fromEntries(filterKeys.flatMap((key) => (query.has(key) ? [[key, query.getAll(key)]] : [])));
}

/** The filter's values and how to change them. A change starts any list at its first page again; it shows at once and the figures follow. */
export function useFilter() {
  const path = usePathname();
  const query = useSearchParams();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [parameters, show] = useOptimistic(parametersOf(query));
  const values = (key: FilterKey): readonly string[] => {
    const value = parameters[key];
    return value === undefined ? [] : typeof value === 'string' ? [value] : value;
  };
  const changed = (change: UrlParameters): UrlParameters => ({ ...parameters, cursor: undefined, ...change });
  return {
    pending,
    values,
    /** The address of this page with the filter changed. */
    addressWith: (change: UrlParameters): string => address(path, changed(change)),
    change: (change: UrlParameters): void => startTransition(() => {
      show(changed(change));
      router.push(address(path, changed(change)), { scroll: false });
    }),
  };
}
