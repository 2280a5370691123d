import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { isLoopback, parseAuthority, readConfiguration } from './configuration.ts';

const token = 'a-secret-of-sixteen-or-more';
const read = (environment: Record<string, string>) => {
  const result = readConfiguration(environment);
  assert.ok(result.ok, result.ok ? '' : result.message);
  return result.value;
};

test('an empty environment means loopback, port 3000 and ./data', () => {
  assert.deepEqual(read({}), {
    host: '127.0.0.1',
    port: 3000,
    token: null,
    allowedHosts: [],
    databaseMemory: 256 * 2 ** 20,
    titles: true,
    dataFolder: path.resolve('data'),
    limits: {
      bodyBytes: 64 * 2 ** 30,
      lineBytes: 32 * 2 ** 20,
      nesting: 4000,
      unpackedBytes: 64 * 2 ** 30,
      ratio: 200,
      entries: 100_000,
      silenceSeconds: 300,
    },
  });
});

test('every variable is read', () => {
  assert.deepEqual(
    read({
      PORT: '0',
      HOST: '[::]',
      DENDRO_DATA: '/srv/dendro',
      DENDRO_TOKEN: token,
      DENDRO_ALLOWED_HOSTS: 'Dendro.Example, [fe80::1]:8080,',
      DENDRO_MAX_BODY_BYTES: '1',
      DENDRO_MAX_LINE_BYTES: '1024',
      DENDRO_MAX_NESTING: '16',
      DENDRO_MAX_UNPACKED_BYTES: '2',
      DENDRO_MAX_RATIO: '3',
      DENDRO_MAX_ENTRIES: '4',
      DENDRO_MAX_SILENCE_SECONDS: '5',
      DENDRO_DATABASE_MEMORY_BYTES: '134217728',
      DENDRO_TITLES: 'off',
    }),
    {
      host: '::',
      port: 0,
      token,
      dataFolder: path.resolve('/srv/dendro'),
      databaseMemory: 2 ** 27,
      titles: false,
      limits: { bodyBytes: 1, lineBytes: 1024, nesting: 16, unpackedBytes: 2, ratio: 3, entries: 4, silenceSeconds: 5 },
      allowedHosts: [
        { name: 'dendro.example', port: null },
        { name: '[fe80::1]', port: 8080 },
      ],
    },
  );
});

const wrong: ReadonlyArray<readonly [Record<string, string>, RegExp]> = [
  [{ PORT: 'http' }, /^PORT must be a whole number from 0 to 65535, not "http"\.$/],
  [{ PORT: '65536' }, /^PORT must/],
  [{ PORT: '0x50' }, /^PORT must/],
  [{ PORT: '3e3' }, /^PORT must/],
  [{ HOST: '0.0.0.0' }, /^HOST 0\.0\.0\.0 can be reached from other machines: set DENDRO_TOKEN/],
  [{ HOST: '127.0.0.1.evil.example' }, /^HOST .* can be reached/],
  [{ DENDRO_TOKEN: '' }, /^DENDRO_TOKEN is set but blank/],
  [{ DENDRO_TOKEN: ' \t ' }, /^DENDRO_TOKEN is set but blank/],
  [{ DENDRO_TOKEN: 'short' }, /^DENDRO_TOKEN must have at least 16 characters/],
  [{ DENDRO_TOKEN: 'a secret with spaces in it' }, /^DENDRO_TOKEN must/],
  [{ DENDRO_ALLOWED_HOSTS: 'http://dendro.example' }, /^DENDRO_ALLOWED_HOSTS must hold names/],
  [{ DENDRO_MAX_BODY_BYTES: '-1' }, /^DENDRO_MAX_BODY_BYTES must/],
  [{ DENDRO_MAX_LINE_BYTES: '1' }, /^DENDRO_MAX_LINE_BYTES must/],
  [{ DENDRO_MAX_NESTING: '9999999' }, /^DENDRO_MAX_NESTING must/],
  [{ DENDRO_MAX_RATIO: '1' }, /^DENDRO_MAX_RATIO must/],
  [{ DENDRO_TITLES: 'no' }, /^DENDRO_TITLES must be on or off/],
];
for (const [environment, message] of wrong) {
  test(`${JSON.stringify(environment)} is refused in one sentence`, () => {
    const result = readConfiguration(environment);
    assert.ok(!result.ok);
    assert.match(result.message, message);
  });
}

test('loopback is recognised by its addresses, not by its looks', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) assert.ok(isLoopback(host), host);
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'localhost.example', '127.0.0.1.example'])
    assert.ok(!isLoopback(host), host);
});

test('a host may carry a port, and nothing else', () => {
  assert.deepEqual(parseAuthority('LocalHost:3000'), { name: 'localhost', port: 3000 });
  assert.deepEqual(parseAuthority('[::1]'), { name: '[::1]', port: null });
  for (const text of [
    '',
    ':3000',
    'a:',
    'a:65536',
    'a b',
    'user@a',
    'a/b',
    '::1',
    '[::1',
    'a..b:x',
    '.a',
    'a.',
    'a,b',
    'a\t',
  ])
    assert.equal(parseAuthority(text), null, text);
});
