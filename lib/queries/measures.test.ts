import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { openDendro, sampleLog, type TestDendro, type TestLog } from '../testing/dendro.ts';
import { compactionList } from './compactions.ts';
import type { Compaction, ThreadRow, Turn } from './shapes.ts';
import { threadList } from './threads.ts';
import { threadTurns } from './turns.ts';

/*
 * Refills, storms, anatomy, critical path and context of real logs of three versions of Codex, alone and with their
 * rollouts.
 */

const folder = path.join(import.meta.dirname, '../testing/logs');
const analyticsOf = (version: string): Promise<string> =>
  version === '0.169.0' ? Promise.resolve(sampleLog) : readFile(path.join(folder, `codex-${version}.jsonl`), 'utf8');
const rolloutsOf = async (version: string): Promise<TestLog> =>
  new Uint8Array(await readFile(path.join(folder, `rollouts/codex-${version}.tar.zst`)));

const everyTurn = async ({ store }: TestDendro): Promise<Turn[]> => {
  const ids = (await store.rows('SELECT thread_id AS id FROM threads')).map(({ id }) => z.string().parse(id));
  return (await Promise.all(ids.map(async (id) => (await threadTurns(store, id)).turns))).flat();
};
const everyCompaction = async ({ store }: TestDendro): Promise<Compaction[]> =>
  (await compactionList(store, {}, {}, { limit: 1000 })).records;
const everyRoot = async ({ store }: TestDendro): Promise<ThreadRow[]> =>
  (await threadList(store, {}, { limit: 1000, sort: '-height' })).threads;

const expected = {
  '0.122.0': {
    refilled: 18,
    inStorms: 21,
    storms: 3,
    height: [2, 3],
    anatomies: 0,
    compactionTimes: 0,
    criticalPaths: 0,
    contexts: 251,
  },
  '0.142.5': {
    refilled: 26,
    inStorms: 28,
    storms: 4,
    height: [2, 3],
    anatomies: 212,
    compactionTimes: 0,
    criticalPaths: 0,
    contexts: 295,
  },
  '0.169.0': {
    refilled: 20,
    inStorms: 21,
    storms: 3,
    height: [2, 3],
    anatomies: 243,
    compactionTimes: 243,
    criticalPaths: 6,
    contexts: 286,
  },
} as const;

for (const [version, figures] of Object.entries(expected)) {
  test(`the measures of ${version}`, async () => {
    await using dendro = await openDendro(await analyticsOf(version));
    const measured = async () => {
      const [compactions, roots] = [await everyCompaction(dendro), await everyRoot(dendro)];
      return {
        refilled: compactions.filter(({ refillTurns }) => refillTurns !== null).length,
        inStorms: compactions.filter(({ storm }) => storm).length,
        storms: roots.reduce((sum, root) => sum + root.subtreeStorms, 0),
        height: roots[0]?.height,
      };
    };
    const { refilled, inStorms, storms, height, ...ofTurns } = figures;
    assert.deepEqual(await measured(), { refilled, inStorms, storms, height: height[0] });
    await dendro.take(await rolloutsOf(version), 'rollouts');
    // Analytics lacks the threads below the first level of subagents.
    assert.deepEqual(
      await measured(),
      { refilled, inStorms, storms, height: height[1] },
      'rollouts add no refill and no storm',
    );
    const turns = await everyTurn(dendro);
    const count = (of: (each: Turn) => unknown): number => turns.filter((each) => (of(each) ?? null) !== null).length;
    assert.deepEqual(
      {
        anatomies: count(({ anatomy }) => anatomy),
        compactionTimes: count(({ anatomy }) => anatomy?.compactionMs),
        criticalPaths: count(({ criticalPath }) => criticalPath),
        contexts: count(({ contextTokens }) => contextTokens),
      },
      ofTurns,
    );
    for (const { anatomy, durationMs, criticalPath } of turns) {
      const parts = Object.values(anatomy ?? {});
      if (parts.length > 0 && !parts.includes(null))
        assert.equal(
          parts.reduce((sum: number, part) => sum + (part ?? 0), 0),
          durationMs,
          'the anatomy is the whole duration',
        );
      if (criticalPath) assert.equal(criticalPath.status, 'complete');
    }
  });

  test(`the context at the end of a turn of ${version} is what the next compaction finds`, async () => {
    await using dendro = await openDendro(await analyticsOf(version), await rolloutsOf(version));
    const turns = Map.groupBy(await everyTurn(dendro), ({ threadId }) => threadId);
    let found = 0;
    for (const compaction of await everyCompaction(dendro)) {
      // A remote compaction counts the tokens that were sent, which are some more; in the middle of a turn, so do the
      // answers of tools.
      if (compaction.phase === 'mid_turn' || compaction.implementation === 'responses_compaction_v2') continue;
      const own = turns.get(compaction.threadId) ?? [];
      const index = own.findIndex(({ turnId }) => turnId === compaction.turnId);
      assert.equal(compaction.tokensBefore, own[index - 1]?.contextTokens);
      if (compaction.phase === 'standalone_turn' && compaction.status === 'completed')
        assert.equal(compaction.tokensAfter, own[index]?.contextTokens);
      found++;
    }
    assert.ok(found > 15, `${found} were compared`);
  });
}

const turnLine = (params: object): string =>
  `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: 't', turn_id: 'u', status: 'completed', ...params } })}\n`;
const only = async (params: object): Promise<Turn | undefined> => {
  await using dendro = await openDendro(turnLine(params));
  return (await threadTurns(dendro.store, 't')).turns[0];
};

test('what a version does not say of a turn is null, and what it says is zero is zero', async () => {
  const turn = await only({
    sampling_ms: 0,
    tool_blocking_ms: 5,
    critical_path_status: 'disabled',
    critical_path_duration_ms: null,
  });
  assert.deepEqual(turn?.anatomy, {
    beforeFirstSamplingMs: null,
    samplingMs: 0,
    toolBlockingMs: 5,
    compactionMs: null,
    betweenSamplingOverheadMs: null,
    afterLastSamplingMs: null,
  });
  assert.equal(turn.criticalPath, null);
  assert.equal((await only({}))?.anatomy, null);
});

test('the HTTP status of an error stands in a field of its own, or in the error', async () => {
  const failed = await only({
    turn_error: { httpConnectionFailed: { httpStatusCode: 403 } },
    codex_error_kind: 'connection_failed',
  });
  assert.deepEqual(
    [failed?.error, failed?.errorKind, failed?.errorHttpStatus],
    ['httpConnectionFailed', 'connection_failed', 403],
  );
  assert.equal(
    (await only({ turn_error: 'other', codex_error_kind: 'unexpected_status', codex_error_http_status_code: 418 }))
      ?.errorHttpStatus,
    418,
  );
  assert.equal((await only({ turn_error: { other: { httpStatusCode: 'much' } } }))?.errorHttpStatus, null);
});
