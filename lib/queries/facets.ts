import { z } from 'zod';
import { threadKinds } from '../filter-url.ts';
import type { Reader } from '../store/store.ts';
import { count, id, textOrNull } from './fields.ts';

/** A value that threads have, null for those without one, and how many threads have it. */
const Facet = z.object({ value: textOrNull, threads: count }).meta({ id: 'Facet' });
export type Facet = z.output<typeof Facet>;

/** What the filter can choose from, whatever is chosen: values by their number of threads, imports newest first. */
export const Facets = z.object({
  threadKind: z.array(z.object({ value: z.enum(threadKinds), threads: count })),
  model: z.array(Facet),
  client: z.array(Facet),
  codexVersion: z.array(Facet),
  imports: z.array(z.object({ id, name: z.string() })),
}).meta({ id: 'Facets' });
export type Facets = z.output<typeof Facets>;

const facetColumns = { threadKind: 'kind', model: 'model', client: 'client', codexVersion: 'codex_version' } as const;

export async function facets(store: Reader): Promise<Facets> {
  const values = Object.entries(facetColumns).map(([facet, column]) => `SELECT '${facet}' AS facet, ${column} AS value, count(*) AS threads FROM threads GROUP BY ${column}`);
  const [rows, imports] = await Promise.all([
    store.rows(`SELECT facet, value, threads FROM (${values.join(' UNION ALL ')}) AS facets ORDER BY threads DESC, value`),
    store.rows('SELECT import_id AS id, name FROM imports ORDER BY import_id DESC'),
  ]);
  const of = (facet: keyof typeof facetColumns) => rows.filter((row) => row.facet === facet);
  return Facets.parse({ threadKind: of('threadKind'), model: of('model'), client: of('client'), codexVersion: of('codexVersion'), imports });
}
