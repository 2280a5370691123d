import { z } from 'zod';
import { Filter } from '../filters.ts';
import { forest, ForestNode } from '../queries/forest.ts';
import { turnHappenings, TurnHappenings } from '../queries/happenings.ts';
import { outline, outlineTree, PageOfRoots, PartOfTree } from '../queries/outline/outline.ts';
import { NodeNumbers, outlineRows } from '../queries/outline/rows.ts';
import { found } from '../queries/outline/search.ts';
import { Found, longestSearch, OutlinePage, OutlineRows, Slice } from '../queries/outline/shapes.ts';
import { Arrangement } from '../queries/outline/trees.ts';
import { Page } from '../queries/shapes.ts';
import { ThreadDetail, threadDetail, ThreadPage } from '../queries/thread.ts';
import { threadList, ThreadList, threadSorts } from '../queries/threads.ts';
import { Refusal } from './refusal.ts';
import { ndjsonType, none, route, streamedResponse } from './route.ts';

async function* lines(batches: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((item) => `${JSON.stringify(item)}\n`).join('');
}

export const threadRoutes = [
  route({
    method: 'GET',
    path: '/api/threads',
    parameters: none,
    result: ThreadList,
    summary: 'Roots, or the children of a thread. Under a filter, those that match or have a descendant that does.',
    query: Filter.extend({
      ...Page.shape,
      sort: z
        .enum(threadSorts)
        .optional()
        .meta({ description: 'Newest first unless said; children in the order of the tree. `-` is descending.' }),
      parentThreadId: z.string().optional().meta({ description: 'The thread whose children to list.' }),
    }),
    answer: ({ query: { sort, parentThreadId, limit, cursor, ...filter }, dendro: { store } }) =>
      threadList(store, filter, { sort, parentThreadId, limit, cursor }),
  }),
  route({
    method: 'GET',
    path: '/api/threads/{threadId}',
    parameters: z.strictObject({ threadId: z.string() }),
    query: Filter.extend(ThreadPage.shape),
    result: ThreadDetail,
    refusals: ['not_found'],
    summary:
      'A thread with its ancestors, subtree, turns and records: up to `limit` of each, with how many there are in all. The filter takes nothing out: it only sets `matches`.',
    answer: async ({ path: { threadId }, query: { limit, cursor, ...filter }, dendro: { store } }) =>
      (await threadDetail(store, threadId, filter, { limit, cursor })) ??
      new Refusal('not_found', `There is no thread "${threadId}".`),
  }),
  route({
    method: 'GET',
    path: '/api/threads/{threadId}/turns/{turnId}/happenings',
    parameters: z.strictObject({ threadId: z.string(), turnId: z.string() }),
    query: none,
    result: TurnHappenings,
    summary:
      'What happened in one turn of a thread, the first 1,000 of each kind in order of time, with how many there are in all; nothing when no event names the turn.',
    answer: ({ path: { threadId, turnId }, dendro: { store } }) => turnHappenings(store, threadId, turnId),
  }),
  // Not below /api/threads: a thread may be called "outline".
  route({
    method: 'GET',
    path: '/api/outline',
    parameters: none,
    query: Filter.extend({ ...Arrangement.shape, ...PageOfRoots.shape }),
    result: OutlinePage,
    summary:
      'Trees as they are shown, without figures, a page of roots at a time. Under a filter, what matches and its ancestors; in one list, what matches.',
    answer: ({ query: { sort, layout, guardians, trees, offset, limit, around, ...filter }, dendro: { store } }) =>
      outline(store, filter, { sort, layout, guardians, trees }, { offset, limit, around }),
  }),
  route({
    method: 'GET',
    path: '/api/outline/tree',
    parameters: none,
    query: Filter.extend({ ...Arrangement.shape, ...PartOfTree.shape }),
    result: Slice,
    summary: 'A further part of one tree of an outline.',
    answer: ({ query: { sort, layout, guardians, trees, root, offset, ...filter }, dendro: { store } }) =>
      outlineTree(store, filter, { sort, layout, guardians, trees }, { root, offset }),
  }),
  route({
    method: 'GET',
    path: '/api/outline/rows',
    parameters: none,
    result: OutlineRows,
    query: Filter.extend({ nodes: NodeNumbers.describe('The nodes whose rows are wanted, with commas between.') }),
    summary: 'Rows of an outline, by the numbers that it gives.',
    answer: ({ query: { nodes, ...filter }, dendro: { store } }) => outlineRows(store, filter, nodes),
  }),
  route({
    method: 'GET',
    path: '/api/outline/found',
    parameters: none,
    result: Found,
    query: Filter.extend({
      ...Arrangement.shape,
      text: z
        .string()
        .max(longestSearch)
        .default('')
        .describe('What the id begins with, or the title, model, agent, path or an error holds.'),
    }),
    summary: 'Which threads of an outline a text finds; without one, those to which any of `trees` happened.',
    answer: ({ query: { text, sort, layout, guardians, trees, ...filter }, dendro: { store } }) =>
      found(store, filter, { text, sort, layout, guardians, trees }),
  }),
  route({
    method: 'GET',
    path: '/api/forest',
    parameters: none,
    query: Filter,
    lines: ForestNode,
    summary: 'Every tree in pre-order, one line a node. Under a filter, what matches and its ancestors.',
    answer: async ({ query, dendro: { store } }) => streamedResponse(ndjsonType, () => lines(forest(store, query))),
  }),
];
