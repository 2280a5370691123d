import { z } from 'zod';
import { threadKinds } from '../filter-url.ts';
import type { Reader } from '../store/store.ts';
import { count, id, textOrNull } from './fields.ts';

/** A value that threads have, null for those without one, and how many threads have it. */
const Facet = z.object({ value: textOrNull, threads: count }).meta({ id: 'Facet' });
export type Facet = z.output<typeof Facet>;

/**
 * The choices of the filter, independent of the current choice: values by their number of threads, imports newest
 * first.
 */
export const Facets = z
  .object({
    threadKind: z.array(z.object({ value: z.enum(threadKinds), threads: count })),
    model: z.array(Facet),
    client: z.array(Facet),
    codexVersion: z.array(Facet),
    imports: z.array(z.object({ id, name: z.string() })),
    more: z
      .object({ model: count, client: count, codexVersion: count, imports: count })
      .describe(
        'How many more there are of each: the values of the fewest threads, and the oldest imports, are left out of a long list.',
      ),
  })
  .meta({ id: 'Facets' });
export type Facets = z.output<typeof Facets>;

/**
 * The most values of each choice, as long as their total length is within this many characters: every page has them.
 */
const mostValues = 200;
const mostCharacters = 20_000;

const facetColumns = { threadKind: 'kind', model: 'model', client: 'client', codexVersion: 'codex_version' } as const;

/** The values of one facet, most threads first, as many as a list may have. */
const valuesSql = (facet: string, column: string): string => `
  SELECT '${facet}' AS facet, value, threads, place, found FROM (
    SELECT ${column} AS value, count(*) AS threads, row_number() OVER in_order AS place, count(*) OVER () AS found,
      sum(coalesce(length(${column}), 0)) OVER in_order AS characters
    FROM threads GROUP BY ${column} WINDOW in_order AS (ORDER BY count(*) DESC, ${column})
  ) WHERE place <= ${mostValues} AND characters <= ${mostCharacters}`;

export async function facets(store: Reader): Promise<Facets> {
  const values = Object.entries(facetColumns).map(([facet, column]) => valuesSql(facet, column));
  const [rows, imports, [counted]] = await Promise.all([
    store.rows(
      `SELECT facet, value, threads, found FROM (${values.join(' UNION ALL ')}) AS facets ORDER BY threads DESC, value`,
    ),
    store.rows(`SELECT import_id AS id, name FROM imports ORDER BY import_id DESC LIMIT ${mostValues}`),
    store.rows('SELECT count(*) AS imports FROM imports'),
  ]);
  const of = (facet: keyof typeof facetColumns) => rows.filter((row) => row.facet === facet);
  const left = (facet: keyof typeof facetColumns): number => count.parse(of(facet)[0]?.found ?? 0) - of(facet).length;
  const more = {
    model: left('model'),
    client: left('client'),
    codexVersion: left('codexVersion'),
    imports: count.parse(counted?.imports) - imports.length,
  };
  return Facets.parse({
    threadKind: of('threadKind'),
    model: of('model'),
    client: of('client'),
    codexVersion: of('codexVersion'),
    imports,
    more,
  });
}
