import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPairs } from './pairs.ts';

const read = (text: string, type = 'codex_thread_initialized') => JSON.parse(readPairs(type, text) ?? 'null');

test('a value reaches up to the next key, spaces and bars included', () => {
  assert.deepEqual(read('error=stream closed | early thread_source= status=done', 'new'), {
    error: 'stream closed | early',
    thread_source: '',
    status: 'done',
  });
});

test('None, True, False and numbers are read as such, except where the field is text', () => {
  assert.deepEqual(read('thread_id=5 ephemeral=False model=3 created_at=1774827577 parent_thread_id=None'), {
    thread_id: '5',
    ephemeral: false,
    model: '3',
    created_at: 1774827577,
    parent_thread_id: null,
  });
  assert.deepEqual(read('a=007 b=-1.5e-05 c=1_0 d=true e=True', 'new'), {
    a: '007',
    b: -1.5e-5,
    c: '1_0',
    d: 'true',
    e: true,
  });
  assert.equal(readPairs('new', 'a=9007199254740993'), '{"a":9007199254740993}');
});

test('the client and its runtime become objects, in which versions stay text', () => {
  assert.deepEqual(
    read('product_client_id=CODEX_CLI client_name=7 experimental_api_enabled=None runtime_os_version=26.4'),
    {
      app_server_client: { product_client_id: 'CODEX_CLI', client_name: '7', experimental_api_enabled: null },
      runtime: { runtime_os_version: '26.4' },
    },
  );
  assert.deepEqual(read('product_client_id=codex_cli hook_name=Stop', 'codex_hook_run'), {
    product_client_id: 'codex_cli',
    hook_name: 'Stop',
  });
});

test('no pairs, no key at the start, and hostile keys', () => {
  assert.deepEqual(read(''), {});
  assert.equal(readPairs('new', 'text a=1'), null);
  const params = read('__proto__=x constructor=1', 'codex_turn_event');
  assert.deepEqual(Object.entries(params), [
    ['__proto__', 'x'],
    ['constructor', 1],
  ]);
});
