import { z } from 'zod';
import { Filter } from '../filters.ts';
import { mostGroups } from '../queries/breakdown.ts';
import { compactionBreakdown, CompactionBreakdown, compactionDimensions } from '../queries/compactions.ts';
import { guardianBreakdown, GuardianBreakdown, guardianDimensions } from '../queries/guardian.ts';
import { hookBreakdown, HookBreakdown, hookDimensions } from '../queries/hooks.ts';
import { none, route } from './route.ts';

/** The dimensions of a breakdown, separated by commas: `by=trigger,phase`. */
function by<D extends string>(dimensions: readonly D[]) {
  const list = z.array(z.enum(dimensions, `use one or more of ${dimensions.join(', ')}, separated by commas`)).min(1);
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(list)
    .meta({ description: `One or more of ${dimensions.join(', ')}, separated by commas.` });
}

export const breakdownRoutes = [
  route({
    method: 'GET',
    path: '/api/compactions/breakdown',
    summary: 'Compactions by dimensions, the largest group first.',
    parameters: none,
    query: Filter.extend({ by: by(compactionDimensions) }),
    result: CompactionBreakdown,
    answer: ({ query: { by: dimensions, ...filter }, dendro: { store } }) =>
      compactionBreakdown(store, filter, dimensions, mostGroups.answer),
  }),
  route({
    method: 'GET',
    path: '/api/hooks/breakdown',
    summary: 'Hook runs by dimensions, the largest group first.',
    parameters: none,
    query: Filter.extend({ by: by(hookDimensions) }),
    result: HookBreakdown,
    answer: ({ query: { by: dimensions, ...filter }, dendro: { store } }) =>
      hookBreakdown(store, filter, dimensions, mostGroups.answer),
  }),
  route({
    method: 'GET',
    path: '/api/guardian/breakdown',
    summary: 'Guardian reviews by dimensions, the largest group first.',
    parameters: none,
    query: Filter.extend({ by: by(guardianDimensions) }),
    result: GuardianBreakdown,
    answer: ({ query: { by: dimensions, ...filter }, dendro: { store } }) =>
      guardianBreakdown(store, filter, dimensions, mostGroups.answer),
  }),
];
