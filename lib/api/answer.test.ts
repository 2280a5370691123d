import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { answer } from './answer.ts';
import { openApi } from './openapi.ts';
import { ErrorBody } from './refusal.ts';
import { routes } from './routes.ts';
import { methods } from './route.ts';

const dendro = await openDendro(sampleLog);
globalThis.dendro = dendro;
after(() => dendro[Symbol.asyncDispose]());

const at = (path: string): string => `http://127.0.0.1:3000${path}`;
const get = (path: string): Promise<Response> => answer(new Request(at(path)));
const post = (log: string, accept = 'application/json', query = 'name=a.jsonl'): Promise<Response> =>
  answer(new Request(at(`/api/imports?${query}`), { method: 'POST', body: log, headers: { accept } }));
async function errorOf(response: Response): Promise<z.output<typeof ErrorBody>['error']> {
  return ErrorBody.parse(await response.json()).error;
}

const someThread = `/api/threads/${/"thread_id":"([^"]+)"/.exec(sampleLog)?.[1]}`;
const someTurn = `/api/threads/${/"thread_id":"([^"]+)"[^{}]*?"turn_id":"([^"]+)"/.exec(sampleLog)?.slice(1).join('/turns/')}`;
/** A path and a query that each route answers with success. */
const examples: Readonly<Record<string, string>> = {
  '/api/imports/{id}': '/api/imports/1',
  '/api/imports/{id}/rejects': '/api/imports/1/rejects',
  '/api/imports/{id}/logs': '/api/imports/1/logs',
  '/api/threads/{threadId}': someThread,
  '/api/threads/{threadId}/timeline': `${someThread}/timeline`,
  '/api/threads/{threadId}/timeline/span': `${someThread}/timeline/span?lane=0&from=0&to=1`,
  '/api/threads/{threadId}/turns/{turnId}': someTurn,
  '/api/threads/{threadId}/totals': `${someThread}/totals`,
  '/api/outline/rows': '/api/outline/rows?nodes=0,1',
  '/api/outline/tree': '/api/outline/tree?root=0',
  '/api/compactions/breakdown': '/api/compactions/breakdown?by=trigger,phase',
  '/api/hooks/breakdown': '/api/hooks/breakdown?by=hookName,hookSource',
  '/api/guardian/breakdown': '/api/guardian/breakdown?by=riskLevel,decision',
  '/api/events/{id}': '/api/events/1',
  '/api/events/{id}/text': '/api/events/1/text',
};

test('every route that reads answers what it declares, in JSON or lines of it', async () => {
  for (const {
    declaration: { method, path, result, lines },
  } of routes.filter((route) => route.declaration.method === 'GET')) {
    const response = await get(examples[path] ?? path);
    assert.equal(response.status, 200, `${method} ${path}`);
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const text = await response.text();
    if (result) z.parse(result, JSON.parse(text));
    else for (const line of text.trimEnd().split('\n')) z.parse(lines ?? z.never(), JSON.parse(line));
  }
});

test('what has no route is not found, in JSON', async () => {
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    '/api/summary/more',
    '/api/threads/',
    '/api/imports//rejects',
    '/api/__proto__',
    '/api/events/%E0%A4',
  ]) {
    const response = await get(path);
    assert.equal(response.status, 404, path);
    assert.equal((await errorOf(response)).code, 'not_found');
  }
});

test('every route refuses the methods that it does not have, and says which it has', async () => {
  const paths = new Set(routes.map((route) => route.declaration.path));
  for (const path of paths) {
    const allowed = routes.filter((route) => route.declaration.path === path).map((route) => route.declaration.method);
    for (const method of methods.filter((each) => !allowed.includes(each))) {
      const response = await answer(new Request(at(path.replaceAll(/\{\w+\}/g, '1')), { method }));
      assert.equal(response.status, 405, `${method} ${path}`);
      assert.equal(response.headers.get('allow'), allowed.join(', '));
      assert.equal((await errorOf(response)).code, 'method_not_allowed');
    }
  }
});

test('every route refuses a parameter that it does not have, by name', async () => {
  for (const {
    declaration: { method, path },
  } of routes) {
    const response = await answer(new Request(at(`${path.replaceAll(/\{\w+\}/g, '1')}?surprise=1`), { method }));
    assert.equal(response.status, 400, `${method} ${path}`);
    const error = await errorOf(response);
    assert.equal(error.code, 'unknown_parameter');
    assert.match(error.message, /"surprise"/);
  }
});

for (const [path, parameter] of [
  ['/api/summary?from=yesterday', 'from'],
  ['/api/threads?limit=0', 'limit'],
  ['/api/threads?limit=1001', 'limit'],
  ['/api/threads?limit=2.5', 'limit'],
  ['/api/threads?sort=up', 'sort'],
  ['/api/threads?cursor=x', 'cursor'],
  ['/api/events?cursor=e30', 'cursor'],
  ['/api/hooks/breakdown', 'by'],
  ['/api/hooks/breakdown?by=', 'by'],
  ['/api/hooks/breakdown?by=hookName,phase', 'by'],
  ['/api/forest?threadKind=users', 'threadKind'],
  ['/api/events?threadId=a&threadId=b', 'threadId'],
] as const) {
  test(`${path} is refused for its ${parameter}`, async () => {
    const response = await get(path);
    assert.equal(response.status, 400);
    const error = await errorOf(response);
    assert.equal(error.code, 'bad_parameter');
    assert.match(error.message, new RegExp(`"${parameter}"`));
  });
}

test('ids that nothing has are not found', async () => {
  for (const path of [
    '/api/imports/77',
    '/api/imports/x',
    '/api/imports/77/rejects',
    '/api/threads/nobody',
    '/api/threads/a%2Fb',
    '/api/events/999999999',
    '/api/events/x',
  ]) {
    const response = await get(path);
    assert.equal(response.status, 404, path);
    assert.equal((await errorOf(response)).code, 'not_found');
  }
});

test('a thread id may hold any character', async () => {
  const threadId = 'a/b?c=d&é "quoted" ../..';
  await post(
    `${JSON.stringify({ event_type: 'codex_hook_run', event_params: { thread_id: threadId, turn_id: 't', status: 'completed' } })}\n`,
  );
  const response = await get(`/api/threads/${encodeURIComponent(threadId)}`);
  assert.equal(
    z.object({ thread: z.object({ threadId: z.string() }) }).parse(await response.json()).thread.threadId,
    threadId,
  );
});

const Imported = z.object({ id: z.string(), name: z.string(), events: z.object({ accepted: z.int() }) });

test('a log is taken in once, and out again', async () => {
  const log = `${JSON.stringify({ event_type: 'codex_hook_run', event_params: { thread_id: 'once', turn_id: 't', status: 'blocked' } })}\n`;
  const created = await post(log, 'application/json', 'name=once.jsonl');
  assert.equal(created.status, 201);
  const { id, name, events } = Imported.parse(await created.json());
  assert.deepEqual({ name, accepted: events.accepted }, { name: 'once.jsonl', accepted: 1 });
  const again = await post(log, 'application/json', 'name=again.jsonl');
  assert.equal(again.status, 200);
  assert.equal(Imported.parse(await again.json()).id, id);
  for (const [query, status] of [
    ['', 400],
    [`?id=${id}&id=999`, 404],
    [`?id=${id}&id=x`, 404],
  ] as const) {
    assert.equal((await answer(new Request(at(`/api/imports${query}`), { method: 'DELETE' }))).status, status);
    assert.equal((await get(`/api/imports/${id}`)).status, 200);
  }
  const gone = await answer(new Request(at(`/api/imports/${id}`), { method: 'DELETE' }));
  assert.equal(gone.status, 204);
  assert.equal(await gone.text(), '');
  assert.equal((await answer(new Request(at(`/api/imports/${id}`), { method: 'DELETE' }))).status, 404);
  assert.equal((await get('/api/threads/once')).status, 404);
});

test('an answer is of one state, also when a log comes in between two of its statements', async () => {
  const log = (thread: number): string =>
    JSON.stringify({
      event_type: 'codex_thread_initialized',
      event_params: { thread_id: `earlier ${thread}`, thread_source: 'user', created_at: 1_000_000_000 + thread },
    });
  for (const [thread, path] of ['/api/threads?limit=1000', someThread, `${someThread}/timeline`].entries()) {
    const before = await (await get(path)).text();
    const coming: Promise<unknown>[] = [];
    globalThis.dendro = {
      ...dendro,
      store: {
        ...dendro.store,
        async rows(...statement) {
          const rows = await dendro.store.rows(...statement);
          if (coming.length === 0) {
            coming.push(dendro.take(log(thread)));
            await coming[0];
          }
          return rows;
        },
      },
    };
    const answered = await dendro.store.answer(async () => (await get(path)).text());
    globalThis.dendro = dendro;
    await Promise.all(coming);
    assert.equal(answered, before, path);
  }
});

test('a log without events is refused whole', async () => {
  const response = await post('{"not":"an event"}\n');
  assert.equal(response.status, 422);
  assert.equal((await errorOf(response)).code, 'no_events');
});

test('as lines, an import tells its progress and ends with its result or its error', async () => {
  const linesOf = async (response: Response): Promise<unknown[]> =>
    (await response.text())
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  const log = sampleLog.replaceAll('codex_vscode', 'another_client');
  const response = await post(log, 'application/x-ndjson');
  assert.match(response.headers.get('content-type') ?? '', /^application\/x-ndjson/);
  const lines = await linesOf(response);
  assert.equal(Imported.parse(z.object({ import: z.unknown() }).parse(lines.at(-1)).import).name, 'a.jsonl');
  for (const line of lines.slice(0, -1))
    z.object({ progress: z.object({ bytes: z.int(), lines: z.int(), events: z.int(), rejected: z.int() }) }).parse(
      line,
    );
  assert.equal(
    ErrorBody.parse((await linesOf(await post('nothing\n', 'application/x-ndjson'))).at(-1)).error.code,
    'no_events',
  );
});

/** Returns a log that never ends. */
function endlessLog(): ReadableStream<Uint8Array> {
  const line = new TextEncoder().encode(
    `${JSON.stringify({ event_type: 'codex_hook_run', event_params: { thread_id: 'left', turn_id: 't', status: 'failed' } })}\n`,
  );
  return new ReadableStream({
    async pull(controller) {
      controller.enqueue(line);
      await delay(1);
    },
  });
}

for (const [way, accept] of [
  ['stops reading the lines', 'application/x-ndjson'],
  ['closes the connection', 'application/json'],
] as const) {
  test(`an import whose client ${way} leaves nothing behind`, async () => {
    const before = await (await get('/api/imports')).text();
    const connection = new AbortController();
    // The type of `fetch` in browsers does not know that a body may be a stream.
    const request = Object.assign(
      { method: 'POST', body: endlessLog(), headers: { accept }, signal: connection.signal },
      { duplex: 'half' },
    );
    const answered = answer(new Request(at('/api/imports?clientKey=leaver'), request));
    while (!(await (await get('/api/imports/running')).text()).includes('"clientKey":"leaver"')) await delay(5);
    if (accept === 'application/json') connection.abort();
    else await (await answered).body?.cancel();
    while (dendro.importer.running().length > 0) await delay(5);
    assert.equal(await (await get('/api/imports')).text(), before);
    assert.equal((await get('/api/threads/left')).status, 404);
    if (accept === 'application/json') assert.equal((await errorOf(await answered)).code, 'cancelled');
  });
}

test('answers that are left half read, or of which only the head is asked, keep nothing waiting', async () => {
  for (let count = 0; count < 20; count++) {
    for (const path of ['/api/forest', someThread]) {
      const reader = (await get(path)).body?.getReader();
      await reader?.read();
      await reader?.cancel();
      const head = await answer(new Request(at(path), { method: 'HEAD' }));
      assert.equal(head.status, 200);
      assert.equal(head.body, null);
    }
  }
  assert.equal((await get('/api/summary')).status, 200);
});

test('the description covers every route, and its references lead somewhere', () => {
  const text = JSON.stringify(openApi(routes));
  const { paths, components } = z
    .object({
      openapi: z.literal('3.1.0'),
      paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))),
      components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
    })
    .parse(JSON.parse(text));
  for (const {
    declaration: { method, path },
  } of routes)
    assert.ok(paths[path]?.[method.toLowerCase()], `${method} ${path}`);
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
    assert.ok(name !== undefined && components.schemas[name], name);
  const operations = Object.values(paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  );
  assert.equal(new Set(operations).size, routes.length);
});
