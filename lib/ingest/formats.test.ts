import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { importById, logList } from '../queries/imports.ts';
import { summary } from '../queries/summary.ts';
import { openDendro, sampleLog, type TestLog } from '../testing/dendro.ts';

const here = import.meta.dirname;
const collectorLog = (name: string): Promise<string> =>
  readFile(path.join(here, `../testing/logs/collector/${name}`), 'utf8');
const harSample = async (name: string): Promise<TestLog> =>
  new Uint8Array(await readFile(path.join(here, `../formats/har/samples/${name}`)));
const bytesOf = (buffer: Uint8Array): TestLog => new Uint8Array(buffer);

async function accepted(
  log: TestLog,
): Promise<{ readonly events: number; readonly rejected: number; readonly formats: object }> {
  await using dendro = await openDendro();
  const outcome = await dendro.take(log);
  assert.ok(outcome.kind === 'created', JSON.stringify(outcome));
  const found = await importById(dendro.store, String(outcome.importId));
  assert.ok(found);
  return { events: found.events.accepted, rejected: found.lines.rejected, formats: found.formats };
}

test('the text logs of the collector give their events', async () => {
  assert.deepEqual(await accepted(await collectorLog('collector-kv.log')), {
    events: 4,
    rejected: 0,
    formats: { collector: 4 },
  });
  assert.deepEqual(await accepted(await collectorLog('collector-dict.log')), {
    events: 6,
    rejected: 0,
    formats: { collector: 6 },
  });
  assert.equal((await accepted(await collectorLog('collector-dict-wrapped.log'))).events, 6);
});

test('an event without a time of its own gets that of the collector’s clock, whose offset is learnt from the log', async () => {
  const hook =
    "INFO | 2026-04-09 17:40:00 | codex_backend.routers.analytics_events | analytics_events.track_analytics_events:526 | Tracked codex_hook_run event params={'thread_id': 't', 'turn_id': 'u', 'hook_name': 'Stop', 'hook_source': 'user', 'status': 'completed'} | \n";
  await using dendro = await openDendro((await collectorLog('collector-dict.log')) + hook);
  const [row] = await dendro.store.rows('SELECT time, time_source FROM hook_runs');
  assert.deepEqual(row, { time: Date.parse('2026-04-10T00:40:00Z'), time_source: 'envelope' });
});

test('the same event from a collector and from a client counts once', async () => {
  const log = await collectorLog('collector-dict.log');
  await using dendro = await openDendro(log, await collectorLog('collector-dict-wrapped.log'));
  assert.equal((await summary(dendro.store, {})).events.total, 6);
});

test('a generated log of the collector sums up to its truth file', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  try {
    const log = path.join(folder, 'backend.log');
    await promisify(execFile)(process.execPath, [
      path.join(here, '../../bench/tools/gen-log.mjs'),
      '--events',
      '4000',
      '--format',
      'backend',
      '--out',
      log,
    ]);
    const truth = JSON.parse(await readFile(path.join(folder, 'backend.truth.json'), 'utf8'));
    await using dendro = await openDendro(await readFile(log, 'utf8'));
    const found = await summary(dendro.store, {});
    assert.deepEqual(
      [
        found.events.total,
        found.threads.total,
        found.turns.total,
        found.tokens.total,
        found.compactions.tokensSaved,
        found.hooks.total,
        found.guardian.total,
      ],
      [
        truth.events,
        truth.threads.total,
        truth.turns.total,
        truth.tokens.total,
        truth.compactions.tokensSaved,
        truth.hooks.total,
        truth.guardian.total,
      ],
    );
    assert.deepEqual(await dendro.store.rows('SELECT * FROM rejects'), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('whatever it is packed in, a log is the same log', async () => {
  await using plain = await openDendro(sampleLog);
  const expected = await summary(plain.store, {});
  const half = sampleLog.indexOf('\n', sampleLog.length >> 1) + 1;
  const members = [sampleLog.slice(0, half), sampleLog.slice(half)];
  for (const packed of [
    gzipSync(sampleLog),
    zstdCompressSync(sampleLog),
    Buffer.concat(members.map((member) => gzipSync(member))),
    Buffer.concat(members.map((member) => zstdCompressSync(member))),
  ]) {
    await using dendro = await openDendro(bytesOf(packed));
    assert.deepEqual(await summary(dendro.store, {}), expected);
  }
});

test('of a compressed log that is cut off, what came before is kept, and the cut is a reject', async () => {
  await using dendro = await openDendro();
  const packed = gzipSync(sampleLog);
  const outcome = await dendro.take(bytesOf(packed.subarray(0, packed.length >> 1)));
  assert.ok(outcome.kind === 'created', JSON.stringify(outcome));
  const found = await importById(dendro.store, String(outcome.importId));
  assert.ok(found && found.events.accepted > 100);
  assert.ok(
    found.rejects.some(({ code }) => code === 'damaged_compression'),
    JSON.stringify(found.rejects),
  );
});

test('a bomb is refused, and nothing of it is kept', async () => {
  await using dendro = await openDendro();
  const outcome = await dendro.take(bytesOf(gzipSync(Buffer.alloc(64 << 20))));
  assert.equal(outcome.kind === 'refused' && outcome.refusal.code, 'compression_ratio_too_high');
  assert.deepEqual(await dendro.store.rows('SELECT * FROM imports'), []);
});

for (const name of ['browser.har', 'desktop-proxy.har', 'scripted-proxy.har']) {
  test(`the analytics bodies in ${name} are events`, async () => {
    const { events, formats } = await accepted(await harSample(name));
    assert.ok(events > 0 && 'har' in formats, JSON.stringify({ events, formats }));
  });
}

test('the workspaces of a turn come from the requests to the model and from the turn event itself', async () => {
  const workspaces = {
    '/home/dev/shop': {
      associated_remote_urls: { origin: 'https://user:secret@example.com/shop.git' },
      latest_git_commit_hash: 'abc123',
      has_changes: true,
    },
  };
  const metadata = JSON.stringify({ thread_id: 't', turn_id: 'u', thread_source: 'user', workspaces });
  const har = JSON.stringify({
    log: {
      version: '1.2',
      entries: [
        {
          startedDateTime: '2026-11-22T12:00:00.000Z',
          request: {
            method: 'POST',
            url: 'https://a.example/responses',
            headers: [{ name: 'X-Codex-Turn-Metadata', value: metadata }],
          },
        },
      ],
    },
  });
  const turn = JSON.stringify({
    event_type: 'codex_turn_event',
    event_params: { thread_id: 't2', turn_id: 'u2', status: 'completed', workspaces },
  });
  await using dendro = await openDendro(har, turn);
  assert.deepEqual(
    await dendro.store.rows(
      'SELECT thread_id, turn_id, path, remote, commit, has_changes FROM workspaces ORDER BY thread_id',
    ),
    [
      ['t', 'u'],
      ['t2', 'u2'],
    ].map(([thread_id, turn_id]) => ({
      thread_id,
      turn_id,
      path: '/home/dev/shop',
      remote: 'https://example.com/shop.git',
      commit: 'abc123',
      has_changes: true,
    })),
  );
  assert.deepEqual(await dendro.store.rows("SELECT kind, seen FROM threads WHERE thread_id = 't'"), [
    { kind: 'user', seen: 'active' },
  ]);
});

test('the entries of an archive are listed one by one, with what was passed over, and rejects name theirs', async () => {
  await using dendro = await openDendro();
  const archive = new Uint8Array(await readFile(path.join(here, '../formats/container/samples/info-zip.zip')));
  const outcome = await dendro.take(archive);
  assert.ok(outcome.kind === 'created', JSON.stringify(outcome));
  const list = await logList(dendro.store, String(outcome.importId), { limit: 100 });
  const found = await importById(dendro.store, String(outcome.importId));
  assert.ok(list && found);
  assert.deepEqual([list.logs.length, list.total], [found.logs.total, found.logs.total]);
  const states = { read: 'read', already_in: 'alreadyIn', replaced: 'replaced', passed_over: 'passedOver' } as const;
  for (const [state, name] of Object.entries(states))
    assert.equal(list.logs.filter((log) => log.state === state).length, found.logs[name], state);
  assert.ok(list.logs.every(({ state, passedOver }) => (state === 'passed_over') === (passedOver !== null)));
  assert.equal(
    list.logs.reduce((sum, { lines }) => sum + lines.total, 0),
    found.lines.total,
  );
  const paths = new Set(list.logs.map(({ path: entry }) => entry));
  for (const { path: entry } of found.rejects) assert.ok(paths.has(entry));
});
