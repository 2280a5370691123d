import { z } from 'zod';
import type { Changes } from '../ingest/changes.ts';
import { eventStreamType, none, route, streamedResponse } from './route.ts';

/** The shortest time between two events, in ms. */
const pauseMs = 1000;
/** A comment is sent after this time without an event, in ms: proxies close silent connections. */
const silentMs = 15_000;

const Since = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'it must be a revision')
    .optional()
    .meta({
      description:
        'The latest revision that the client has. The header `Last-Event-ID` takes precedence. Without either, only later changes are sent.',
    }),
});

/** Yields the events of one listener. A slow reader skips revisions and gets only the latest. */
async function* events(changes: Changes, known: number, signal: AbortSignal): AsyncGenerator<string> {
  // The first bytes tell the client that it is connected.
  yield ': connected\n\n';
  let sent = known;
  let silentSince = Date.now();
  while (!changes.ended && !signal.aborted) {
    if (changes.revision !== sent) {
      sent = changes.revision;
      yield `id: ${sent}\nevent: change\ndata: ${JSON.stringify({ revision: sent })}\n\n`;
      silentSince = Date.now();
      await pause(pauseMs, changes, signal);
    } else if (Date.now() - silentSince >= silentMs) {
      yield ': still here\n\n';
      silentSince = Date.now();
    } else await changes.next(silentSince + silentMs - Date.now(), signal);
  }
}

/** Waits `ms` milliseconds, also when figures change; ends early when the stream ends. */
async function pause(ms: number, changes: Changes, signal: AbortSignal): Promise<void> {
  const until = Date.now() + ms;
  for (let left = ms; left > 0 && !changes.ended && !signal.aborted; left = until - Date.now())
    await changes.next(left, signal);
}

const Revision = z.object({ revision: z.int() }).meta({ id: 'Revision' });

/** Returns true if `Accept` allows an event stream. A client without `Accept` gets an answer that ends. */
const takesEvents = (accept: string | null): boolean =>
  accept !== null && (accept.includes(eventStreamType) || accept.includes('*/*'));

export const changeRoutes = [
  route({
    method: 'GET',
    path: '/api/changes',
    summary:
      'Server-sent events: a `change` with the `revision` when figures change, at most one a second, and a comment after 15 s without an event. A client that does not accept event streams gets the current revision as JSON.',
    parameters: none,
    query: Since,
    result: Revision,
    events: Revision,
    answer: ({ query, request, dendro: { importer } }) => {
      const { changes } = importer;
      if (!takesEvents(request.headers.get('accept'))) return Promise.resolve({ revision: changes.revision });
      const last = request.headers.get('last-event-id') ?? query.since;
      const known = last !== undefined && /^\d{1,15}$/.test(last) ? Number(last) : changes.revision;
      return Promise.resolve(
        streamedResponse(eventStreamType, (reading) =>
          events(changes, known, AbortSignal.any([request.signal, reading])),
        ),
      );
    },
  }),
];
