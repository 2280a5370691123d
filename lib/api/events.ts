import { z } from 'zod';
import { Filter } from '../filters.ts';
import {
  eventById,
  eventJson,
  eventList,
  EventList,
  EventSelection,
  EventText,
  EventWithText,
} from '../queries/events.ts';
import { Page } from '../queries/shapes.ts';
import { Refusal } from './refusal.ts';
import { jsonResponse, none, route } from './route.ts';

const noEvent = (id: string): Refusal => new Refusal('not_found', `There is no event "${id}".`);

export const eventRoutes = [
  route({
    method: 'GET',
    path: '/api/events',
    summary: 'Events as they were logged, in the order of their logs.',
    parameters: none,
    result: EventList,
    query: Filter.extend({
      ...Page.shape,
      ...EventSelection.shape,
      withText: z.literal('true').optional().describe('Events with their text, byte for byte.'),
    }),
    answer: async ({ query: { withText, ...query }, dendro: { store } }) => {
      const { events, nextCursor } = await eventList(store, query, query);
      return jsonResponse(
        `{"events":[${events.map((event) => eventJson(event, { withText: withText !== undefined })).join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`,
      );
    },
  }),
  route({
    method: 'GET',
    path: '/api/events/{id}',
    summary: 'One event, with its text byte for byte.',
    parameters: z.strictObject({ id: z.string() }),
    query: none,
    result: EventWithText,
    refusals: ['not_found'],
    answer: async ({ path: { id }, dendro: { store } }) => {
      const event = await eventById(store, id);
      return event ? jsonResponse(eventJson(event, { withText: true })) : noEvent(id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/events/{id}/text',
    summary: 'The text of one event exactly as logged, byte for byte, as a download.',
    parameters: z.strictObject({ id: z.string() }),
    query: none,
    result: EventText,
    refusals: ['not_found'],
    answer: async ({ path: { id }, dendro: { store } }) => {
      const event = await eventById(store, id);
      return event
        ? jsonResponse(event.text, 200, { 'content-disposition': `attachment; filename="event-${event.id}.json"` })
        : noEvent(id);
    },
  }),
];
