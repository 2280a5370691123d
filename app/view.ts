import 'server-only';
import { cache } from 'react';
import { z } from 'zod';
import { filterKeys } from '@/lib/filter-url.ts';
import { parseFilter, type Filter } from '@/lib/filters.ts';
import { parseParameters, type ParameterError, type UrlParameters } from '@/lib/parameters.ts';
import { facets } from '@/lib/queries/facets.ts';
import { runningDendro } from '@/lib/running.ts';

export type SearchParams = Promise<UrlParameters>;

/** The filter of a page's address, and its parameters as they stand there, for the links that keep it. */
export interface View {
  readonly filter: Filter;
  readonly kept: UrlParameters;
}
/** The error in a page's address; `rest` are its parameters without the bad one. */
export interface BadPage {
  readonly ok: false;
  readonly error: ParameterError;
  readonly rest: UrlParameters;
}
export type Page<P> = { readonly ok: true; readonly value: View & P } | BadPage;

const noneOfItsOwn = z.object({});

/**
 * Reads a page's address: the filter, and the page's own parameters, which `schema` declares. Refuses anything else.
 */
export function readPage(searchParams: SearchParams): Promise<Page<object>>;
export function readPage<S extends z.ZodObject>(searchParams: SearchParams, schema: S): Promise<Page<z.output<S>>>;
export async function readPage(searchParams: SearchParams, schema: z.ZodObject = noneOfItsOwn): Promise<Page<object>> {
  const all = await searchParams;
  const isFilter = (name: string): boolean => filterKeys.some((key) => key === name);
  const part = (of: boolean): UrlParameters =>
    Object.fromEntries(Object.entries(all).filter(([name]) => isFilter(name) === of));
  const bad = (error: ParameterError): BadPage => ({
    ok: false,
    error,
    rest: Object.fromEntries(Object.entries(all).filter(([name]) => name !== error.parameter)),
  });
  const filter = parseFilter(all);
  if (!filter.ok) return bad(filter.error);
  const own = parseParameters(schema, part(false), filterKeys);
  return own.ok ? { ok: true, value: { ...own.value, filter: filter.value, kept: part(true) } } : bad(own.error);
}

export const store = () => runningDendro().store;
/** Reads the choices of the filter, once for each request. */
export const readFacets = cache(() => facets(store()));
