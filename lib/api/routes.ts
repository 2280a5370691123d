import { z } from 'zod';
import { breakdownRoutes } from './breakdowns.ts';
import { changeRoutes } from './changes.ts';
import { eventRoutes } from './events.ts';
import { importRoutes } from './imports.ts';
import { openApi } from './openapi.ts';
import { overviewRoutes } from './overview.ts';
import { none, route, type Route } from './route.ts';
import { threadRoutes } from './threads.ts';
import { turnRoutes } from './turns.ts';
import { timelineRoutes } from './timeline.ts';

/** The whole API. When two routes fit a path, the first one takes it. */
export const routes: readonly Route[] = [
  ...overviewRoutes,
  ...importRoutes,
  ...threadRoutes,
  ...turnRoutes,
  ...timelineRoutes,
  ...breakdownRoutes,
  ...eventRoutes,
  ...changeRoutes,
  route({
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This description, in OpenAPI 3.1.',
    parameters: none,
    query: none,
    result: z.looseObject({}),
    answer: async () => openApi(routes),
  }),
];
