import { z } from 'zod';
import packageJson from '../../package.json' with { type: 'json' };
import { Filter } from '../filters.ts';
import { dataQuality, DataQuality } from '../queries/data-quality.ts';
import { facets, Facets } from '../queries/facets.ts';
import { answeringEngine } from '../queries/health.ts';
import { summary, Summary } from '../queries/summary.ts';
import { none, route } from './route.ts';

const Health = z.object({
  status: z.literal('ok'),
  version: z.string().meta({ description: 'Of Dendro.' }),
  store: z.string().meta({ description: 'The database engine and its version.' }),
}).meta({ id: 'Health' });

export const overviewRoutes = [
  route({
    method: 'GET', path: '/api/summary', summary: 'What the filter selects, in figures.', parameters: none, query: Filter, result: Summary,
    answer: ({ query, dendro: { store } }) => summary(store, query),
  }),
  route({
    method: 'GET', path: '/api/facets', summary: 'What the filter can choose from.', parameters: none, query: none, result: Facets,
    answer: ({ dendro: { store } }) => facets(store),
  }),
  route({
    method: 'GET', path: '/api/quality', summary: 'What came in, what of it is unknown, rejected, repaired, inferred or odd: of these imports, or of all.', parameters: none,
    query: Filter.pick({ importId: true }), result: DataQuality, answer: ({ query, dendro: { store } }) => dataQuality(store, query),
  }),
  route({
    method: 'GET', path: '/api/health', summary: 'Whether Dendro runs, and which.', parameters: none, query: none, result: Health,
    reads: 'nothing', answer: async ({ dendro: { store } }) => ({ status: 'ok' as const, version: packageJson.version, store: await answeringEngine(store) }),
  }),
];
