import { z } from 'zod';
import { timeline, timelineSpan } from '../queries/timeline.ts';
import { Timeline, TimelineSpan } from '../queries/timeline-shapes.ts';
import { Refusal } from './refusal.ts';
import { none, route } from './route.ts';

const parameters = z.strictObject({ threadId: z.string() });
const noThread = (threadId: string): Refusal => new Refusal('not_found', `There is no thread "${threadId}".`);
/** More lanes than any window shows at once. */
const mostLanes = 200;
const time = z.coerce.number().int();

export const timelineRoutes = [
  route({
    method: 'GET',
    path: '/api/threads/{threadId}/timeline',
    parameters,
    query: none,
    result: Timeline,
    refusals: ['not_found'],
    summary:
      'A thread and all below it with their turns, compactions, guardian reviews, steers and the hook runs that did not complete, as tables by column.',
    answer: async ({ path: { threadId }, dendro: { store } }) =>
      (await timeline(store, threadId)) ?? noThread(threadId),
  }),
  route({
    method: 'GET',
    path: '/api/threads/{threadId}/timeline/span',
    parameters,
    result: TimelineSpan,
    refusals: ['not_found'],
    summary: 'The tool calls, approvals and completed hook runs of some lanes of a timeline within a span of time.',
    query: z.strictObject({
      lane: z.array(z.coerce.number().int().min(0)).min(1).max(mostLanes).describe('Places in the timeline’s `lanes`.'),
      from: time.describe('In ms since the epoch.'),
      to: time.describe('The same; both ends belong to the span.'),
    }),
    answer: async ({ path: { threadId }, query: { lane, from, to }, dendro: { store } }) =>
      (await timelineSpan(store, threadId, { lanes: lane, from, to })) ?? noThread(threadId),
  }),
];
