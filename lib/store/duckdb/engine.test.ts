import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { summary } from '../../queries/summary.ts';
import { openDendro } from '../../testing/dendro.ts';
import type { Store } from '../store.ts';
import { openStore } from './open.ts';

/**
 * DuckDB 1.5.5 fails on it with an internal error, whatever its optimizer does:
 * https://github.com/duckdb/duckdb/issues/21890
 */
const failing = `SELECT import_id FROM imports GROUP BY import_id
    HAVING (SELECT count(*) FROM imports AS others WHERE TRY(imports.import_id + imports.import_id) > 0) > 0`;
const initialized = `${JSON.stringify({ event_type: 'codex_thread_initialized', event_params: { thread_id: 't', model: 'm', thread_source: 'user', initialization_mode: 'new', created_at: 1_776_000_000, runtime: { codex_rs_version: '0.156.0' }, app_server_client: { product_client_id: 'c' } } })}\n`;
const turn = `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: 't', turn_id: 'u', status: 'completed', total_tokens: 5 } })}\n`;

async function withStore(use: (store: Store) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const store = await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 });
  try {
    await use(store);
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}
/** Makes the engine give up the whole database, as after a failed write. */
const giveUp = async (store: Store): Promise<void> => {
  await store.write((transaction) => transaction.append('duplicates', [[1]]));
  await store.rows("SET GLOBAL debug_checkpoint_abort = 'before_truncate'");
  // It is done again on the database that was opened again.
  await store.rows('CHECKPOINT');
  assert.equal(store.trouble()?.code, 'engine_failed');
};

test('a statement that the engine cannot do at all says so, and the store goes on', async () => {
  await withStore(async (store) => {
    assert.equal(store.trouble(), null);
    await assert.rejects(store.rows(failing), { name: 'StoreTrouble', code: 'engine_failed' });
    await assert.rejects(
      store.write(async (transaction) => {
        await transaction.append('duplicates', [[1]]);
        await transaction.rows(failing);
      }),
      { name: 'StoreTrouble', code: 'engine_failed' },
    );
    assert.deepEqual(await store.rows('SELECT * FROM duplicates'), []);
    await store.write((transaction) => transaction.append('duplicates', [[1]]));
    assert.deepEqual(await store.rows('SELECT * FROM duplicates'), [{ event_id: 1 }]);
    assert.equal(store.trouble()?.code, 'engine_failed', 'whoever uses it is told');
  });
});

test('a small log that comes again, grown, adds to the figures, with all passes of the optimizer and without some', async () => {
  for (const passes of ['', 'statistics_propagation,compressed_materialization']) {
    await using dendro = await openDendro(initialized);
    await dendro.store.rows(`SET GLOBAL disabled_optimizers = '${passes}'`);
    // A statement that the engine fails to plan is refused, and works when it comes again: the engine plans more simply
    // then.
    const first = await dendro.take(initialized + turn);
    if (first.kind === 'refused') assert.equal((await dendro.take(initialized + turn)).kind, 'created');
    assert.equal((await summary(dendro.store, {})).tokens.total, 5);
  }
});

test('a database that the engine gave up is opened again by whoever comes next', async () => {
  await withStore(async (store) => {
    await giveUp(store);
    assert.deepEqual(await store.rows('SELECT * FROM duplicates'), [{ event_id: 1 }]);
    await store.write((transaction) => transaction.run('DELETE FROM duplicates'));
    assert.deepEqual(await store.rows('SELECT * FROM duplicates'), []);
  });
});

test('what holds the database while the engine gives it up is told, and keeps nothing waiting', async () => {
  await withStore(async (store) => {
    const batches = store.batches('SELECT * FROM range(1000000)')[Symbol.asyncIterator]();
    await batches.next();
    const held = Promise.withResolvers<void>();
    const written = store.write(async (transaction) => {
      await held.promise;
      await transaction.append('duplicates', [[1]]);
    });
    await store.rows("SET GLOBAL debug_checkpoint_abort = 'before_truncate'");
    await store.rows('FORCE CHECKPOINT').catch(() => undefined);
    const given = await store.rows('SELECT 1 AS one');
    assert.deepEqual(given, [{ one: 1 }]);
    held.resolve();
    await written.catch((error: unknown) =>
      assert.ok(error instanceof Error && error.name === 'StoreTrouble', String(error)),
    );
    await (async () => {
      while (!(await batches.next()).done);
    })().catch((error: unknown) => assert.ok(error instanceof Error && error.name === 'StoreTrouble', String(error)));
    assert.ok((await store.rows('SELECT * FROM duplicates')).length <= 1);
  });
});

test('a statement of the writer that was planned before rows came finds them after', async () => {
  await withStore(async (store) => {
    const asked = (): Promise<unknown> =>
      store.write((transaction) =>
        transaction.rows('SELECT event_id FROM duplicates WHERE event_id > $least', { least: 100 }),
      );
    const literal = (): Promise<unknown> =>
      store.write((transaction) => transaction.rows('SELECT event_id FROM duplicates WHERE event_id > 100'));
    await store.write((transaction) => transaction.append('duplicates', [[1]]));
    assert.deepEqual([await asked(), await literal()], [[], []]);
    await store.write((transaction) => transaction.append('duplicates', [[200]]));
    assert.deepEqual([await asked(), await literal()], [[{ event_id: 200 }], [{ event_id: 200 }]]);
  });
});
