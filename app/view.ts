import 'server-only';
import { cache } from 'react';
import { filterKeys } from '@/lib/filter-url.ts';
import { parseFilter, type Filter } from '@/lib/filters.ts';
import type { Parsed, UrlParameters } from '@/lib/parameters.ts';
import { facets } from '@/lib/queries/facets.ts';
import { runningDendro } from '@/lib/running.ts';

export type SearchParams = Promise<UrlParameters>;

/** What a page's address asks for: the filter, the filter as it stands there (for the links that keep it), and everything else. */
export interface View { readonly filter: Filter; readonly kept: UrlParameters; readonly parameters: UrlParameters }

export async function readView(searchParams: SearchParams): Promise<Parsed<View>> {
  const all = await searchParams;
  const isFilter = (name: string): boolean => filterKeys.some((key) => key === name);
  const part = (of: boolean): UrlParameters => Object.fromEntries(Object.entries(all).filter(([name]) => isFilter(name) === of));
  const filter = parseFilter(all);
  return filter.ok ? { ok: true, value: { filter: filter.value, kept: part(true), parameters: part(false) } } : filter;
}

export const store = () => runningDendro().store;
/** What the filter can choose from, read once a request. */
export const readFacets = cache(() => facets(store()));
