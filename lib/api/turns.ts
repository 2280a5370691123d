import { z } from 'zod';
import { threadTotals, ThreadTotals } from '../queries/thread-totals.ts';
import { turnDetail, TurnDetail } from '../queries/turn.ts';
import { Refusal } from './refusal.ts';
import { none, route } from './route.ts';

export const turnRoutes = [
  route({
    method: 'GET',
    path: '/api/threads/{threadId}/turns/{turnId}',
    parameters: z.strictObject({ threadId: z.string(), turnId: z.string() }),
    query: none,
    result: TurnDetail,
    refusals: ['not_found'],
    summary: 'A turn with where its time went, all that happened in it, and the turns beside it.',
    answer: async ({ path: { threadId, turnId }, dendro: { store } }) =>
      (await turnDetail(store, threadId, turnId)) ??
      new Refusal('not_found', `No event names a turn "${turnId}" of a thread "${threadId}".`),
  }),
  route({
    method: 'GET',
    path: '/api/threads/{threadId}/totals',
    parameters: z.strictObject({ threadId: z.string() }),
    query: none,
    result: z.object({ own: ThreadTotals, subtree: ThreadTotals }),
    refusals: ['not_found'],
    summary: 'All figures of a thread that add up: of the thread alone, and with all threads below it.',
    answer: async ({ path: { threadId }, dendro: { store } }) =>
      (await threadTotals(store, threadId)) ?? new Refusal('not_found', `There is no thread "${threadId}".`),
  }),
];
