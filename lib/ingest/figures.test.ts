import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { readConfiguration } from '../configuration.ts';
import { summary } from '../queries/summary.ts';
import { openStore } from '../store/duckdb/open.ts';
import type { Transaction } from '../store/store.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { createImporter } from './create.ts';
import { Figures } from './figures.ts';

const turnLine = (thread: number): string => JSON.stringify({ events: [{ event_type: 'codex_turn_event', event_params: { thread_id: `thread-${thread}`, turn_id: 'turn', status: 'completed', total_tokens: 5 } }] });
/** The facts of one turn of a thread of its own. */
async function addTurn(transaction: Transaction, number: number): Promise<void> {
  const names = `${number} AS event_id, 1 AS import_id, 'analytics' AS source, 'turn' AS kind, 'codex_turn_event' AS type, 'thread-${number}' AS thread_id, 'turn' AS turn_id`;
  await transaction.run(`INSERT INTO logged_turns BY NAME SELECT * EXCLUDE (kind, type) FROM (SELECT ${names})`);
  await transaction.run(`INSERT INTO logged_events BY NAME SELECT * EXCLUDE (source) FROM (SELECT ${names})`);
  await transaction.run(`INSERT INTO thread_evidence BY NAME SELECT event_id, import_id, thread_id, 'event' AS source FROM (SELECT ${names})`);
}
const factsAndFigures = 'SELECT (SELECT count(*) FROM logged_turns) AS facts, (SELECT count(*) FROM turns WHERE reported) AS figures';

test('figures that a process left unsettled are settled by the next one', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  try {
    for (const turns of [1, 2]) {
      const facts = await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 });
      const figures = await Figures.of(facts, folder);
      assert.equal((await summary(figures.store, {})).turns.total, turns - 1);
      await figures.change((transaction) => addTurn(transaction, turns), { long: false });
      await facts.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('whoever reads while logs come in sees figures of the facts that are in, and never half of them', async () => {
  await using dendro = await openDendro(sampleLog);
  const seen = new Set<number>();
  let open = true;
  const reader = (async () => {
    while (open) {
      const [row] = await dendro.store.rows(factsAndFigures);
      assert.equal(row?.figures, row?.facts);
      seen.add(Number(row?.facts));
      await setImmediate();
    }
  })();
  const before = (await summary(dendro.store, {})).turns.total;
  await Promise.all(Array.from({ length: 12 }, (_, thread) => dendro.take(turnLine(thread))));
  open = false;
  await reader;
  assert.equal((await summary(dendro.store, {})).turns.total, before + 12);
  assert.ok(seen.size > 0);
});

test('a statement that meets new facts beside old figures runs again', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const facts = await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 });
  let meanwhile = (): Promise<void> => Promise.resolve();
  const figures = await Figures.of({ ...facts, rows: (...statement) => meanwhile().then(() => facts.rows(...statement)) }, folder);
  meanwhile = () => {
    meanwhile = () => Promise.resolve();
    return figures.change((transaction) => addTurn(transaction, 1), { long: false });
  };
  try {
    assert.deepEqual(await figures.store.rows(factsAndFigures), [{ facts: 1, figures: 1 }]);
  } finally {
    await facts.close();
    await rm(folder, { recursive: true });
  }
});

test('a change that comes while someone wants one state is committed behind that, and goes before whoever wants one later', async () => {
  await using dendro = await openDendro(sampleLog);
  const turns = async (): Promise<number> => (await summary(dendro.store, {})).turns.total;
  const before = await turns();
  const coming = await dendro.still(async () => {
    const taken = dendro.take(turnLine(1));
    // As soon as the change waits, whoever comes waits for it.
    let later = dendro.still(turns);
    while (await Promise.race([later.then(() => true), setTimeout(1000, false)])) {
      await setTimeout(10);
      later = dendro.still(turns);
    }
    assert.equal(await turns(), before);
    return [taken, later] as const;
  });
  assert.equal(await coming[1], before + 1);
  assert.deepEqual(await coming[0], { kind: 'created', importId: 2 });
  await assert.rejects(dendro.still(() => Promise.reject(new Error('it failed'))), /it failed/);
  await dendro.take(turnLine(2));
  assert.equal(await dendro.still(turns), before + 2);
});

test('figures are settled in a quiet moment, and a log that comes meanwhile does not wait for it', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const read = readConfiguration({ DENDRO_DATA: folder });
  assert.ok(read.ok);
  const facts = await openStore(read.value);
  const figures = await Figures.of(facts, folder);
  const importer = await createImporter({ figures, configuration: read.value });
  const settling = figures.settleWhenQuiet();
  const stale = async (): Promise<boolean> => (await facts.rows('SELECT stale FROM figures_state')).length > 0;
  const take = async (text: string): Promise<void> => {
    const outcome = await importer.import({ name: 'test.jsonl', bytes: new Blob([text]).stream(), totalBytes: null, clientKey: null, signal: new AbortController().signal });
    assert.equal(outcome.kind, 'created');
  };
  try {
    for (let thread = 0; thread < 5; thread++) await take(turnLine(thread));
    assert.ok(await stale());
    while (await stale()) await setTimeout(20);
    assert.equal((await summary(figures.store, {})).turns.total, 5);
    // Whether a rebuild has not begun, is under way or is done: the next log comes in and counts.
    for (const [thread, pause] of [0, 240, 260, 300].entries()) {
      await take(turnLine(10 + thread));
      await setTimeout(pause);
    }
    while (await stale()) await setTimeout(20);
    assert.equal((await summary(figures.store, {})).turns.total, 9);
  } finally {
    settling.stop();
    await facts.close();
    await rm(folder, { recursive: true });
  }
});

test('what is prepared in quiet moments waits for the end of a long change, runs once at a time, and stops for the next change', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const facts = await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 });
  // Only a rebuild that no one asked for can be told to stop; this holds the first of them.
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const figures = await Figures.of({
    ...facts,
    write: (work, signal) => facts.write(async (transaction) => {
      if (signal) {
        begun.resolve();
        await held.promise;
      }
      return work(transaction);
    }, signal),
  }, folder);
  const count = { calls: 0, running: 0 };
  const settling = figures.settleWhenQuiet(async (signal) => {
    count.calls++;
    count.running++;
    await once(signal, 'abort');
    count.running--;
  });
  const nothing = (): Promise<void> => Promise.resolve();
  const prepared = async (calls: number): Promise<void> => {
    while (count.calls < calls) await setTimeout(20);
  };
  try {
    await figures.change(nothing, { long: false });
    await begun.promise;
    const long = figures.change(async () => {
      assert.deepEqual(count, { calls: 0, running: 0 }, 'while a long change is under way');
      // A moment that would be quiet without it.
      await setTimeout(400);
    }, { long: true });
    held.resolve();
    await long;
    await prepared(1);
    await setTimeout(400);
    assert.deepEqual(count, { calls: 1, running: 1 }, 'after the change');
    for (const each of [{ long: true }, { long: false }]) {
      const calls = count.calls;
      await figures.change(() => Promise.resolve(assert.deepEqual(count, { calls, running: 0 }, 'during the next one')), each);
      await prepared(calls + 1);
    }
    settling.stop();
    await setImmediate();
    assert.equal(count.running, 0);
  } finally {
    held.resolve();
    settling.stop();
    await facts.close();
    await rm(folder, { recursive: true });
  }
});
