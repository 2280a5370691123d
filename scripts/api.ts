import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { answer } from '../lib/api/answer.ts';

/**
 * Returns the request without its body, which is read from the connection. Aborted when the client goes away before it
 * has its answer.
 */
function requestOf(incoming: IncomingMessage, outgoing: ServerResponse): Request {
  const left = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) left.abort();
  });
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    for (const each of [value ?? []].flat()) headers.append(name, each);
  // Only the path and the query are looked at; the guard has judged the host.
  return new Request(new URL(incoming.url ?? '/', 'http://localhost'), {
    method: incoming.method ?? 'GET',
    headers,
    signal: left.signal,
  });
}

/** Returns the body as it comes in. `wantBody` is called when someone starts to read it. */
async function* bodyOf(incoming: IncomingMessage, wantBody: () => void): AsyncGenerator<Uint8Array> {
  wantBody();
  // The connection stays open when nobody reads on: the client must get the answer that says why, and many clients take
  // it only after they have sent everything.
  const body: AsyncIterable<Uint8Array> = incoming.iterator({ destroyOnReturn: false });
  yield* body;
}

/** Answers a request below `/api`. It bypasses Next, because Next would copy every byte of a log. */
export async function answerApi(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  wantBody: () => void,
): Promise<void> {
  const response = await answer(requestOf(incoming, outgoing), bodyOf(incoming, wantBody));
  // An answer that begins while the body comes in starts with its head.
  if (response.ok) wantBody();
  for (const [name, value] of response.headers) outgoing.setHeader(name, value);
  outgoing.writeHead(response.status);
  outgoing.once('finish', () => incoming.resume());
  if (response.body === null) outgoing.end();
  else
    await pipeline(Readable.from(response.body), outgoing).catch((error: unknown) => {
      if (!outgoing.destroyed) throw error;
    });
}
