import assert from 'node:assert/strict';
import { copyFile, cp, mkdtemp, open, rm, stat, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readConfiguration } from '../configuration.ts';
import { summary } from '../queries/summary.ts';
import { openStore } from '../store/duckdb/open.ts';
import { openDendro, sampleLog, type TestDendro } from '../testing/dendro.ts';
import { createImporter } from './create.ts';

const turn = (id: string): string =>
  `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: 't', turn_id: id, status: 'completed', total_tokens: 5 } })}\n`;
const database = 'dendro.duckdb';

/** Copies the files of a running Dendro, as if it had been killed. */
async function killed({ configuration: { dataFolder } }: TestDendro): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  await cp(dataFolder, folder, { recursive: true });
  return folder;
}

/** Starts on `folder` and returns what a user meets: the reported damage, figures, and the result of another log. */
async function start(folder: string): Promise<{
  readonly trouble: string | null;
  readonly message: string;
  readonly figures: string;
  readonly taken: string;
  readonly deleted: string;
}> {
  const read = readConfiguration({ DENDRO_DATA: folder });
  assert.ok(read.ok);
  const store = await openStore(read.value);
  const importer = await createImporter({ store, configuration: read.value });
  const codeOf = (error: unknown): string =>
    error instanceof Error && 'code' in error ? String(error.code) : String(error);
  try {
    const outcome = await importer.import({
      name: 'more',
      bytes: new Blob([turn('more')]).stream(),
      totalBytes: null,
      clientKey: null,
      signal: new AbortController().signal,
    });
    return {
      taken: outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind,
      figures: await summary(store, {}).then(({ events }) => String(events.total), codeOf),
      deleted: await importer.delete([1]).then(() => 'deleted', codeOf),
      trouble: store.trouble()?.code ?? null,
      message: store.trouble()?.message ?? '',
    };
  } finally {
    await importer.close();
    await store.close();
  }
}
const damagedStart = {
  trouble: 'database_damaged',
  figures: 'database_damaged',
  taken: 'database_damaged',
  deleted: 'database_damaged',
};

async function withCopy(folder: string, use: (folder: string) => Promise<void>): Promise<void> {
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('what was acknowledged is there after a kill, and a deleted import is not missed', async () => {
  await using dendro = await openDendro(sampleLog, turn('a'), turn('b'));
  await dendro.importer.delete([2]);
  await withCopy(await killed(dendro), async (folder) => {
    const { trouble, taken, deleted } = await start(folder);
    assert.deepEqual({ trouble, taken, deleted }, { trouble: null, taken: 'created', deleted: 'deleted' });
    assert.equal((await start(folder)).trouble, null, 'also after another start');
  });
});

test('a journal that was cut off is told with the events it lost, and nothing is taken in', async () => {
  await using dendro = await openDendro(turn('a'), sampleLog, turn('b'));
  const journal = `${database}.wal`;
  for (const part of [0, 0.3, 0.5, 0.9]) {
    await withCopy(await killed(dendro), async (folder) => {
      const { size } = await stat(path.join(folder, journal));
      await truncate(path.join(folder, journal), Math.floor(size * part));
      const { message, ...met } = await start(folder);
      assert.deepEqual(met, damagedStart, `${part} of the journal`);
      assert.match(message, /It lost imports? .*\d+ stored events/);
      assert.match(message, /DENDRO_DATA/);
    });
  }
});

test('a database that is gone, or in place of which an older one lies, is told', async () => {
  await using dendro = await openDendro(turn('a'));
  const older = await killed(dendro);
  await dendro.take(sampleLog);
  await withCopy(older, async () => {
    await withCopy(await killed(dendro), async (folder) => {
      for (const name of [database, `${database}.wal`]) await copyFile(path.join(older, name), path.join(folder, name));
      assert.equal((await start(folder)).trouble, 'database_damaged');
      for (const name of [database, `${database}.wal`]) await rm(path.join(folder, name), { force: true });
      const { message, ...met } = await start(folder);
      assert.deepEqual(met, damagedStart);
      assert.match(message, /It lost imports 1, 2/);
    });
  });
});

test('events that the ledger has and the tables have not are told', async () => {
  await using dendro = await openDendro(sampleLog, turn('a'));
  await dendro.store.write((transaction) =>
    transaction.run('DELETE FROM logged_events WHERE import_id = 1 AND line % 2 = 0'),
  );
  await withCopy(await killed(dendro), async (folder) => {
    const { message, ...met } = await start(folder);
    assert.deepEqual(met, damagedStart);
    assert.match(message, /It has only \d+ of \d+ stored events of import 1/);
  });
});

test('blocks of the database that were overwritten are told before anything is taken in', async () => {
  await using dendro = await openDendro(sampleLog);
  await withCopy(await killed(dendro), async (folder) => {
    // Closing writes everything into the database itself.
    await (await openStore({ dataFolder: folder, databaseMemory: 2 ** 28 })).close();
    const whole = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
    await withCopy(whole, async () => {
      await cp(folder, whole, { recursive: true });
      const block = 1 << 18;
      const { size } = await stat(path.join(whole, database));
      const outcomes = new Set<string>();
      // After the three headers of 4 KiB, a block at a time.
      for (let at = 3 * 4096 + 1000; at < size; at += block) {
        await copyFile(path.join(whole, database), path.join(folder, database));
        const file = await open(path.join(folder, database), 'r+');
        await file.write(Buffer.alloc(512, 7), 0, 512, at);
        await file.close();
        try {
          const { message, ...met } = await start(folder);
          outcomes.add(met.trouble ?? 'unharmed');
          if (met.trouble === null) assert.equal(met.taken, 'created', message);
          else assert.deepEqual(met, damagedStart, `at ${at}: ${message}`);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          assert.ok(
            error instanceof Error && /cannot be opened, and may be damaged/.test(error.message),
            String(error),
          );
          outcomes.add('not opened');
        }
      }
      assert.ok(outcomes.has('database_damaged'), [...outcomes].join());
    });
  });
});
