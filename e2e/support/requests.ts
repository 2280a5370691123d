import http from 'node:http';
import net from 'node:net';
import { buffer, text } from 'node:stream/consumers';

export interface Call {
  readonly method?: string;
  readonly target: string;
  /** As they are sent; a `Host` of the server's own is added where there is none. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export const responseTo = (request: http.ClientRequest): Promise<http.IncomingMessage> =>
  new Promise((resolve, reject) => request.on('response', resolve).on('error', reject));

const agent = new http.Agent({ keepAlive: true });

/** Sends a request with exactly these headers, as no browser would. */
export async function send(port: number, { method = 'GET', target, headers = {}, body }: Call): Promise<Reply> {
  const request = http.request({
    host: '127.0.0.1',
    port,
    method,
    path: target,
    setHost: false,
    headers: { host: `127.0.0.1:${port}`, ...headers },
    agent,
  });
  request.end(body);
  const response = await responseTo(request);
  return { status: response.statusCode ?? 0, headers: response.headers, body: (await buffer(response)).toString() };
}

/** Sends bytes as they are and returns everything that comes back until the server closes the connection. */
export async function sendRaw(port: number, bytes: string): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}
