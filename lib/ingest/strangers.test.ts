import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { importList } from '../queries/imports.ts';
import { openDendro } from '../testing/dendro.ts';
import { tarOfTexts } from '../testing/tar.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'strangers-'));
after(() => rm(folder, { recursive: true }));
const caseOf = (name: string): Promise<Buffer> => readFile(new URL(`../testing/cases/${name}`, import.meta.url));
const prompts = await caseOf('24-history.jsonl');

function database(): Promise<Buffer> {
  const file = path.join(folder, 'state_5.sqlite');
  const made = new DatabaseSync(file);
  made.exec('CREATE TABLE threads (id TEXT)');
  made.close();
  return readFile(file);
}

const files: readonly (readonly [string, string, Buffer])[] = [
  ['prompts_history', 'history.jsonl', prompts],
  [
    'prompts_history',
    'history-long.jsonl',
    Buffer.from(
      Array.from({ length: 3000 }, (_, ts) => JSON.stringify({ session_id: 's', ts, text: `prompt ${ts}` })).join('\n'),
    ),
  ],
  ['exec_stream', 'exec.jsonl', await caseOf('23a-exec-json-stream.jsonl')],
  ['exec_stream', 'exec-legacy.jsonl', await caseOf('23b-exec-json-legacy.jsonl')],
  [
    'exec_stream',
    'exec-failed.jsonl',
    Buffer.from(
      '{"type":"thread.started","thread_id":"t"}\n{"type":"turn.started"}\n{"type":"error","message":"x"}\n{"type":"turn.failed","error":{"message":"x"}}\n{"type":"turn.sta',
    ),
  ],
  ['first_cli_session', 'rollout-2025-05-07.json', await caseOf('03-typescript-cli-2025-05.json')],
  ['sqlite_database', 'state_5.sqlite', await database()],
];

test('a file that is no log is refused by its name, with what to give instead', async () => {
  await using dendro = await openDendro();
  for (const [code, name, bytes] of files) {
    for (const packed of [bytes, gzipSync(bytes), zstdCompressSync(bytes)]) {
      const outcome = await dendro.take(Uint8Array.from(packed), name);
      assert.ok(outcome.kind === 'refused');
      assert.equal(outcome.refusal.code, code, name);
      assert.match(outcome.refusal.message, /Import .*rollout.* Nothing was imported\.$/);
    }
  }
  assert.deepEqual((await importList(dendro.store, { limit: 10 })).imports, []);
});

type Entry = readonly [name: string, bytes: Uint8Array<ArrayBuffer>];
const event =
  '{"event_type":"codex_hook_run","event_params":{"thread_id":"t","turn_id":"u","hook_name":"Stop","status":"completed"}}';

test('in an archive such files are passed over with what they are, and nothing of them is a reject', async () => {
  await using dendro = await openDendro();
  const outcome = await dendro.take(
    await tarOfTexts([
      ...files.map(([, name, bytes]): Entry => [name, Uint8Array.from(bytes)]),
      ['good.jsonl', Uint8Array.from(Buffer.from(`${event}\nbroken\n`))],
    ]),
    'codex.tar',
  );
  assert.equal(outcome.kind, 'created');
  const parts = await dendro.store.rows('SELECT path, passed_over, lines_rejected FROM import_logs ORDER BY log');
  assert.deepEqual(
    parts.map((part) => [part.path, part.passed_over]),
    [...files.map(([code, name]) => [name, code]), ['good.jsonl', null]],
  );
  assert.deepEqual(await dendro.store.rows('SELECT line, code FROM rejects'), [{ line: 2, code: 'invalid_json' }]);
  const {
    imports: [imported],
  } = await importList(dendro.store, { limit: 10 });
  assert.deepEqual(imported?.lines, { total: 2, blank: 0, rejected: 1 });
});

test('a line of such a file among events is a reject that says what it is', async () => {
  await using dendro = await openDendro();
  assert.equal((await dendro.take(`${event}\n${String(prompts)}`)).kind, 'created');
  assert.deepEqual(await dendro.store.rows('SELECT line, code FROM rejects'), [{ line: 2, code: 'prompts_history' }]);
});

test('a log in UTF-16 is read like the same log in UTF-8, in either order of bytes, with and without its mark', async () => {
  const sent = await caseOf('28b-windows-utf16.jsonl');
  const text = sent.toString('utf16le').replace(/^\ufeff/, '');
  const facts = async (log: Uint8Array<ArrayBuffer>): Promise<unknown> => {
    await using dendro = await openDendro(log);
    return [
      await dendro.store.rows('SELECT thread_id, title FROM threads'),
      await dendro.store.rows('SELECT turn_id, total_tokens FROM turns'),
      await dendro.store.rows('SELECT * FROM rejects'),
      (await importList(dendro.store, { limit: 10 })).imports.map(({ lines }) => lines),
    ];
  };
  const expected = await facts(Uint8Array.from(Buffer.from(text)));
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const log of [sent, little, big, Buffer.concat([Buffer.from([0xfe, 0xff]), big]), gzipSync(sent)])
    assert.deepEqual(await facts(Uint8Array.from(log)), expected);
});

test('an archive of which nothing can be read names its entries', async () => {
  await using dendro = await openDendro();
  const outcome = await dendro.take(
    await tarOfTexts(
      files
        .filter(([, name]) => name.endsWith('.sqlite'))
        .map(([, name, bytes]): Entry => [name, Uint8Array.from(bytes)]),
    ),
    'codex.tar',
  );
  assert.ok(outcome.kind === 'refused');
  assert.equal(
    outcome.refusal.message,
    'The file has no log lines. Skipped: state_5.sqlite (sqlite_database). Nothing was imported.',
  );
});
