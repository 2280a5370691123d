import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readConfiguration } from '../lib/configuration.ts';
import { createImporter } from '../lib/ingest/create.ts';
import { openStore } from '../lib/store/duckdb/open.ts';
import { sampleLog } from '../lib/testing/dendro.ts';
import { run } from './setup.mjs';

const script = (name, folder, ...commandArguments) =>
  run(process.execPath, [path.join(import.meta.dirname, name), ...commandArguments], { env: { DENDRO_DATA: folder } });

test('the rebuild makes figures anew that were lost, says what it did, and wants the folder to itself', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  try {
    const read = readConfiguration({ DENDRO_DATA: folder });
    assert.ok(read.ok);
    const store = await openStore(read.value);
    const importer = await createImporter({ store, configuration: read.value });
    await importer.import({
      name: 'log',
      bytes: new Blob([sampleLog]).stream(),
      totalBytes: null,
      clientKey: null,
      signal: new AbortController().signal,
    });
    const threads = await store.rows('SELECT * FROM threads ORDER BY thread');
    const trees = new Set(threads.map(({ tree }) => tree)).size;
    await store.write((transaction) => transaction.run('DELETE FROM threads'));
    const held = await script('rebuild.ts', folder);
    assert.equal(held.code, 1);
    assert.match(held.output, /is held by another process\. Stop it.* \[database_held\]$/m);
    await importer.close();
    await store.close();

    const { code, output } = await script('rebuild.ts', folder);
    assert.equal(code, 0, output);
    assert.match(
      output,
      new RegExp(`^Made the figures of ${threads.length} threads in ${trees} trees? anew, in [0-9.]+ s\\.$`, 'm'),
    );
    const again = await openStore(read.value);
    assert.deepEqual(await again.rows('SELECT * FROM threads ORDER BY thread'), threads);
    await again.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('without a command those there are are listed, and one that there is not is refused', async () => {
  const listed = await script('dendro.mjs', os.tmpdir());
  assert.equal(listed.code, 0);
  assert.match(listed.output, /^ {2}rebuild {2}makes all figures anew/m);
  const refused = await script('dendro.mjs', os.tmpdir(), 'rebuilt');
  assert.equal(refused.code, 1);
  assert.match(refused.output, /There is no command "rebuilt"\.[^]*rebuild/);
});
