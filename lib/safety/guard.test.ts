import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readConfiguration } from '../configuration.ts';
import type { Arrival } from './arrival.ts';
import { guard, type Verdict } from './guard.ts';

const secret = 'correct-horse-battery';
const nonce = 'bm9uY2Utbm9uY2Utbm9uYw==';

interface Call {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: ReadonlyArray<readonly [string, string]>;
  readonly localAddress?: string;
  readonly development?: boolean;
}
/** Judges a request to a Dendro with that environment; by default it has the right Host. */
function judge(call: Call, environment: Record<string, string> = {}): Verdict {
  const result = readConfiguration(environment);
  assert.ok(result.ok, result.ok ? '' : result.message);
  const headers = call.headers ?? [['Host', 'localhost:3000']];
  const arrival: Arrival = {
    method: call.method ?? 'GET',
    target: call.target ?? '/',
    rawHeaders: headers.flat(),
    localAddress: call.localAddress ?? '127.0.0.1',
    localPort: 3000,
  };
  return guard(arrival, { configuration: result.value, development: call.development ?? false, nonce });
}
const status = (call: Call, environment?: Record<string, string>): number =>
  judge(call, environment).answer?.status ?? 200;
const withHost = (host: string): Call => ({ headers: [['Host', host]] });

describe('host', () => {
  test('loopback names with the port pass', () => {
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000'])
      assert.equal(status(withHost(host)), 200, host);
  });
  test('other names, ports and addresses do not', () => {
    for (const host of [
      'evil.example:3000',
      'localhost:3001',
      'localhost',
      '127.0.0.1.evil.example:3000',
      '10.0.0.1:3000',
      '[::]:3000',
      'localhost.:3000',
      '0.0.0.0:3000',
    ]) {
      assert.ok([400, 403].includes(status(withHost(host))), host);
    }
  });
  test('a missing, repeated, empty or malformed header is a bad request', () => {
    const bad: ReadonlyArray<ReadonlyArray<readonly [string, string]>> = [
      [],
      [['Host', '']],
      [
        ['Host', 'localhost:3000'],
        ['host', 'localhost:3000'],
      ],
      [['Host', 'localhost:3000, evil.example']],
      [['Host', 'user@localhost:3000']],
    ];
    for (const headers of bad) assert.equal(status({ headers }), 400, JSON.stringify(headers));
  });
  test('targets that name a host of their own are bad requests', () => {
    for (const target of ['http://localhost:3000/', '//evil.example/', '/\\evil.example', '*', '', 'localhost:3000'])
      assert.equal(status({ target }), 400, target);
  });
  test('configured hosts pass, with any port unless one is given', () => {
    const environment = { DENDRO_ALLOWED_HOSTS: 'dendro.example, other.example:8080' };
    for (const host of ['dendro.example', 'dendro.example:9', 'Other.Example:8080'])
      assert.equal(status(withHost(host), environment), 200, host);
    for (const host of ['other.example', 'other.example:80', 'sub.dendro.example'])
      assert.equal(status(withHost(host), environment), 403, host);
  });
  test('one that listens everywhere answers to the address where the connection arrived', () => {
    const call = (host: string): Call => ({
      localAddress: '::ffff:192.168.1.5',
      headers: [
        ['Host', host],
        ['Authorization', `Bearer ${secret}`],
      ],
    });
    const environment = { HOST: '0.0.0.0', DENDRO_TOKEN: secret };
    assert.equal(status(call('192.168.1.5:3000'), environment), 200);
    assert.equal(status(call('192.168.1.6:3000'), environment), 403);
  });
});

describe('method', () => {
  test('pages and files are only read', () => {
    for (const method of ['GET', 'HEAD']) assert.equal(status({ method }), 200);
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'get']) {
      const { answer } = judge({ method, target: '/imports' });
      assert.equal(answer?.status, 405, method);
      assert.equal(answer?.headers['allow'], 'GET, HEAD, OPTIONS');
    }
  });
  test('the API takes POST and DELETE besides, and nothing else', () => {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS'])
      assert.equal(status({ method, target: '/api/imports' }), 200, method);
    for (const method of ['PUT', 'PATCH', 'TRACE', 'QUERY'])
      assert.equal(status({ method, target: '/api/imports' }), 405, method);
  });
  test('a path that only resembles the API may do no more than a page', () => {
    for (const target of ['/%61pi/imports', '/API/imports', '/apiary', '/x/api/imports', '/.//api/imports'])
      assert.equal(status({ method: 'POST', target }), 405, target);
  });
  test('OPTIONS says what is possible and allows no origin', () => {
    const { answer, headers } = judge({ method: 'OPTIONS' });
    assert.equal(answer?.status, 204);
    for (const name of [...Object.keys(headers), ...Object.keys(answer.headers)])
      assert.doesNotMatch(name, /^access-control/i);
  });
  test("only development lets Next's own tools POST", () => {
    assert.equal(status({ method: 'POST', target: '/__nextjs_original-stack-frames' }), 405);
    assert.equal(status({ method: 'POST', target: '/__nextjs_original-stack-frames', development: true }), 200);
    assert.equal(status({ method: 'POST', target: '/imports', development: true }), 405);
  });
});

describe('site', () => {
  const post = (...headers: ReadonlyArray<readonly [string, string]>): Call => ({
    method: 'POST',
    target: '/api/imports',
    headers: [['Host', 'localhost:3000'], ...headers],
  });
  const passes: ReadonlyArray<readonly [string, Call]> = [
    [
      'our own page',
      post(
        ['Origin', 'http://localhost:3000'],
        ['Sec-Fetch-Site', 'same-origin'],
        ['User-Agent', 'Mozilla/5.0'],
        ['Cookie', 'a=b'],
      ),
    ],
    ['our own page behind TLS', post(['Origin', 'https://localhost:3000'])],
    ['our own page, its origin cut out', post(['Sec-Fetch-Site', 'same-origin'], ['User-Agent', 'Mozilla/5.0'])],
    [
      'curl',
      post(
        ['User-Agent', 'curl/8.5.0'],
        ['Accept', '*/*'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['Expect', '100-continue'],
      ),
    ],
    [
      'fetch of Node',
      post(['Accept', '*/*'], ['Accept-Language', '*'], ['Sec-Fetch-Mode', 'cors'], ['User-Agent', 'node']),
    ],
    ['no header at all', post()],
    [
      "a tool with a browser's name that states our origin",
      post(['Origin', 'http://localhost:3000'], ['User-Agent', 'Mozilla/5.0 PowerShell/7']),
    ],
  ];
  for (const [name, call] of passes) test(`${name} passes`, () => assert.equal(status(call), 200));

  const refused: ReadonlyArray<readonly [string, Call]> = [
    ['another origin', post(['Origin', 'http://evil.example'])],
    ['our host on another port', post(['Origin', 'http://localhost:4000'], ['Sec-Fetch-Site', 'same-site'])],
    ['another of our names', post(['Origin', 'http://127.0.0.1:3000'])],
    ['an opaque origin', post(['Origin', 'null'])],
    ['two origins', post(['Origin', 'http://localhost:3000'], ['Origin', 'http://evil.example'])],
    ['our origin and more', post(['Origin', 'http://localhost:3000.evil.example'])],
    [
      'a cross-site mark beside our origin',
      post(['Origin', 'http://localhost:3000'], ['Sec-Fetch-Site', 'cross-site']),
    ],
    ['a cross-site mark without an origin', post(['Sec-Fetch-Site', 'cross-site'])],
    ['a same-site mark without an origin', post(['Sec-Fetch-Site', 'same-site'])],
    ['no site at all', post(['Sec-Fetch-Site', 'none'])],
    [
      "an old browser's form",
      post(
        ['User-Agent', 'Mozilla/5.0 (Windows NT 6.1; rv:60.0) Gecko/20100101 Firefox/60.0'],
        ['Content-Type', 'text/plain'],
      ),
    ],
    ['a referrer', post(['Referer', 'http://evil.example/'])],
    ['a cookie', post(['Cookie', 'dendro_3000=x'])],
    ['a language', post(['Accept-Language', 'en-US,en;q=0.5'])],
    ['a navigation', post(['Sec-Fetch-Mode', 'navigate'])],
    ['a hint of the client', post(['Sec-CH-UA', '"Chromium";v="100"'])],
  ];
  for (const [name, call] of refused) {
    test(`${name} is refused, for DELETE as for POST`, () => {
      assert.equal(status(call), 403);
      assert.equal(status({ ...call, method: 'DELETE' }), 403);
      assert.equal(status({ ...call, method: 'GET' }), 200);
    });
  }
  test('a method in a header changes nothing', () => {
    assert.equal(
      status({
        target: '/api/imports/1',
        headers: [
          ['Host', 'localhost:3000'],
          ['X-HTTP-Method-Override', 'DELETE'],
          ['Origin', 'http://evil.example'],
        ],
      }),
      200,
    );
    assert.equal(status(post(['X-HTTP-Method-Override', 'GET'], ['Origin', 'http://evil.example'])), 403);
  });
});

describe('token', () => {
  const environment = { DENDRO_TOKEN: secret };
  const carrying = (name: string, value: string, target = '/'): Call => ({
    target,
    headers: [
      ['Host', 'localhost:3000'],
      [name, value],
    ],
  });
  const cookieOf = (verdict: Verdict): string => (verdict.answer?.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';

  test('without it, every path is closed and says what to do', () => {
    for (const target of [
      '/',
      '/threads',
      '/api/summary',
      '/_next/static/x.js',
      '/samples/x.jsonl',
      '/favicon.ico',
      '/nothing',
    ]) {
      const { answer } = judge({ target }, environment);
      assert.equal(answer?.status, 401, target);
      assert.match(answer.body, /Authorization: Bearer/);
      assert.equal(answer.headers['www-authenticate'], 'Bearer realm="Dendro"');
    }
    assert.equal(status({ method: 'OPTIONS' }, environment), 401);
  });
  test('a bearer token opens', () => {
    assert.equal(status(carrying('Authorization', `Bearer ${secret}`, '/api/summary'), environment), 200);
    for (const value of ['Bearer wrong-wrong-wrong-wrong', `Bearer ${secret}x`, `Basic ${secret}`, 'Bearer ', secret])
      assert.equal(status(carrying('Authorization', value), environment), 401, value);
  });
  test('visiting a page with the token gives a cookie that opens, and takes the token out of the address', () => {
    const visit = judge({ target: `/threads?model=a&token=${secret}` }, environment);
    assert.equal(visit.answer?.status, 303);
    assert.equal(visit.answer.headers['location'], '/threads?model=a');
    assert.match(visit.answer.headers['set-cookie'] ?? '', /; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.ok(!cookieOf(visit).includes(secret));
    assert.equal(status(carrying('Cookie', `other=1; ${cookieOf(visit)}`), environment), 200);
    assert.equal(status(carrying('Cookie', cookieOf(visit)), { DENDRO_TOKEN: `${secret}-changed` }), 401);
  });
  test('the token in the address opens neither the API nor, when it is wrong, a page', () => {
    assert.equal(status({ target: `/api/summary?token=${secret}` }, environment), 401);
    assert.equal(status({ target: '/?token=wrong' }, environment), 401);
  });
  test('it does not excuse a request from another site', () => {
    const call: Call = {
      method: 'DELETE',
      target: '/api/imports/1',
      headers: [
        ['Host', 'localhost:3000'],
        ['Authorization', `Bearer ${secret}`],
        ['Origin', 'http://evil.example'],
      ],
    };
    assert.equal(status(call, environment), 403);
  });
});

describe('headers', () => {
  test('they are on passes and refusals alike', () => {
    for (const call of [{}, { target: '/api/summary' }, withHost('evil.example'), { method: 'PUT' }] satisfies Call[]) {
      const { headers } = judge(call);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['x-frame-options'], 'DENY');
      assert.match(headers['content-security-policy'] ?? '', /frame-ancestors 'none'/);
    }
  });
  test('a page may run only what carries the nonce; eval and styles without it are for development', () => {
    const { policy } = judge({});
    assert.match(policy, new RegExp(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic';`));
    assert.match(policy, new RegExp(`style-src 'self' 'nonce-${nonce}';`));
    assert.doesNotMatch(policy, /unsafe-eval/);
    assert.match(judge({ development: true }).policy, /'unsafe-eval'/);
  });
  test('answers of the API are not stored and may load nothing', () => {
    const { headers } = judge({ target: '/api/summary' });
    assert.equal(headers['cache-control'], 'no-store');
    assert.match(headers['content-security-policy'] ?? '', /^default-src 'none'/);
  });
  test('a refusal is JSON for the API and plain text for a page', () => {
    const api = judge({ target: '/api/summary', headers: [['Host', 'evil.example']] }).answer;
    assert.deepEqual(JSON.parse(api?.body ?? ''), {
      error: {
        code: 'host_not_allowed',
        message: 'Dendro does not answer to the name evil.example. If it is yours, add it to DENDRO_ALLOWED_HOSTS.',
      },
    });
    assert.equal(judge(withHost('evil.example')).answer?.headers['content-type'], 'text/plain; charset=utf-8');
  });
});
