import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { tarOf } from '../../components/import/tar.ts';
import { readConfiguration } from '../configuration.ts';
import { importById, importList, logList } from '../queries/imports.ts';
import { summary } from '../queries/summary.ts';
import { openStore } from '../store/duckdb/open.ts';
import { factTableNames, ledgerTableNames } from '../store/tables.ts';
import { atOnce, openDendro, stateOf, stateWith, type TestDendro } from '../testing/dendro.ts';
import { tarOfTexts } from '../testing/tar.ts';
import { knownLogs } from './ask-about.ts';
import { createImporter } from './create.ts';
import type { ImportOutcome, ImportRequest } from './importer.ts';

const rollouts = path.join(import.meta.dirname, '../testing/rollouts/0.169.0');
const rollout = (name: string): Promise<string> => readFile(path.join(rollouts, `${name}.jsonl`), 'utf8');
const [spawner, forked, compacted, guardian] = await Promise.all(
  ['spawner', 'forked', 'compacted-mid-turn', 'guardian'].map(rollout),
);
const files = [
  ['sessions/a.jsonl', spawner ?? ''],
  ['sessions/b.jsonl', forked ?? ''],
  ['sessions/c.jsonl', compacted ?? ''],
] as const;

const turn = (id: string, tokens = 5, turnId = 'one', note = ''): string =>
  `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: id, turn_id: turnId, status: 'completed', started_at: 1_776_000_000, total_tokens: tokens, model: 'gpt-5.5-codex', note } })}\n`;

type Sent = Partial<ImportRequest>;
const send = ({ importer }: TestDendro, bytes: ImportRequest['bytes'], sent: Sent = {}): Promise<ImportOutcome> =>
  importer.import({
    name: 'sessions',
    bytes,
    totalBytes: null,
    clientKey: null,
    signal: new AbortController().signal,
    ...sent,
  });
const drop = async (
  dendro: TestDendro,
  all: readonly (readonly [string, string])[],
  sent: Sent = {},
): Promise<ImportOutcome> => send(dendro, new Blob([await tarOfTexts(all)]).stream(), sent);

async function logsOf({ store }: TestDendro, importId: number) {
  const list = await logList(store, String(importId), { limit: 1000 });
  assert.ok(list);
  return list.logs.map((log) => [log.path, log.state, log.passedOver ?? log.otherImportId]);
}
async function created(outcome: ImportOutcome, dendro: TestDendro) {
  assert.ok(outcome.kind === 'created', JSON.stringify(outcome));
  const found = await importById(dendro.store, String(outcome.importId));
  assert.ok(found);
  return found;
}
const existing = (outcome: ImportOutcome): number => {
  assert.ok(outcome.kind === 'existing', JSON.stringify(outcome));
  return outcome.importId;
};

test('a folder is one import of its logs, with the figures of its logs sent one by one', async () => {
  await using dendro = await openDendro();
  const found = await created(
    await drop(dendro, [...files, ['sessions/notes.txt', 'These are notes.\n'], ['sessions/copy.jsonl', files[0][1]]]),
    dendro,
  );
  assert.deepEqual(
    [found.name, found.state, found.logs],
    ['sessions', 'complete', { total: 5, read: 3, alreadyIn: 1, replaced: 0, passedOver: 1 }],
  );
  assert.deepEqual(await logsOf(dendro, 1), [
    ['sessions/a.jsonl', 'read', null],
    ['sessions/b.jsonl', 'read', null],
    ['sessions/c.jsonl', 'read', null],
    ['sessions/notes.txt', 'passed_over', 'no_events'],
    ['sessions/copy.jsonl', 'already_in', '1'],
  ]);
  assert.deepEqual(found.rejects, []);
  assert.deepEqual(await stateOf(dendro), await stateWith(...files.map(([, log]) => log)));
  assert.deepEqual(await dendro.importer.delete([1]), []);
  assert.deepEqual(await stateOf(dendro), await stateWith());
  for (const table of [...factTableNames, ...ledgerTableNames])
    assert.deepEqual(await dendro.store.rows(`SELECT * FROM ${table}`), [], table);
});

test('the same drop again changes nothing and reads nothing, also when its logs came in elsewhere', async () => {
  await using dendro = await openDendro();
  await created(await drop(dendro, files), dendro);
  const [before, imports] = [await stateOf(dendro), await importList(dendro.store, { limit: 100 })];
  assert.equal(existing(await drop(dendro, files)), 1);
  assert.equal(existing(await drop(dendro, [['elsewhere/a.jsonl', files[0][1]]], { name: 'elsewhere' })), 1);
  assert.equal(existing(await dendro.take(files[1][1], 'b.jsonl')), 1);
  assert.deepEqual([await stateOf(dendro), await importList(dendro.store, { limit: 100 })], [before, imports]);
  const more = await created(await drop(dendro, [...files, ['sessions/d.jsonl', guardian ?? '']]), dendro);
  assert.deepEqual([more.id, more.logs], ['2', { total: 4, read: 1, alreadyIn: 3, replaced: 0, passedOver: 0 }]);
  assert.deepEqual((await logsOf(dendro, 2))[0], ['sessions/a.jsonl', 'already_in', '1']);
});

test('a known log sent without its bytes counts as already in, and one deleted in the meantime must be sent again', async () => {
  await using dendro = await openDendro();
  await created(await drop(dendro, files), dendro);
  const [a, b] = files.map(([path, log]) => ({
    path,
    file: new Blob([log]),
    sha256: createHash('sha256').update(log).digest('hex'),
  }));
  assert.ok(a && b);
  assert.deepEqual(
    (await knownLogs(dendro.store, [a.file.size, b.file.size, 1])).logs.map(({ sha256 }) => sha256).sort(),
    [a.sha256, b.sha256].sort(),
  );
  const named = (...all: Parameters<typeof tarOf>[0]) => send(dendro, tarOf(all).archive.stream());
  const again = await named(a, b);
  assert.equal(existing(again), 1);
  assert.ok(again.kind === 'existing');
  assert.deepEqual(again.logs, { read: 0, alreadyIn: 2, passedOver: 0 });
  const more = { path: 'sessions/d.jsonl', file: new Blob([guardian ?? '']) };
  assert.equal((await created(await named(a, more, b), dendro)).id, '2');
  assert.deepEqual(await logsOf(dendro, 2), [
    [a.path, 'already_in', '1'],
    [more.path, 'read', null],
    [b.path, 'already_in', '1'],
  ]);
  await dendro.importer.delete([1, 2]);
  assert.deepEqual((await knownLogs(dendro.store, [a.file.size])).logs, []);
  const gone = await named(more, b);
  assert.ok(gone.kind === 'refused');
  assert.equal(gone.refusal.code, 'not_sent');
  assert.match(gone.refusal.message, /no longer has sessions\/b\.jsonl.*Nothing was imported/);
});

test('what another import holds as well stays when one is deleted, with its texts, and is deleted with that one', async () => {
  await using dendro = await openDendro();
  await drop(dendro, files);
  const both = [...files, ['sessions/d.jsonl', guardian ?? '']] as const;
  await drop(dendro, both);
  assert.deepEqual(await dendro.importer.delete([1]), []);
  assert.deepEqual(await stateOf(dendro), await stateWith(...both.map(([, log]) => log)));
  assert.deepEqual(
    await logsOf(dendro, 2),
    both.map(([name]) => [name, 'read', null]),
  );
  const [{ missing } = {}] = await dendro.store.rows(
    'SELECT count(*) AS missing FROM logged_events ANTI JOIN event_texts USING (import_id, text_block)',
  );
  assert.equal(missing, 0);
  assert.deepEqual(
    await dendro.store.rows(
      'SELECT count(*) AS blocks FROM event_texts GROUP BY import_id, text_block HAVING count(*) > 1',
    ),
    [],
  );
  assert.deepEqual(await dendro.importer.delete([2]), []);
  for (const table of [...factTableNames, ...ledgerTableNames])
    assert.deepEqual(await dendro.store.rows(`SELECT * FROM ${table}`), [], table);
});

const half = (log: string): string => log.slice(0, log.lastIndexOf('\n', log.length / 2) + 1);

test('a log that has grown takes the place of what was in of it', async () => {
  await using dendro = await openDendro();
  for (const [name, log] of files) {
    const first = await created(await drop(dendro, [[name, half(log)]]), dendro);
    const second = await created(await drop(dendro, [[name, log]]), dendro);
    assert.deepEqual(await logsOf(dendro, Number(first.id)), [[name, 'replaced', second.id]]);
    const old = await importById(dendro.store, first.id);
    assert.deepEqual(
      [old?.logs.replaced, old?.lines.total, old?.events, old?.formats],
      [1, 0, { accepted: 0, duplicate: 0, unknown: 0, repaired: 0 }, {}],
    );
    assert.equal(second.events.duplicate, 0);
  }
  assert.deepEqual(await stateOf(dendro), await stateWith(...files.map(([, log]) => log)));
});

test('a log with a short first line, which many have, has grown only when it begins with all that was in of it', async () => {
  await using dendro = await openDendro();
  const begun = `{}\n${turn('a')}`;
  const first = await created(await drop(dendro, [['log.jsonl', begun]]), dendro);
  const grown = await created(await drop(dendro, [['log.jsonl', begun + turn('b')]]), dendro);
  assert.deepEqual(await logsOf(dendro, Number(first.id)), [['log.jsonl', 'replaced', grown.id]]);
  await drop(dendro, [['log.jsonl', `{}\n${turn('c')}${turn('d')}${turn('e')}`]]);
  assert.deepEqual(await logsOf(dendro, Number(grown.id)), [['log.jsonl', 'read', null]]);
  assert.equal((await summary(dendro.store, {})).turns.total, 5);
});

test('an earlier version of a log takes the place of nothing', async () => {
  await using dendro = await openDendro();
  const [name, log] = files[0];
  await drop(dendro, [[name, log]]);
  assert.equal(existing(await drop(dendro, [[name, half(log)]])), 1);
  assert.deepEqual(await logsOf(dendro, 1), [[name, 'read', null]]);
  assert.equal(existing(await drop(dendro, [[name, half(log).slice(0, -100)]])), 1);
  assert.deepEqual(await stateOf(dendro), await stateWith(log));
});

test('an earlier version of a long log takes the place of nothing, and one that differs in a late line takes it', async () => {
  const lines = Array.from({ length: 400 }, (_, index) => turn('long'.repeat(9), 5, `turn ${index}`));
  await using dendro = await openDendro();
  await drop(dendro, [['logs/long.jsonl', lines.join('')]]);
  assert.equal(existing(await drop(dendro, [['logs/long.jsonl', lines.slice(0, 300).join('')]])), 1);
  assert.equal((await summary(dendro.store, {})).turns.total, 400);
  const rewritten = [...lines.slice(0, 299), turn('long'.repeat(9), 7, 'turn 299')];
  await drop(dendro, [['logs/long.jsonl', rewritten.join('')]]);
  assert.deepEqual(await stateOf(dendro), await stateWith(rewritten.join('')));
});

test('later versions of different logs that come at the same time each take the place of their own', async () => {
  const names = ['one', 'two', 'three'];
  const first = (name: string): string => turn(name.repeat(9));
  await using dendro = await openDendro();
  await drop(
    dendro,
    names.map((name) => [`logs/${name}.jsonl`, first(name)]),
  );
  const outcomes = await atOnce(dendro, () =>
    names.map((name) => drop(dendro, [[`logs/${name}.jsonl`, first(name) + turn(`${name} later`)]], { name })),
  );
  assert.deepEqual(
    await logsOf(dendro, 1),
    outcomes.map((outcome, index) => [
      `logs/${names[index] ?? ''}.jsonl`,
      'replaced',
      outcome.kind === 'created' ? String(outcome.importId) : outcome.kind,
    ]),
  );
  assert.deepEqual(
    await stateOf(dendro),
    await stateWith(names.map((name) => first(name) + turn(`${name} later`)).join('')),
  );
});

test('a log that was rewritten takes the place of what was in of it, whether it is longer or shorter than before', async () => {
  const first = `${turn('first'.repeat(9))}${turn('second')}${turn('third')}`;
  for (const rewritten of [
    `${turn('first'.repeat(9))}${turn('other')}${turn('third')}${turn('fourth')}`,
    `${turn('first'.repeat(9))}${turn('second', 7)}`,
  ]) {
    await using dendro = await openDendro();
    await drop(dendro, [
      ['logs/a.jsonl', first],
      ['logs/b.jsonl', turn('b')],
    ]);
    await drop(dendro, [
      ['logs/a.jsonl', rewritten],
      ['logs/b.jsonl', turn('b')],
    ]);
    assert.deepEqual(await stateOf(dendro), await stateWith(rewritten, turn('b')));
    assert.deepEqual(await logsOf(dendro, 1), [
      ['logs/a.jsonl', 'replaced', '2'],
      ['logs/b.jsonl', 'read', null],
    ]);
  }
  await using dendro = await openDendro();
  await drop(dendro, [['one/a.jsonl', first]]);
  await drop(dendro, [['other/a.jsonl', `${turn('first'.repeat(9))}${turn('other')}`]]);
  assert.deepEqual((await logsOf(dendro, 1))[0]?.[1], 'read', 'a log of another path is another log');
});

/** Sends a folder until `until` says that enough is in, then cuts it off in the middle of the rest. */
async function cutOff(
  dendro: TestDendro,
  all: readonly (readonly [string, string])[],
  name = 'sessions',
): Promise<ImportOutcome> {
  const bytes = await tarOfTexts(all);
  const stop = new AbortController();
  const stored = Promise.withResolvers<void>();
  async function* sent(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, bytes.length - 2000);
    await stored.promise;
    stop.abort();
    yield bytes.subarray(bytes.length - 2000);
  }
  return send(dendro, sent(), {
    name,
    signal: stop.signal,
    onProgress({ logs }) {
      if (logs.read > 0) stored.resolve();
    },
  });
}
/** A log that is larger than the part before the cut. */
const long = Array.from({ length: 250 }, (_, index) => turn('long', 5, String(index), 'x'.repeat(2000))).join('');

test('a drop that is cut off keeps what was stored, says that it is incomplete, and goes on when it is dropped again', async () => {
  await using dendro = await openDendro();
  const all = [...files, ['sessions/z.jsonl', long]] as const;
  const outcome = await cutOff(dendro, all);
  assert.ok(outcome.kind === 'refused', JSON.stringify(outcome));
  assert.equal(outcome.refusal.code, 'cancelled');
  assert.match(outcome.refusal.message, /Logs imported so far are kept as import 1/);
  const {
    imports: [left],
  } = await importList(dendro.store, { limit: 100 });
  assert.deepEqual([left?.state, left?.logs.read, left?.sha256], ['incomplete', 3, null]);
  assert.deepEqual(await stateOf(dendro), await stateWith(...files.map(([, log]) => log)));

  const other = await created(await drop(dendro, all, { name: 'another' }), dendro);
  assert.deepEqual([other.id, other.logs.alreadyIn], ['2', 3], 'a drop of another name is another import');
  await dendro.importer.delete([2]);

  const whole = await created(await drop(dendro, all), dendro);
  assert.deepEqual(
    [whole.id, whole.state, whole.logs],
    ['1', 'complete', { total: 4, read: 4, alreadyIn: 0, replaced: 0, passedOver: 0 }],
  );
  assert.deepEqual(await stateOf(dendro), await stateWith(...all.map(([, log]) => log)));
  assert.equal((await importList(dendro.store, { limit: 100 })).imports.length, 1);
});

test('a drop that comes in several requests is one import', async () => {
  await using dendro = await openDendro();
  const first = await created(await drop(dendro, files.slice(0, 2), { more: true }), dendro);
  assert.deepEqual([first.state, first.logs.total], ['incomplete', 2]);
  const whole = await created(await drop(dendro, files.slice(2), { continues: Number(first.id) }), dendro);
  assert.deepEqual([whole.id, whole.state, whole.logs.total], [first.id, 'complete', 3]);
  assert.deepEqual(await stateOf(dendro), await stateWith(...files.map(([, log]) => log)));
  assert.deepEqual([first.sha256, whole.sha256], [null, null], 'no digest is of all that came');
  const none = await drop(dendro, files, { continues: 77 });
  assert.equal(none.kind === 'refused' && none.refusal.code, 'no_import');
});

test('a folder without a log is refused, and nothing of it is kept', async () => {
  await using dendro = await openDendro();
  const outcome = await drop(dendro, [
    ['notes/a.txt', 'These are notes.\n'],
    ['notes/b.txt', 'More notes.\nAnd more.\n'],
  ]);
  assert.ok(outcome.kind === 'refused');
  assert.equal(outcome.refusal.code, 'no_events');
  assert.match(
    outcome.refusal.message,
    /Not a Codex log: 0 of 3 lines are Codex events\. notes\/a\.txt: Line 1: .* Nothing was imported\./,
  );
  for (const table of ledgerTableNames) assert.deepEqual(await dendro.store.rows(`SELECT * FROM ${table}`), [], table);
});

test('large logs of a drop are read as they come, and known when they come again', async () => {
  const large = Array.from({ length: 2500 }, (_, index) => turn('large', 5, String(index), 'x'.repeat(2000))).join('');
  await using dendro = await openDendro();
  const found = await created(await drop(dendro, [files[0], ['sessions/large.jsonl', large], files[1]]), dendro);
  assert.deepEqual([found.logs.read, found.state], [3, 'complete']);
  assert.equal(existing(await drop(dendro, [['sessions/large.jsonl', large], files[1]])), 1);
  const grown = await created(
    await drop(dendro, [['sessions/large.jsonl', `${large}${turn('large', 5, 'more')}`]]),
    dendro,
  );
  assert.deepEqual(await logsOf(dendro, 1), [
    ['sessions/a.jsonl', 'read', null],
    ['sessions/large.jsonl', 'replaced', grown.id],
    ['sessions/b.jsonl', 'read', null],
  ]);
  assert.deepEqual(
    (await summary(dendro.store, {})).turns.total,
    (
      await (async () => {
        await using other = await openDendro(files[0][1], files[1][1]);
        return await summary(other.store, {});
      })()
    ).turns.total + 2501,
  );
});

test('a drop whose process is killed between batches keeps what was stored, and goes on when it is dropped again', async () => {
  await using dendro = await openDendro();
  const all = [...files, ['sessions/z.jsonl', long]] as const;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  try {
    const bytes = await tarOfTexts(all);
    const [stored, copied] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    async function* sent(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, bytes.length - 2000);
      await stored.promise;
      // The files of a process that is killed now.
      await cp(dendro.configuration.dataFolder, folder, { recursive: true });
      copied.resolve();
      yield bytes.subarray(bytes.length - 2000);
    }
    await send(dendro, sent(), {
      onProgress({ logs }) {
        if (logs.read > 0) stored.resolve();
      },
    });
    await copied.promise;
    const read = readConfiguration({ DENDRO_DATA: folder });
    assert.ok(read.ok);
    const store = await openStore(read.value);
    const importer = await createImporter({ store, configuration: read.value });
    try {
      assert.equal(store.trouble(), null);
      assert.deepEqual(
        (await importList(store, { limit: 100 })).imports.map(({ id, state: is, logs }) => [id, is, logs.read]),
        [['1', 'incomplete', 3]],
      );
      const outcome = await importer.import({
        name: 'sessions',
        bytes: new Blob([bytes]).stream(),
        totalBytes: null,
        clientKey: null,
        signal: new AbortController().signal,
      });
      assert.partialDeepStrictEqual(outcome, { kind: 'created', importId: 1 });
      assert.deepEqual(
        (await importList(store, { limit: 100 })).imports.map(({ id, state: is, logs }) => [id, is, logs.read]),
        [['1', 'complete', 4]],
      );
      assert.deepEqual(await summary(store, {}), await summary(dendro.store, {}));
    } finally {
      await importer.close();
      await store.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an import that is deleted while more of it comes takes nothing more in', async () => {
  await using dendro = await openDendro();
  const first = await created(await drop(dendro, files.slice(0, 1), { more: true }), dendro);
  const bytes = await tarOfTexts(files.slice(1));
  async function* sent(): AsyncGenerator<Uint8Array> {
    await dendro.importer.delete([Number(first.id)]);
    yield bytes;
  }
  const outcome = await send(dendro, sent(), { continues: Number(first.id) });
  assert.deepEqual(outcome.kind === 'refused' && outcome.refusal, {
    code: 'cancelled',
    message: 'The import was deleted while it was running. Nothing was imported.',
  });
  for (const table of [...factTableNames, ...ledgerTableNames])
    assert.deepEqual(await dendro.store.rows(`SELECT * FROM ${table}`), [], table);
});

const named = (id: string, name: string): string =>
  `${JSON.stringify({ id, thread_name: name, updated_at: '2026-06-01T12:00:00.000Z' })}\n`;

test('names of threads are read behind the logs of a folder, wherever they stand in it, and are passed over when none of the threads is in', async () => {
  await using dendro = await openDendro();
  const large = Array.from({ length: 60 }, (_, index) => turn('large', 5, `turn-${index}`, 'n'.repeat(100_000))).join(
    '',
  );
  const found = await created(
    await drop(dendro, [
      ['session_index.jsonl', named('small', 'A name')],
      ['sessions/large.jsonl', large],
      ['sessions/small.jsonl', turn('small')],
    ]),
    dendro,
  );
  assert.deepEqual([found.state, found.logs.read], ['complete', 3]);
  assert.deepEqual(await dendro.store.rows("SELECT title FROM threads WHERE thread_id = 'small'"), [
    { title: 'A name' },
  ]);

  const unknown = named('gone', 'Of a thread that is gone');
  const second = await created(
    await drop(dendro, [
      ['old/session_index.jsonl', unknown],
      ['old/other.jsonl', turn('other')],
    ]),
    dendro,
  );
  assert.deepEqual(second.logs, { total: 2, read: 1, alreadyIn: 0, replaced: 0, passedOver: 1 });
  assert.deepEqual(await logsOf(dendro, 2), [
    ['old/other.jsonl', 'read', null],
    ['old/session_index.jsonl', 'passed_over', 'names_alone'],
  ]);
  assert.deepEqual(second.events, { accepted: 1, duplicate: 0, unknown: 0, repaired: 0 });
  const blocks = 'SELECT import_id, text_block FROM event_texts WHERE import_id = 2';
  assert.equal((await dendro.store.rows(blocks)).length, 1);
  assert.deepEqual(await dendro.store.rows('SELECT thread_id FROM logged_thread_names'), [{ thread_id: 'small' }]);

  const alone = await drop(dendro, [['older/session_index.jsonl', unknown]]);
  assert.ok(alone.kind === 'refused');
  assert.equal(alone.refusal.code, 'names_alone');
});
