import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Configuration } from '../lib/configuration.ts';
import type { Arrival } from '../lib/safety/arrival.ts';
import { guard, mayUpgrade } from '../lib/safety/guard.ts';
import { withoutDirections } from '../lib/path-segment.ts';
import { isUntrusted } from '../lib/safety/headers.ts';

/**
 * Answers a request. Call `wantBody` before reading the body: a client that asked whether to send it is told to go on
 * then. It may be called more than once.
 */
export type RequestHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  wantBody: () => void,
) => Promise<void>;

export const arrivalOf = (request: IncomingMessage): Arrival => ({
  method: request.method ?? '',
  target: request.url ?? '',
  rawHeaders: request.rawHeaders,
  localAddress: request.socket.localAddress ?? '',
  localPort: request.socket.localPort ?? 0,
});

/** Makes the server that judges every request before `handle` sees it. It does not listen yet. */
export function createServer(configuration: Configuration, development: boolean, handle: RequestHandler): http.Server {
  // A missing Host gets the guard's own answer. Uploads may take as long as they need; only headers have to come soon.
  // Connections are probed, so that a dead one is noticed.
  const server = http.createServer({
    requireHostHeader: false,
    requestTimeout: 0,
    headersTimeout: 30_000,
    keepAliveTimeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  });
  const answerTo = (request: IncomingMessage, response: ServerResponse, wantBody: () => void): void => {
    const nonce = randomBytes(16).toString('base64');
    const { answer, headers, policy } = guard(arrivalOf(request), { configuration, development, nonce });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (answer) {
      response
        .writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
        .end(answer.body);
      return;
    }
    const trusted = Object.entries(request.headers).filter(([name]) => !isUntrusted(name));
    // Next takes the nonce for its own scripts and styles from the policy; pages take it from `x-nonce` for theirs.
    request.url = withoutDirections(request.url ?? '');
    request.headers = { ...Object.fromEntries(trusted), 'content-security-policy': policy, 'x-nonce': nonce };
    handle(request, response, wantBody).catch((error: unknown) => {
      process.stderr.write(
        `${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : String(error)}\n`,
      );
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'content-type': 'text/plain; charset=utf-8' })
          .end('Dendro failed to answer this request.\n');
    });
  };
  server.on('request', (request, response) => answerTo(request, response, () => undefined));
  // A client that asks before it sends its body is told to go on only when the body is wanted, so that the body of a
  // refused request is never sent.
  server.on('checkContinue', (request, response) => {
    let asked = false;
    // The client may never send the refused body, and the next request could not be told from it.
    response.shouldKeepAlive = false;
    answerTo(request, response, () => {
      if (asked) return;
      asked = true;
      response.shouldKeepAlive = true;
      response.writeContinue();
    });
  });
  return server;
}

/**
 * Passes upgrades (hot reloading, over a WebSocket) on to `upgrade`. Unless this is called, requests to upgrade are
 * ignored.
 */
export function acceptUpgrades(
  server: http.Server,
  configuration: Configuration,
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
): void {
  server.on('upgrade', (request, socket, head) => {
    if (mayUpgrade(arrivalOf(request), configuration)) upgrade(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
}
