import { randomBytes } from 'node:crypto';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Configuration } from '../lib/configuration.ts';
import type { Arrival } from '../lib/safety/arrival.ts';
import { guard, mayUpgrade } from '../lib/safety/guard.ts';
import { isUntrusted } from '../lib/safety/headers.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const arrivalOf = (request: IncomingMessage): Arrival => ({
  method: request.method ?? '', target: request.url ?? '', rawHeaders: request.rawHeaders,
  localAddress: request.socket.localAddress ?? '', localPort: request.socket.localPort ?? 0,
});

function isDecodable(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** A target of which Next can decode every part of the path: it fails on one that is no UTF-8 or holds a bare `%`. Such a part stands for itself, and there is no more at its address than at any other. */
function decodable(target: string): string {
  const [path = ''] = target.split('?', 1);
  return path.split('/').map((part) => (isDecodable(part) ? part : part.replaceAll('%', '%25'))).join('/') + target.slice(path.length);
}

/** Makes the server that judges every request before `handle` sees it. It does not listen yet. */
export function createServer(configuration: Configuration, development: boolean, handle: RequestHandler): http.Server {
  // A missing Host gets the guard's own answer. Uploads may take as long as they need; only headers have to come soon. Connections are probed, so that a dead one is noticed.
  const server = http.createServer({ requireHostHeader: false, requestTimeout: 0, headersTimeout: 30_000, keepAliveTimeout: 30_000, keepAlive: true, keepAliveInitialDelay: 60_000 });
  server.on('request', (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const { answer, headers, policy } = guard(arrivalOf(request), { configuration, development, nonce });
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (answer) {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) }).end(answer.body);
      return;
    }
    const trusted = Object.entries(request.headers).filter(([name]) => !isUntrusted(name));
    // Next takes the nonce for its own scripts and styles from the policy; pages take it from `x-nonce` for theirs.
    request.url = decodable(request.url ?? '');
    request.headers = { ...Object.fromEntries(trusted), 'content-security-policy': policy, 'x-nonce': nonce };
    handle(request, response).catch((error: unknown) => {
      process.stderr.write(`${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : String(error)}\n`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('Dendro failed to answer this request.\n');
    });
  });
  return server;
}

/** Hands upgrades (hot reloading, over a WebSocket) on to `upgrade`. Where this is not called, a wish to upgrade is ignored. */
export function acceptUpgrades(server: http.Server, configuration: Configuration, upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void {
  server.on('upgrade', (request, socket, head) => {
    if (mayUpgrade(arrivalOf(request), configuration)) upgrade(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
}
