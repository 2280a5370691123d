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

test('compactions of one second, in several logs, give the same refills whichever log came first', async () => {
  const pairs = {
    'one that failed and the one that went well': [{ status: 'failed', active_context_tokens_before: 500 }, { active_context_tokens_before: 500 }],
    'one of much and one of little': [{ active_context_tokens_before: 500 }, { active_context_tokens_before: 900 }],
    'one that ended and one that went on': [{ active_context_tokens_before: 900, completed_at: 1_776_000_020 }, { active_context_tokens_before: 500 }],
    'two that only their reasons tell apart': [{ active_context_tokens_before: 500, reason: 'one' }, { active_context_tokens_before: 500, reason: 'another' }],
  };
  const logOf = (place: number): string => Object.entries(pairs).map(([thread, pair]) => `${JSON.stringify({
    event_type: 'codex_compaction_event', event_params: { thread_id: thread, turn_id: 'u', status: 'completed', started_at: 1_776_000_012, completed_at: 1_776_000_012, ...pair[place] },
  })}\n`).join('');
  const refillsOf = async (...logs: readonly string[]): Promise<unknown> => {
    await using dendro = await openDendro(...logs);
    return await dendro.store.rows('SELECT thread_id, status, reason, tokens_before, refill_turns FROM measured_compactions ORDER BY ALL');
  };
  assert.deepEqual(await refillsOf(logOf(1), logOf(0)), await refillsOf(logOf(0), logOf(1)));
});
