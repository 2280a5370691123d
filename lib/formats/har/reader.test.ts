import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import fc from 'fast-check';
import { HarReader, isHar, type HarRecord } from './reader.ts';

const sample = (name: string): Promise<Buffer> => readFile(new URL(`samples/${name}.har`, import.meta.url));
const names = ['browser', 'scripted-proxy', 'desktop-proxy'];
const generous = { lineBytes: 1 << 20, nesting: 100 };

function read(pieces: Iterable<Uint8Array>, limits = generous): HarRecord[] {
  const reader = new HarReader(limits);
  const records: HarRecord[] = [];
  for (const piece of pieces) records.push(...reader.push(piece));
  return [...records, ...reader.end()];
}
const readText = (text: string, limits = generous): HarRecord[] => read([Buffer.from(text)], limits);
/** A record in short: its line, what it is, and what is in it. */
function brief(record: HarRecord): readonly unknown[] {
  if (record.kind === 'passed_over') return [record.line, record.kind];
  if (record.kind === 'broken') return [record.line, record.code, record.text];
  const at = record.recordedAt === null ? null : new Date(record.recordedAt).toISOString();
  if (record.kind === 'turn_metadata') return [record.line, record.kind, record.value.turnId, at];
  return [
    record.line,
    record.kind,
    (record.value.events as { event_type: string }[]).map((event) => event.event_type),
    at,
  ];
}
const turnId = '01a2031f-373d-7452-9c48-19ef57a5ab3f';
const url = 'https://chatgpt.com/backend-api/codex/analytics-events/events';

test('what a browser exports: pretty-printed, with pseudo headers and web sockets', async () => {
  assert.deepEqual(read([await sample('browser')]).map(brief), [
    [20, 'body', ['codex_thread_initialized'], '2026-11-22T11:58:27.500Z'],
    [127, 'passed_over'],
    [193, 'turn_metadata', turnId, '2026-11-22T11:58:28.100Z'],
  ]);
});

test('what a scripted proxy exports: one line, base64, any host, headers in any case', async () => {
  assert.deepEqual(read([await sample('scripted-proxy')]).map(brief), [
    [1, 'body', ['codex_turn_event'], '2026-11-22T11:58:27.600Z'],
    [1, 'turn_metadata', turnId, '2026-11-22T11:58:27.700Z'],
    [1, 'truncated_json', `POST ${url}`],
    [1, 'passed_over'],
  ]);
});

test('what a desktop proxy exports: comments, forms, missing bodies and times, CRLF', async () => {
  assert.deepEqual(read([await sample('desktop-proxy')]).map(brief), [
    [11, 'body', ['codex_turn_event'], '2026-11-22T11:58:29.250Z'],
    [82, 'passed_over'],
    [151, 'missing_body', `POST ${url}`],
    [216, 'body', ['codex_turn_event'], null],
  ]);
});

test('turn metadata is read whole, and without the secrets of remotes', async () => {
  const [metadata] = read([await sample('scripted-proxy')]).filter((record) => record.kind === 'turn_metadata');
  const threadId = '01a2031f-36ce-7440-822a-59e6422bc942';
  assert.deepEqual(metadata?.value, {
    threadId,
    sessionId: threadId,
    turnId,
    threadSource: 'user',
    parentThreadId: null,
    forkedFromThreadId: null,
    subagentKind: null,
    requestKind: 'turn',
    turnStartedAt: 1_795_348_707_000,
    workspaces: [
      {
        path: '/home/user/café',
        commit: '8f6f6cf0f4c2f6c1a1f6a4d3c1d2b3a495867768',
        hasChanges: true,
        remoteUrls: [
          { name: 'origin', url: 'https://git.example.org/team/project.git' },
          { name: 'fork', url: 'git@git.example.org:me/project.git' },
        ],
      },
    ],
  });
});

test('no authorization, cookie or token of a request is kept', async () => {
  for (const name of names) assert.doesNotMatch(JSON.stringify(read([await sample(name)])), /secret/, name);
});

test('a HAR document is recognised by its beginning, whatever it is called', async () => {
  for (const name of names) assert.ok(isHar(String(await sample(name)).slice(0, 100)));
  for (const other of [
    '{"events":[]}',
    '{"log":"text"}',
    '{"log":{"level":"info"}}',
    '[{"log":{"version":"1.2"}}]',
    '',
  ])
    assert.equal(isHar(other), false, other);
});

test('any cut of the bytes gives the same records', async () => {
  for (const name of names) {
    const har = await sample(name);
    const whole = read([har]);
    assert.deepEqual(read(Array.from({ length: har.length }, (_, at) => har.subarray(at, at + 1))), whole);
    const reader = new HarReader(generous);
    for (const at of [0, 1000, 2000])
      for (const _ of reader.push(har.subarray(at, at === 2000 ? undefined : at + 1000)));
    assert.equal(reader.lines, String(har).trimEnd().split('\n').length);
    fc.assert(
      fc.property(fc.array(fc.nat(har.length), { maxLength: 50 }), (places) => {
        const ends = [0, ...places.toSorted((a, b) => a - b), har.length];
        assert.deepEqual(read(ends.slice(1).map((end, index) => har.subarray(ends[index], end))), whole);
      }),
      { numRuns: 30 },
    );
  }
});

test('a file that is cut off keeps the entries before the cut, and says so', async () => {
  for (const name of names) {
    const har = await sample(name);
    const whole = read([har]);
    fc.assert(
      fc.property(fc.integer({ min: 30, max: String(har).trimEnd().length - 1 }), (length) => {
        const records = read([har.subarray(0, length)]);
        const last = records.pop();
        assert.ok(last?.kind === 'broken' && last.code === 'truncated_json');
        assert.deepEqual(records, whole.slice(0, records.length));
      }),
      { numRuns: 50 },
    );
  }
});

const entry = (request: string, more = ''): string => `{"request":${request}${more}}`;
const har = (...entries: readonly string[]): string =>
  `{"log":{"version":"1.2","entries":[\n${entries.join(',\n')}\n]}}\n`;
const post = (text: string): string =>
  `{"method":"POST","url":"${url}","headers":[],"postData":{"text":${JSON.stringify(text)}}}`;
const good = entry(post('{"events":[{"event_type":"a","event_params":{}}]}'));

test('what is broken costs nothing else', () => {
  assert.deepEqual(
    readText(
      har(
        good,
        'null',
        '"text \\" ]"',
        '[{"request":1}]',
        entry('{"method":}'),
        entry(post('{"events":1}')),
        entry(post('<html>')),
        '{}',
        good,
      ),
    ).map(brief),
    [
      [2, 'body', ['a'], null],
      [3, 'invalid_json', ''],
      [4, 'invalid_json', ''],
      [5, 'invalid_json', ''],
      [6, 'invalid_json', ''],
      [7, 'not_an_event', `POST ${url}`],
      [8, 'invalid_json', `POST ${url}`],
      [9, 'passed_over'],
      [10, 'body', ['a'], null],
    ],
  );
});

test('documents may follow one another, and what is none is said', () => {
  assert.deepEqual(
    readText(`\ufeff${har(good)}oops {"a"\n${har(good)}{"log":{}}\n{"other":[{}]}`).map((record) => [
      record.line,
      record.kind,
    ]),
    [
      [2, 'body'],
      [4, 'broken'],
      [6, 'body'],
      [8, 'broken'],
      [9, 'broken'],
    ],
  );
});

test('requests beyond the limits are refused; responses may be of any size', () => {
  const large = entry(post('{"events":[]}'), `,"response":{"content":{"text":"${'x\\"'.repeat(1 << 20)}"}}`);
  assert.deepEqual(readText(har(large), { lineBytes: 1024, nesting: 100 }).map(brief), [[2, 'body', [], null]]);
  assert.deepEqual(readText(har(entry(post(' '.repeat(2000))), good), { lineBytes: 1024, nesting: 100 }).map(brief), [
    [2, 'line_too_long', ''],
    [3, 'body', ['a'], null],
  ]);
  const deep = `${'['.repeat(400)}${']'.repeat(400)}`;
  assert.deepEqual(readText(har(entry(deep), entry(post(`{"events":[${deep}]}`)), good)).map(brief), [
    [2, 'nested_too_deep', ''],
    [3, 'nested_too_deep', `POST ${url}`],
    [4, 'body', ['a'], null],
  ]);
});

test('hostile keys do no harm', () => {
  const metadata =
    '{"__proto__":{"turn_id":"x"},"thread_id":7,"workspaces":{"__proto__":{"has_changes":true,"associated_remote_urls":{"constructor":"u"}},"/a":3}}';
  const request = `{"method":"POST","url":"https://a.example/","headers":[{"name":"x-codex-turn-metadata","value":${JSON.stringify(metadata)}},3,{"name":1}],"__proto__":{"url":"${url}"}}`;
  const [record] = readText(har(entry(request)));
  assert.ok(record?.kind === 'turn_metadata');
  assert.equal(record.value.turnId, null);
  assert.deepEqual(record.value.workspaces, [
    { path: '__proto__', commit: null, hasChanges: true, remoteUrls: [{ name: 'constructor', url: 'u' }] },
  ]);
  assert.deepEqual(Object.keys(Object.prototype), []);
});
