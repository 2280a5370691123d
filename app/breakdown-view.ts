import 'server-only';
import { z } from 'zod';
import { filterKeys } from '@/lib/filter-url.ts';
import { parseParameters, type Parsed, type UrlParameters } from '@/lib/parameters.ts';
import { parseSelection, type Selection } from '@/lib/queries/breakdown.ts';
import { readView, type SearchParams, type View } from './view';

export interface BreakdownView<D extends string> extends View {
  readonly by: readonly D[];
  readonly selection: Selection<D>;
  readonly cursor: string | undefined;
  /** What is counted by, as the parameter of the links that keep it. */
  readonly byParameter: UrlParameters;
}

/** What a breakdown page's address asks for: what to count by, and which segment's records to list. */
export async function readBreakdownView<D extends string>(searchParams: SearchParams, dimensions: readonly D[], usual: readonly D[]): Promise<Parsed<BreakdownView<D>>> {
  const view = await readView(searchParams);
  if (!view.ok) return view;
  const own = dimensions.filter((dimension) => !filterKeys.some((key) => key === dimension));
  const selected = new Set<string>(own);
  const rest = Object.fromEntries(Object.entries(view.value.parameters).filter(([name]) => !selected.has(name)));
  const schema = z.object({
    // An empty list counts everything as one group.
    by: z.string().transform((text) => text.split(',').filter(Boolean)).pipe(z.array(z.enum(dimensions, `it takes some of ${dimensions.join(', ')}, apart by commas`))).default([...usual]),
    cursor: z.string().optional(),
  });
  const parsed = parseParameters(schema, rest);
  if (!parsed.ok) return parsed;
  const selection = parseSelection(dimensions, view.value.parameters);
  if (!selection.ok) return selection;
  const by = [...new Set(parsed.value.by)];
  return { ok: true, value: { ...view.value, by, selection: selection.value, cursor: parsed.value.cursor, byParameter: { by: by.join(',') } } };
}
