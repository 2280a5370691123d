import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { Transaction } from '../store.ts';
import { openStore } from './open.ts';

const nextOf = async (batches: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of batches) return;
};

test('a write that is stopped does nothing more, whether a statement runs or not, and leaves nothing behind', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const store = await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 });
  const file = path.join(folder, 'rows');
  await writeFile(file, '1\u001fthread-1\n');
  const steps: Readonly<Record<keyof Transaction, (transaction: Transaction) => Promise<unknown>>> = {
    rows: (transaction) => transaction.rows('SELECT 1'),
    columns: (transaction) => transaction.columns('SELECT 1'),
    batches: (transaction) => nextOf(transaction.batches('SELECT 1')),
    run: (transaction) => transaction.run('DELETE FROM duplicates'),
    append: (transaction) => transaction.append('duplicates', [[1]]),
    load: (transaction) =>
      transaction.load(
        [{ table: 'rejects', file, as: { importId: 1, firstEventId: 0, firstLog: 0, firstBlock: 0 } }],
        new Map(),
      ),
  };
  try {
    for (const [name, step] of Object.entries(steps)) {
      const stop = new AbortController();
      let went = false;
      await assert.rejects(
        store.write(async (transaction) => {
          await transaction.append('duplicates', [[1]]);
          stop.abort();
          await step(transaction);
          went = true;
        }, stop.signal),
        { name: 'AbortError' },
      );
      assert.ok(!went, name);
    }
    const stop = new AbortController();
    const long = store.write((transaction) => {
      setTimeout(() => stop.abort(), 200);
      return transaction.rows('SELECT sum(a.range * b.range) FROM range(100000) AS a, range(100000) AS b');
    }, stop.signal);
    await assert.rejects(long, /INTERRUPT/);
    assert.deepEqual(await store.rows('SELECT * FROM duplicates'), []);
    await store.write((transaction) => transaction.append('duplicates', [[1]]));
    assert.deepEqual(await store.rows('SELECT * FROM duplicates'), [{ event_id: 1 }]);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
});

test('what a process spilled that was killed is removed by the next one', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  try {
    const spilled = path.join(folder, 'engine-temporary-of-a-killed-one');
    await mkdir(spilled);
    await writeFile(path.join(spilled, 'duckdb_temp_block-99.block'), 'x');
    const store = await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 });
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !name.startsWith('dendro.duckdb')),
      [],
    );
    await store.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
