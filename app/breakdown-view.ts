import 'server-only';
import { z } from 'zod';
import type { UrlParameters } from '@/lib/parameters.ts';
import { selectionIn, selectionShape, type Selection } from '@/lib/queries/breakdown.ts';
import { readPage, type Page, type SearchParams, type View } from './view';

interface Counting<D extends string> {
  readonly by: readonly D[];
  readonly selection: Selection<D>;
  readonly cursor: string | undefined;
  /** The dimensions to count by, as the parameter of the links that keep it. */
  readonly byParameter: UrlParameters;
}
export type BreakdownView<D extends string> = View & Counting<D>;

/** Reads the address of a breakdown page: the dimensions to count by, and the segment whose records to list. */
export async function readBreakdownPage<D extends string>(
  searchParams: SearchParams,
  dimensions: readonly D[],
  usual: readonly D[],
): Promise<Page<Counting<D>>> {
  const page = await readPage(
    searchParams,
    z.object({
      ...selectionShape(dimensions),
      // An empty list counts everything as one group.
      by: z
        .string()
        .transform((text) => text.split(',').filter(Boolean))
        .pipe(z.array(z.enum(dimensions, `use one or more of ${dimensions.join(', ')}, separated by commas`)))
        .default([...usual]),
      cursor: z.string().optional(),
    }),
  );
  if (!page.ok) return page;
  const { filter, kept, cursor } = page.value;
  const by = [...new Set(page.value.by)];
  return {
    ok: true,
    value: {
      filter,
      kept,
      by,
      cursor,
      selection: selectionIn(dimensions, page.value),
      byParameter: { by: by.join(',') },
    },
  };
}
