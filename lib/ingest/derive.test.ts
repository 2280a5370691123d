import assert from 'node:assert/strict';
import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { derive } from './derive.ts';

/** The files below `folder` that this process holds open; none where the system does not tell. */
async function openIn(folder: string): Promise<string[]> {
  const descriptors = process.platform === 'linux' ? await readdir('/proc/self/fd') : [];
  const files = await Promise.all(descriptors.map((descriptor) => readlink(`/proc/self/fd/${descriptor}`).catch(() => '')));
  return files.filter((file) => file.startsWith(folder));
}

test('a rebuild that is broken off leaves no file, neither open nor in the folder', async () => {
  await using dendro = await openDendro(sampleLog);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const spoiled = {
    'the evidence cannot be read': "UPDATE thread_evidence SET source = 'nonsense'",
    'the compactions cannot be loaded': 'ALTER TABLE compaction_measures DROP COLUMN storm',
  };
  try {
    for (const [what, statement] of Object.entries(spoiled)) {
      await assert.rejects(dendro.store.write(async (transaction) => {
        await transaction.run(statement);
        await derive(transaction, folder);
      }), what);
      assert.deepEqual({ open: await openIn(folder), left: await readdir(folder) }, { open: [], left: [] }, what);
    }
    await dendro.store.write((transaction) => derive(transaction, folder));
    assert.deepEqual(await readdir(folder), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('what a later event of a log says of a thread counts as well, also when an earlier one said less or something else', async () => {
  const event = (params: object): string => `${JSON.stringify({ event_type: 'codex_turn_steer_event', event_params: { thread_id: 'child', ...params } })}\n`;
  for (const first of [{}, { thread_source: 'user' }, { parent_thread_id: 'z' }]) {
    await using dendro = await openDendro(event(first) + event({ thread_source: 'subagent', parent_thread_id: 'parent' }));
    assert.deepEqual(await dendro.store.rows("SELECT kind, parent_thread_id FROM threads WHERE thread_id = 'child'"), [{ kind: 'subagent', parent_thread_id: 'parent' }]);
  }
});
