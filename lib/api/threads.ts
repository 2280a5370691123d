import { z } from 'zod';
import { Filter } from '../filters.ts';
import { forest, ForestNode } from '../queries/forest.ts';
import { threadHappenings, ThreadHappenings } from '../queries/happenings.ts';
import { Page } from '../queries/shapes.ts';
import { ThreadDetail, threadDetail, type ThreadDetailInParts } from '../queries/thread.ts';
import { threadList, ThreadList, threadSorts } from '../queries/threads.ts';
import { Refusal } from './refusal.ts';
import { jsonType, ndjsonType, none, route, streamedResponse } from './route.ts';

async function* lines(batches: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((item) => `${JSON.stringify(item)}\n`).join('');
}

/** The JSON of a thread in pieces, its subtree last. */
async function* pieces({ subtree, ...detail }: ThreadDetailInParts): AsyncGenerator<string> {
  yield `${JSON.stringify(detail).slice(0, -1)},"subtree":[`;
  let separator = '';
  for await (const rows of subtree) {
    if (rows.length === 0) continue;
    yield separator + rows.map((row) => JSON.stringify(row)).join(',');
    separator = ',';
  }
  yield ']}';
}

export const threadRoutes = [
  route({
    method: 'GET', path: '/api/threads', parameters: none, result: ThreadList,
    summary: 'Roots, or the children of a thread. Under a filter, those that match or have a descendant that does.',
    query: Filter.extend({
      ...Page.shape,
      sort: z.enum(threadSorts).optional().meta({ description: 'Newest first unless said; children in the order of the tree. `-` is descending.' }),
      parentThreadId: z.string().optional().meta({ description: 'The thread whose children to list.' }),
    }),
    answer: ({ query: { sort, parentThreadId, limit, cursor, ...filter }, dendro: { store } }) => threadList(store, filter, { sort, parentThreadId, limit, cursor }),
  }),
  route({
    method: 'GET', path: '/api/threads/{threadId}', parameters: z.strictObject({ threadId: z.string() }), query: Filter, result: ThreadDetail, refusals: ['not_found'],
    summary: 'A thread with its subtree, turns and records. The filter takes nothing out: it only sets `matches`.',
    answer: async ({ path: { threadId }, query, dendro: { store } }) => {
      const detail = await threadDetail(store, threadId, query);
      return detail ? streamedResponse(jsonType, () => pieces(detail)) : new Refusal('not_found', `There is no thread "${threadId}".`);
    },
  }),
  route({
    method: 'GET', path: '/api/threads/{threadId}/turns/{turnId}/happenings', parameters: z.strictObject({ threadId: z.string(), turnId: z.string() }), query: none,
    result: ThreadHappenings, summary: 'What happened in one turn of a thread, each kind in order of time; nothing when no event names the turn.',
    answer: ({ path: { threadId, turnId }, dendro: { store } }) => threadHappenings(store, threadId, [turnId]),
  }),
  route({
    method: 'GET', path: '/api/forest', parameters: none, query: Filter, lines: ForestNode,
    summary: 'Every tree in pre-order, one line a node. Under a filter, what matches and its ancestors.',
    answer: async ({ query, dendro: { store } }) => streamedResponse(ndjsonType, () => lines(forest(store, query))),
  }),
];
