import assert from 'node:assert/strict';
import { once } from 'node:events';
import http, { type IncomingHttpHeaders } from 'node:http';
import net, { type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { z } from 'zod';
import { openDendroWith } from '../lib/testing/dendro.ts';
import { answerApi } from './api.ts';
import { createServer } from './server.ts';

const bodyBytes = 8 << 20;
const dendro = await openDendroWith({ DENDRO_MAX_BODY_BYTES: String(bodyBytes) });
globalThis.dendro = dendro;
const server = createServer({ ...dendro.configuration, port: 0 }, false, answerApi).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;
const sockets = new Set<Socket>();
after(async () => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  server.close();
  await dendro[Symbol.asyncDispose]();
});

const logOf = (thread: string, turn = 'u'): string =>
  `${JSON.stringify({ event_type: 'codex_hook_run', event_params: { thread_id: thread, turn_id: turn, status: 'completed' } })}\n`;
interface Answer {
  readonly status: number;
  readonly body: string;
  readonly continued: boolean;
}
interface Call {
  readonly target: string;
  readonly method?: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string;
}

/**
 * Sends a request that asks before it sends its body, and sends the body only when it is told to go on. Returns the
 * answer.
 */
async function ask({ target, method = 'POST', headers = {}, body = '' }: Call): Promise<Answer> {
  const request = http.request({
    host: '127.0.0.1',
    port,
    method,
    path: target,
    headers: { expect: '100-continue', 'content-length': Buffer.byteLength(body), ...headers },
  });
  let continued = false;
  request.once('continue', () => {
    continued = true;
    request.end(body);
  });
  request.flushHeaders();
  const [response] = z.tuple([z.instanceof(http.IncomingMessage)]).parse(await once(request, 'response'));
  const answer = { status: response.statusCode ?? 0, body: await text(response), continued };
  request.destroy();
  return answer;
}
const get = async (target: string): Promise<Answer> => {
  const request = http.get({ host: '127.0.0.1', port, path: target });
  const [response] = z.tuple([z.instanceof(http.IncomingMessage)]).parse(await once(request, 'response'));
  return { status: response.statusCode ?? 0, body: await text(response), continued: false };
};
const codeOf = ({ body }: Answer): string =>
  z.object({ error: z.object({ code: z.string() }) }).parse(JSON.parse(body)).error.code;

/** Starts a sender that sends less than it announces, and then nothing. */
async function stall(sent: string, length = bodyBytes): Promise<Socket> {
  const socket = net.connect(port, '127.0.0.1');
  sockets.add(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    `POST /api/imports?name=stalled HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${length}\r\n\r\n${sent}`,
  );
  return socket;
}
const running = (): number => dendro.importer.running().length;
async function until(holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
}

test('a client that asks is told to go on when its log is wanted, also for progress', async () => {
  for (const accept of ['application/json', 'application/x-ndjson']) {
    const { status, continued, body } = await ask({
      target: '/api/imports?name=asked',
      headers: { accept },
      body: logOf(`asked for ${accept}`),
    });
    assert.deepEqual({ status, continued }, { status: accept === 'application/json' ? 201 : 200, continued: true });
    assert.match(body, /"accepted":1/);
  }
});

for (const [what, call, status, code] of [
  [
    'from another site',
    { target: '/api/imports?name=x', headers: { origin: 'http://elsewhere.example' } },
    403,
    'cross_site',
  ],
  [
    'to another host',
    { target: '/api/imports?name=x', headers: { host: 'elsewhere.example' } },
    403,
    'host_not_allowed',
  ],
  [
    'that is too large',
    { target: '/api/imports?name=x', headers: { 'content-length': String(bodyBytes + 1) } },
    413,
    'body_too_large',
  ],
  [
    'with a parameter that there is not',
    { target: '/api/imports?nam=x', headers: { 'content-length': '10' } },
    400,
    'unknown_parameter',
  ],
  ['to where nothing is', { target: '/api/import', headers: { 'content-length': '10' } }, 404, 'not_found'],
  [
    'by a method that there is not',
    { target: '/api/imports', method: 'PUT', headers: { 'content-length': '10' } },
    405,
    'method_not_allowed',
  ],
] as const) {
  test(`an upload ${what} is refused before it is sent`, async () => {
    const answer = await ask(call);
    assert.deepEqual(
      { status: answer.status, code: codeOf(answer), continued: answer.continued },
      { status, code, continued: false },
    );
  });
}

test('an address that cannot be decoded is a bad request, with what to do', async () => {
  for (const target of ['/api/threads/%', '/api/threads/%E0%A4', '/api/threads?model=%zz', '/threads/50%', '/%ff']) {
    const { status, body } = await get(target);
    assert.equal(status, 400, target);
    assert.match(body, /write a percent sign as %25/);
  }
  assert.equal((await get('/api/threads?model=50%25')).status, 200);
});

test('threads and turns that are called by a dot or two are found', async () => {
  for (const id of ['.', '..', '~.']) {
    await ask({ target: '/api/imports?name=dots', body: logOf(id, id) });
    const segment = id.startsWith('~') ? '~~.' : `~${id}`;
    for (const path of id.startsWith('~') ? [segment] : [segment, id, id.replaceAll('.', '%2e')]) {
      const thread = await get(`/api/threads/${path}`);
      assert.equal(
        z.object({ thread: z.object({ threadId: z.string() }) }).parse(JSON.parse(thread.body)).thread.threadId,
        id,
      );
      const turn = await get(`/api/threads/${path}/turns/${path}`);
      assert.equal(z.object({ turn: z.object({ turnId: z.string() }) }).parse(JSON.parse(turn.body)).turn.turnId, id);
    }
  }
});

test('a small log comes in at once, however many senders have fallen silent', { timeout: 120_000 }, async () => {
  // Some have sent nothing, some enough to be read, and two of those hold the threads that read.
  await Promise.all(
    Array.from({ length: 100 }, (_, index) => stall(index % 2 === 0 ? '' : logOf(`stalled ${index}`).repeat(3000))),
  );
  await until(() => running() === 100);
  const { status, body } = await ask({ target: '/api/imports?name=good', body: logOf('good') });
  assert.equal(status, 201, body);
  for (const socket of sockets) socket.destroy();
  await until(() => running() === 0);
});

test(
  'a large log waits for no sender who is silent, and those who waited longest are told why',
  { timeout: 120_000 },
  async () => {
    const silent = await Promise.all(
      Array.from({ length: 4 }, (_, index) => stall(logOf(`silent ${index}`).repeat(3000))),
    );
    await until(() => running() === 4);
    const { status, body } = await ask({ target: '/api/imports?name=large', body: logOf('large').repeat(20_000) });
    assert.equal(status, 201, body);
    const told = await once(silent[0] ?? new net.Socket(), 'data');
    assert.match(String(told), /408[\s\S]*sender_silent[\s\S]*while other imports waited/);
  },
);
