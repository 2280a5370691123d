import path from 'node:path';
import { importLog } from './support/import.ts';
import { send, sendRaw, type Call, type Reply } from './support/requests.ts';
import { allRoutes } from './support/routes.ts';
import { startServer, type RunningServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
const changing = methods.filter((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
const sample = path.resolve(import.meta.dirname, '../public/samples/codex-0.169.0.jsonl');

/** Returns a call and its reply as text, for people who read why a test failed. */
const describe = ({ method = 'GET', target, headers = {} }: Call, reply: Reply): string =>
  `${method} ${target} ${JSON.stringify(headers)}: ${reply.status} ${JSON.stringify(reply.headers)} ${reply.body.slice(0, 100)}`;

/** Asks every route the calls of `calls`, and lists the wrong replies. */
async function wrongReplies(
  server: RunningServer,
  calls: (target: string) => Iterable<Call>,
  isRight: (reply: Reply, call: Call) => boolean,
  headers: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const wrong: string[] = [];
  for (const target of await allRoutes(server.port, headers)) {
    for (const call of calls(target)) {
      const reply = await send(server.port, call);
      if (!isRight(reply, call)) wrong.push(describe(call, reply));
    }
  }
  return wrong;
}
const each =
  (chosen: readonly string[], headers: Readonly<Record<string, string>> = {}) =>
  (target: string): Call[] =>
    chosen.map((method) => ({ method, target, headers }));

test.describe('without a token', () => {
  /** The reply of every route to a plain request, with a log imported. */
  const answers: Array<readonly [call: Call, reply: Reply]> = [];
  const wrongAnswers = (isRight: (reply: Reply, call: Call) => boolean): string[] =>
    answers.filter(([call, reply]) => !isRight(reply, call)).map(([call, reply]) => describe(call, reply));
  test.beforeAll(async ({ dendro }) => {
    await importLog(dendro, sample);
    for (const target of await allRoutes(dendro.port)) answers.push([{ target }, await send(dendro.port, { target })]);
  });

  test('there are pages, calls and files to walk', () => {
    const routes = answers.map(([{ target }]) => target);
    for (const route of [
      '/',
      '/threads',
      '/api/summary',
      '/api/imports',
      '/api/imports/1',
      '/samples/codex-0.169.0.jsonl',
    ])
      expect(routes).toContain(route);
    for (const ending of ['.js', '.css', '.woff2', '.svg'])
      expect(
        routes.some((route) => route.startsWith('/_next/static/') && route.endsWith(ending)),
        ending,
      ).toBe(true);
  });

  test('no route answers to another host, whatever the method', async ({ dendro }) => {
    for (const host of [
      `rebound.example:${dendro.port}`,
      '127.0.0.1',
      `127.0.0.1:${dendro.port + 1}`,
      '10.0.0.1',
      `localhost.rebound.example:${dendro.port}`,
    ]) {
      expect(await wrongReplies(dendro, each(methods, { host }), ({ status }) => status === 403)).toEqual([]);
    }
  });

  test('no route answers to a forwarded host in place of its own', async ({ dendro }) => {
    const own = await send(dendro.port, { target: '/' });
    const forwarded = await send(dendro.port, {
      target: '/',
      headers: {
        'x-forwarded-host': 'rebound.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=rebound.example',
      },
    });
    expect(own.status).toBe(200);
    expect(forwarded.body).not.toContain('rebound.example');
  });

  test('a missing, repeated or malformed host and a target with a host are bad requests', async ({ dendro }) => {
    const host = `Host: 127.0.0.1:${dendro.port}\r\n`;
    for (const route of ['/', '/api/summary', '/samples/codex-0.169.0.jsonl']) {
      const requests = [
        [route, ''],
        [route, host + host],
        [route, 'Host: \r\n'],
        [route, 'Host: a b\r\n'],
        [`http://127.0.0.1:${dendro.port}${route}`, host],
        [`//rebound.example${route}`, host],
      ] as const;
      for (const [target, lines] of requests) {
        expect(
          await sendRaw(dendro.port, `GET ${target} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`),
          `${target} ${lines}`,
        ).toMatch(/^HTTP\/1\.1 400 /);
      }
      expect(await sendRaw(dendro.port, `GET ${route} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  test('no route lets another site change anything, whatever the method', async ({ dendro }) => {
    const before = await importLog(dendro, sample);
    const sites: ReadonlyArray<Readonly<Record<string, string>>> = [
      { origin: 'http://rebound.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${dendro.port + 1}`, 'sec-fetch-site': 'same-site' },
      { origin: `http://localhost:${dendro.port}` },
      { 'sec-fetch-site': 'cross-site' },
      { origin: `http://127.0.0.1:${dendro.port}`, 'sec-fetch-site': 'cross-site' },
      {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:60.0) Gecko/20100101 Firefox/60.0',
        'content-type': 'text/plain',
      },
      { referer: 'http://rebound.example/' },
      { cookie: 'a=b' },
    ];
    for (const headers of sites) {
      expect(
        await wrongReplies(dendro, each(changing, headers), ({ status }) => status === 403 || status === 405),
      ).toEqual([]);
      expect((await send(dendro.port, { method: 'DELETE', target: `/api/imports/${before.id}`, headers })).status).toBe(
        403,
      );
      const override = {
        ...headers,
        'x-http-method-override': 'DELETE',
        'x-http-method': 'DELETE',
        'x-method-override': 'DELETE',
      };
      expect((await send(dendro.port, { target: `/api/imports/${before.id}`, headers: override })).status).toBe(200);
    }
    const { body } = await send(dendro.port, { target: '/api/imports' });
    expect(JSON.parse(body)).toEqual({ imports: [before], total: 1, nextCursor: null });
  });

  test('tools that send no origin may import, as our pages may', async ({ dendro }) => {
    const asTool = await send(dendro.port, {
      method: 'POST',
      target: '/api/imports?name=x',
      headers: { 'user-agent': 'curl/8.5.0', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'no log',
    });
    expect(asTool.status).toBe(422);
    const origin = `http://127.0.0.1:${dendro.port}`;
    const asPage = await send(dendro.port, {
      method: 'POST',
      target: '/api/imports?name=x',
      headers: { 'user-agent': 'Mozilla/5.0', origin, 'sec-fetch-site': 'same-origin' },
      body: 'no log',
    });
    expect(asPage.status).toBe(422);
  });

  test('methods beyond reading are for the API alone, and none beyond POST and DELETE', async ({ dendro }) => {
    expect(
      await wrongReplies(dendro, each(['PUT', 'PATCH', 'TRACE', 'PROPFIND']), ({ status }) => status === 405),
    ).toEqual([]);
    const pages = (target: string): Call[] =>
      /^\/api(\/|$)/.test(target) ? [] : ['POST', 'DELETE'].map((method) => ({ method, target }));
    expect(await wrongReplies(dendro, pages, ({ status }) => status === 405)).toEqual([]);
    expect(
      await sendRaw(dendro.port, `CONNECT rebound.example:443 HTTP/1.1\r\nHost: 127.0.0.1:${dendro.port}\r\n\r\n`),
    ).not.toMatch(/^HTTP\/1\.1 2/);
    const upgrade = await sendRaw(
      dendro.port,
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${dendro.port}\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`,
    );
    expect(upgrade).not.toMatch(/^HTTP\/1\.1 101/);
  });

  test('every answer of every route carries the security headers, and none lets another origin read', async ({
    dendro,
  }) => {
    const isSafe = ({ headers }: Reply): boolean =>
      headers['x-content-type-options'] === 'nosniff' &&
      headers['referrer-policy'] === 'no-referrer' &&
      headers['x-frame-options'] === 'DENY' &&
      headers['cross-origin-opener-policy'] === 'same-origin' &&
      headers['cross-origin-resource-policy'] === 'same-origin' &&
      headers['permissions-policy'] !== undefined &&
      String(headers['content-security-policy']).includes(`frame-ancestors 'none'`) &&
      !Object.keys(headers).some((name) => name.startsWith('access-control-') || name === 'x-powered-by');
    expect(wrongAnswers(isSafe)).toEqual([]);
    expect(
      await wrongReplies(dendro, each(methods.filter((method) => !['GET', 'DELETE'].includes(method))), isSafe),
    ).toEqual([]);
    for (const headers of [
      { origin: 'http://rebound.example', 'access-control-request-method': 'POST' },
      { host: 'rebound.example' },
    ]) {
      expect(
        await wrongReplies(
          dendro,
          each(
            methods.filter((method) => method !== 'DELETE'),
            headers,
          ),
          isSafe,
        ),
      ).toEqual([]);
    }
  });

  test('answers of the API are never stored', () => {
    expect(
      wrongAnswers(
        ({ headers }, { target }) => !/^\/api(\/|$)/.test(target) || headers['cache-control'] === 'no-store',
      ),
    ).toEqual([]);
  });

  test('every script and style of every page carries the nonce of its own answer', () => {
    const nonces = new Set<string>();
    // Next prerenders the last resort of its errors, so that one page has no nonce, and the policy keeps its scripts
    // from running.
    const hasNonces = ({ headers, body }: Reply, call: Call): boolean => {
      if (!(headers['content-type'] ?? '').startsWith('text/html') || call.target === '/_global-error') return true;
      const policy = String(headers['content-security-policy']);
      const nonce = /script-src 'self' 'nonce-([^']+)' 'strict-dynamic';/.exec(policy)?.[1];
      if (nonce === undefined || nonces.has(nonce) || /unsafe-eval|script-src[^;]*unsafe-inline/.test(policy))
        return false;
      nonces.add(nonce);
      return (
        [...body.matchAll(/<(?:script|style)\b[^>]*>/g)].every(([tag]) => tag.includes(`nonce="${nonce}"`)) &&
        !/<[a-z][^>]*\son[a-z]+=/i.test(body.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, ''))
      );
    };
    expect(wrongAnswers(hasNonces)).toEqual([]);
    expect(nonces.size).toBeGreaterThan(3);
  });

  test('a nonce that the request brings is not taken', async ({ dendro }) => {
    const nonce = 'bm9uY2Utb2YtYW4tYXR0YWNrZXI=';
    const { headers, body } = await send(dendro.port, {
      target: '/',
      headers: { 'x-nonce': nonce, 'content-security-policy': `script-src 'nonce-${nonce}'` },
    });
    expect(`${JSON.stringify(headers)}${body}`).not.toContain(nonce);
  });
});

test.describe('with a token', () => {
  const token = 'a-token-for-this-test';
  let server: RunningServer;
  test.beforeAll(async () => {
    server = await startServer({ DENDRO_TOKEN: token });
  });
  test.afterAll(async () => server.dispose());
  const bearer = { authorization: `Bearer ${token}` };

  test('every route wants it, whatever the method', async () => {
    for (const headers of [
      {},
      { authorization: 'Bearer another-token-of-that-length' },
      { cookie: `dendro_${server.port}=${token}` },
    ]) {
      expect(
        await wrongReplies(server, each(methods, headers), ({ status }) => [401, 403, 405].includes(status), bearer),
      ).toEqual([]);
      expect(
        await wrongReplies(server, each(['GET', 'HEAD', 'OPTIONS'], headers), ({ status }) => status === 401, bearer),
      ).toEqual([]);
    }
  });

  test('with it, no route refuses', async () => {
    expect(
      await wrongReplies(server, each(['GET'], bearer), ({ status }) => status !== 401 && status !== 403, bearer),
    ).toEqual([]);
  });

  test('it does not excuse another host or site', async () => {
    expect(
      (await send(server.port, { target: '/api/summary', headers: { ...bearer, host: 'rebound.example' } })).status,
    ).toBe(403);
    expect(
      (
        await send(server.port, {
          method: 'DELETE',
          target: '/api/imports/1',
          headers: { ...bearer, origin: 'http://rebound.example' },
        })
      ).status,
    ).toBe(403);
  });

  test('a browser shows it once', async ({ page, context }) => {
    const refused = await page.goto(`${server.url}/threads`);
    expect(refused?.status()).toBe(401);
    await expect(page.locator('body')).toContainText('This Dendro wants its token');
    await page.goto(`${server.url}/threads?token=${token}`);
    await expect(page).toHaveURL(`${server.url}/threads`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.value).not.toContain(token);
    expect((await page.goto(`${server.url}/api/summary`))?.status()).toBe(200);
  });
});
