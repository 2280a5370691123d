import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { unpack } from '../formats/container/unpack.ts';
import { openDendro, type TestDendro, type TestLog } from '../testing/dendro.ts';
import { rolloutLines } from '../testing/rollouts.ts';
import { summary } from './summary.ts';

/*
 * Analytics and rollouts of the same work, by released versions of Codex: alone, together in both orders, and file by
 * file. The figures of the rollouts were compared with those of analytics outside Dendro, turn by turn and compaction
 * by compaction.
 */

const folder = path.join(import.meta.dirname, '../testing/logs');
const analyticsOf = (version: string): Promise<string> =>
  readFile(
    version === '0.169.0'
      ? path.join(folder, '../../../public/samples/codex-0.169.0.jsonl')
      : path.join(folder, `codex-${version}.jsonl`),
    'utf8',
  );
const rolloutsOf = async (version: string): Promise<TestLog> =>
  new Uint8Array(await readFile(path.join(folder, `rollouts/codex-${version}.tar.zst`)));

interface Expected {
  readonly threads: object;
  readonly turns: object;
  readonly tokens: object;
  readonly compactions: object;
  readonly guardian: object;
}
const versions: Readonly<
  Record<
    string,
    {
      readonly rollouts: Expected;
      readonly both: Expected;
      readonly longestChain: number;
      readonly withRollout: number;
    }
  >
> = {
  '0.122.0': {
    longestChain: 4,
    withRollout: 86,
    rollouts: {
      threads: { total: 86, user: 54, subagent: 26, guardian: 6, other: 0, mentioned: 0, roots: 57 },
      turns: { total: 190, completed: 174, failed: 7, interrupted: 9, unreported: 41 },
      tokens: {
        input: 11_662_940,
        cachedInput: 6_997_764,
        output: 239_640,
        reasoningOutput: 79_763,
        total: 11_902_580,
      },
      compactions: {
        total: 43,
        completed: 43,
        failed: 0,
        interrupted: 0,
        tokensBefore: 4_898_460,
        tokensAfter: 831_254,
        tokensSaved: 4_067_206,
      },
      guardian: { total: 23, approved: 9, denied: 10, failedClosed: 3, timedOut: 0, aborted: 1 },
    },
    both: {
      threads: { total: 88, user: 56, subagent: 26, guardian: 6, other: 0, mentioned: 0, roots: 57 },
      turns: { total: 191, completed: 175, failed: 7, interrupted: 9, unreported: 41 },
      tokens: {
        input: 11_660_440,
        cachedInput: 6_996_264,
        output: 239_630,
        reasoningOutput: 79_760,
        total: 12_004_130,
      },
      compactions: {
        total: 49,
        completed: 43,
        failed: 6,
        interrupted: 0,
        tokensBefore: 4_899_450,
        tokensAfter: 831_254,
        tokensSaved: 4_068_196,
      },
      guardian: { total: 23, approved: 9, denied: 10, failedClosed: 3, timedOut: 0, aborted: 1 },
    },
  },
  '0.142.5': {
    longestChain: 4,
    withRollout: 102,
    rollouts: {
      threads: { total: 102, user: 62, subagent: 26, guardian: 6, other: 8, mentioned: 0, roots: 70 },
      turns: { total: 218, completed: 197, failed: 8, interrupted: 13, unreported: 52 },
      tokens: {
        input: 16_536_310,
        cachedInput: 9_921_786,
        output: 256_080,
        reasoningOutput: 85_226,
        total: 16_792_390,
      },
      compactions: {
        total: 62,
        completed: 62,
        failed: 0,
        interrupted: 0,
        tokensBefore: 7_859_220,
        tokensAfter: 1_261_244,
        tokensSaved: 6_597_976,
      },
      guardian: { total: 24, approved: 11, denied: 9, failedClosed: 3, timedOut: 0, aborted: 1 },
    },
    both: {
      threads: { total: 104, user: 64, subagent: 26, guardian: 6, other: 8, mentioned: 0, roots: 72 },
      turns: { total: 219, completed: 198, failed: 8, interrupted: 13, unreported: 52 },
      tokens: {
        input: 16_533_810,
        cachedInput: 9_920_286,
        output: 256_070,
        reasoningOutput: 85_223,
        total: 16_893_940,
      },
      compactions: {
        total: 72,
        completed: 62,
        failed: 9,
        interrupted: 1,
        tokensBefore: 7_896_882,
        tokensAfter: 1_261_244,
        tokensSaved: 6_635_638,
      },
      guardian: { total: 23, approved: 11, denied: 9, failedClosed: 3, timedOut: 0, aborted: 0 },
    },
  },
  '0.169.0': {
    longestChain: 4,
    withRollout: 98,
    rollouts: {
      threads: { total: 98, user: 49, subagent: 34, guardian: 7, other: 8, mentioned: 0, roots: 57 },
      turns: { total: 217, completed: 198, failed: 7, interrupted: 12, unreported: 43 },
      tokens: {
        input: 12_971_840,
        cachedInput: 7_783_104,
        output: 252_400,
        reasoningOutput: 84_002,
        total: 13_224_240,
      },
      compactions: {
        total: 44,
        completed: 44,
        failed: 0,
        interrupted: 0,
        tokensBefore: 5_412_170,
        tokensAfter: 809_784,
        tokensSaved: 4_602_386,
      },
      guardian: { total: 25, approved: 11, denied: 9, failedClosed: 3, timedOut: 1, aborted: 1 },
    },
    both: {
      threads: { total: 100, user: 51, subagent: 34, guardian: 7, other: 8, mentioned: 0, roots: 59 },
      turns: { total: 218, completed: 199, failed: 7, interrupted: 12, unreported: 45 },
      tokens: {
        input: 12_969_340,
        cachedInput: 7_781_604,
        output: 252_390,
        reasoningOutput: 83_999,
        total: 13_325_790,
      },
      compactions: {
        total: 51,
        completed: 44,
        failed: 6,
        interrupted: 1,
        tokensBefore: 5_412_658,
        tokensAfter: 809_784,
        tokensSaved: 4_602_874,
      },
      guardian: { total: 25, approved: 11, denied: 9, failedClosed: 3, timedOut: 1, aborted: 1 },
    },
  },
};

async function figures({ store }: TestDendro): Promise<Expected> {
  const { threads, turns, tokens, compactions, guardian } = await summary(store, {});
  return { threads, turns, tokens, compactions, guardian };
}

/** Returns the data of all pages, except the numbers of imports and events, which differ between orders. */
async function state({ store }: TestDendro): Promise<unknown> {
  return {
    summary: await summary(store, {}),
    threads: await store.rows('SELECT * EXCLUDE (thread, tree) FROM threads ORDER BY thread_id'),
    turns: await store.rows('SELECT * EXCLUDE (event_id, import_id, thread) FROM turns ORDER BY thread_id, turn_id'),
    compactions: await store.rows('SELECT * EXCLUDE (event_id, import_id, thread) FROM compactions ORDER BY ALL'),
    reviews: await store.rows('SELECT * EXCLUDE (event_id, import_id, thread) FROM guardian_reviews ORDER BY ALL'),
    calls: await store.rows('SELECT * EXCLUDE (event_id, import_id, thread) FROM tool_calls ORDER BY ALL'),
  };
}

for (const [version, expected] of Object.entries(versions)) {
  test(`rollouts of Codex ${version} give the trees and figures that they can give`, async () => {
    await using dendro = await openDendro(await rolloutsOf(version));
    assert.deepEqual(await figures(dendro), expected.rollouts);
    assert.deepEqual((await summary(dendro.store, {})).hooks.total, 0);
    const [row] = await dendro.store.rows(
      `SELECT max(depth) + 1 AS chain, count(*) FILTER (in_rollouts) AS found,
        count(*) FILTER (parent_source IN ('spawn', 'review')) AS guessed FROM threads`,
    );
    assert.deepEqual(row, { chain: expected.longestChain, found: expected.withRollout, guessed: 0 });
    assert.deepEqual(await dendro.store.rows('SELECT * FROM rejects'), []);
  });

  test(`analytics and rollouts of Codex ${version} are one, whichever comes first`, async () => {
    const [analytics, rollouts] = [await analyticsOf(version), await rolloutsOf(version)];
    await using analyticsFirst = await openDendro(analytics, rollouts);
    await using rolloutsFirst = await openDendro(rollouts, analytics);
    const both = await state(analyticsFirst);
    assert.deepEqual(await figures(analyticsFirst), expected.both);
    assert.deepEqual(await state(rolloutsFirst), both);
    const [row] = await analyticsFirst.store.rows(
      'SELECT max(depth) + 1 AS chain, count(*) FILTER (depth > 0 AND parent_source IS NULL) AS lost FROM threads',
    );
    assert.deepEqual(row, { chain: expected.longestChain, lost: 0 });

    // Deleting works the same for every version, so one is enough.
    if (version !== '0.169.0') return;
    await using onlyAnalytics = await openDendro(analytics);
    await using onlyRollouts = await openDendro(rollouts);
    await analyticsFirst.importer.delete([2]);
    assert.deepEqual(await state(analyticsFirst), await state(onlyAnalytics));
    await rolloutsFirst.importer.delete([2]);
    assert.deepEqual(await state(rolloutsFirst), await state(onlyRollouts));
  });
}

test('sent file by file between parts of the analytics log, rollouts give the same', async () => {
  const analytics = (await analyticsOf('0.169.0')).trimEnd().split('\n');
  const packed = await rolloutsOf('0.169.0');
  const files: TestLog[] = [];
  for await (const contained of unpack(
    new Blob([packed]).stream(),
    { unpackedBytes: 1e9, ratio: 1000, entries: 1000 },
    '/nowhere',
  )) {
    if (contained.kind !== 'log') continue;
    const pieces: Uint8Array[] = [];
    for await (const piece of contained.bytes) pieces.push(piece);
    files.push(Buffer.concat(pieces));
  }
  assert.equal(files.length, 98);
  // Every fourth file is followed by a part of the analytics log.
  const between = 4;
  const part = Math.ceil((analytics.length * between) / files.length);
  const logs = files.flatMap((file, index): TestLog[] => [
    file,
    ...(index % between === 0
      ? [`${analytics.slice((index / between) * part, (index / between + 1) * part).join('\n')}\n`]
      : []),
  ]);
  await using dendro = await openDendro();
  // A few at a time, as hooks and agents send them: those that wait together are stored together.
  const atATime = 10;
  for (let first = 0; first < logs.length; first += atATime)
    await Promise.all(logs.slice(first, first + atATime).map((log) => dendro.take(log)));
  const expected = versions['0.169.0']?.both;
  assert.deepEqual(await figures(dendro), expected);
});

test('of a tool call that both tell of, analytics counts, however much more the rollout says', async () => {
  const call = { thread_id: 't', turn_id: 'u', item_id: 'i' };
  const lineOf = (type: string, params: object): string =>
    `${JSON.stringify({ event_type: type, event_params: { ...call, ...params } })}\n`;
  const analytics = lineOf('codex_command_execution_event', { terminal_status: 'failed' });
  const rollout = lineOf('rollout_tool_call', {
    tool: 'command_execution',
    terminal_status: 'completed',
    tool_name: 'n'.repeat(200),
  });
  for (const logs of [
    [analytics, rollout],
    [rollout, analytics],
  ]) {
    await using dendro = await openDendro(...logs);
    assert.deepEqual(await dendro.store.rows('SELECT source, terminal_status FROM tool_calls'), [
      { source: 'analytics', terminal_status: 'failed' },
    ]);
  }
});

test('any order of related rollouts, of what is left when one was cut short, and of parts of the analytics gives one state, and what is deleted was never there', async () => {
  const logOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  const analytics = rolloutLines('0.169.0', 'analytics');
  const half = analytics.length >> 1;
  const guardian = rolloutLines('0.169.0', 'guardian');
  const logs = [
    logOf(analytics.slice(0, half)),
    logOf(analytics.slice(half)),
    logOf(guardian),
    logOf(guardian.slice(0, guardian.length >> 1)),
    ...['spawner', 'spawned-depth-1', 'spawned-depth-2', 'compacted-mid-turn'].map((name) =>
      logOf(rolloutLines('0.169.0', name)),
    ),
  ];
  await using inOrder = await openDendro(...logs);
  const expected = await state(inOrder);
  const order = fc.shuffledSubarray(logs, { minLength: logs.length });
  await fc.assert(
    fc.asyncProperty(order, fc.constantFrom(...logs), async (shuffled, extra) => {
      await using dendro = await openDendro(...shuffled.filter((log) => log !== extra));
      const without = await state(dendro);
      const outcome = await dendro.take(extra);
      assert.ok(outcome.kind === 'created');
      assert.deepEqual(await state(dendro), expected);
      await dendro.importer.delete([outcome.importId]);
      assert.deepEqual(await state(dendro), without);
    }),
    { numRuns: 3 },
  );
});
