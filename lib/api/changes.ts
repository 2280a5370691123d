import { z } from 'zod';
import type { Changes } from '../ingest/changes.ts';
import { eventStreamType, none, route, streamedResponse } from './route.ts';

/** At most one event in this time, in ms. */
const pauseMs = 1000;
/** A comment after this time without an event, in ms: proxies close connections that are silent. */
const silentMs = 15_000;

const Since = z.strictObject({
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'it must be a revision')
    .optional()
    .meta({
      description:
        'The revision that the client knows, for the first connection; `Last-Event-ID` counts when there is one. Without either, only changes from now on are sent.',
    }),
});

/** Yields the events of one listener. One that reads slowly gets the latest revision when it reads on. */
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

/** Waits all of the time, whatever changes meanwhile. */
async function pause(ms: number, changes: Changes, signal: AbortSignal): Promise<void> {
  const until = Date.now() + ms;
  for (let left = ms; left > 0 && !changes.ended && !signal.aborted; left = until - Date.now())
    await changes.next(left, signal);
}

const Revision = z.object({ revision: z.int() }).meta({ id: 'Revision' });

/** A client that can read a stream says so; one that does not say what it takes gets an answer that ends. */
const takesEvents = (accept: string | null): boolean =>
  accept !== null && (accept.includes(eventStreamType) || accept.includes('*/*'));

export const changeRoutes = [
  route({
    method: 'GET',
    path: '/api/changes',
    summary:
      'Server-sent events: a `change` with the `revision` when figures have changed, at most one a second, and a comment every 15 s. As JSON, the revision alone.',
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
