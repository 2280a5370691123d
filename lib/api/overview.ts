import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { Filter } from '../filters.ts';
import { dataQuality, DataQuality } from '../queries/data-quality.ts';
import { facets, Facets } from '../queries/facets.ts';
import { answeringEngine } from '../queries/health.ts';
import { summary, Summary } from '../queries/summary.ts';
import type { Store } from '../store/store.ts';
import { none, route } from './route.ts';

const Health = z
  .object({
    status: z.enum(['ok', 'engine_failed', 'database_damaged']).meta({
      description:
        '`engine_failed`: the engine failed on a statement, and figures may take longer until the next start. `database_damaged`: nothing is taken in, and figures are not given.',
    }),
    message: z.string().nullable().meta({ description: 'What is wrong, and what to do; for people.' }),
    version: z.string().meta({ description: 'Of Dendro.' }),
    store: z.string().meta({ description: 'The database engine and its version.' }),
  })
  .meta({ id: 'Health' });

function stateOf(trouble: ReturnType<Store['trouble']>): Pick<z.output<typeof Health>, 'status' | 'message'> {
  return { status: Health.shape.status.catch('ok').parse(trouble?.code), message: trouble?.message ?? null };
}

export const overviewRoutes = [
  route({
    method: 'GET',
    path: '/api/summary',
    summary: 'What the filter selects, in figures.',
    parameters: none,
    query: Filter,
    result: Summary,
    answer: ({ query, dendro: { store } }) => summary(store, query),
  }),
  route({
    method: 'GET',
    path: '/api/facets',
    summary: 'What the filter can choose from.',
    parameters: none,
    query: none,
    result: Facets,
    answer: ({ dendro: { store } }) => facets(store),
  }),
  route({
    method: 'GET',
    path: '/api/quality',
    summary: 'What came in, what of it is unknown, rejected, repaired, inferred or odd: of these imports, or of all.',
    parameters: none,
    query: Filter.pick({ importId: true }),
    result: DataQuality,
    answer: ({ query, dendro: { store } }) => dataQuality(store, query),
  }),
  route({
    method: 'GET',
    path: '/api/health',
    summary: 'Whether Dendro runs, and which.',
    parameters: none,
    query: none,
    result: Health,
    answer: async ({ dendro: { store } }) => ({
      ...stateOf(store.trouble()),
      version: packageJson.version,
      store: store.trouble() ? store.engine : await answeringEngine(store),
    }),
  }),
];
