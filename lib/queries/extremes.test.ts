import assert from 'node:assert/strict';
import test from 'node:test';
import { catalogue } from '../events/catalogue.ts';
import { openDendro } from '../testing/dendro.ts';
import { compactionBreakdown, compactionList } from './compactions.ts';
import { compactionsOverTime } from './compactions-over-time.ts';
import { eventList } from './events.ts';
import { guardianReviewList } from './guardian.ts';
import { hookRunList } from './hooks.ts';
import { outline, PageOfRoots } from './outline/outline.ts';
import { Arrangement } from './outline/trees.ts';
import { selectedTurns } from './quality/turns.ts';
import { summary } from './summary.ts';
import { threadDetail } from './thread.ts';
import { threadList } from './threads.ts';

/** A UUIDv7 of the year 10889. */
const farThread = 'ffffffff-ffff-7000-8000-000000000000';
const line = (type: string, params: object): string =>
  `${JSON.stringify({ event_type: type, event_params: { thread_id: farThread, turn_id: 'turn', ...params } })}\n`;

test('a time that no calendar shows is unknown, and the rest of its record is not', async () => {
  const compaction = {
    trigger: 'auto',
    status: 'completed',
    active_context_tokens_before: 500,
    active_context_tokens_after: 700,
    duration_ms: 5,
  };
  await using dendro = await openDendro(
    line('codex_compaction_event', { ...compaction, started_at: 8_000_000_000_000, completed_at: 8_000_000_000_001 }) +
      line('codex_compaction_event', { ...compaction, started_at: 1_776_000_000, completed_at: 1_776_000_001 }),
  );
  const { records } = await compactionList(dendro.store, {}, {}, { limit: 10 });
  assert.deepEqual(
    records.map((record) => [record.startedAt, record.tokensSaved]),
    [
      [null, -200],
      ['2026-04-12T13:20:00.000Z', -200],
    ],
  );
  const { buckets, untimed } = await compactionsOverTime(dendro.store, {});
  assert.deepEqual([buckets.length, untimed], [1, 1]);
  const {
    groups: [group],
  } = await compactionBreakdown(dendro.store, {}, ['trigger']);
  assert.equal(group?.tokensSaved, -400);
  const thread = (await threadDetail(dendro.store, farThread))?.thread;
  assert.equal(thread?.createdAt, null);
  assert.equal((await threadList(dendro.store, {}, { limit: 10 })).threads.length, 1);
});

test('ids that columns have no room for are ids like others, and those that come to the same there are one', async () => {
  const ids = ['a\u0000b', 'a\u001fb', 'a\ufffdb', 'a\u007fb', '\ufeffx', '\ud800', 'x'.repeat(512)];
  const logOf = (id: string): string =>
    JSON.stringify({
      timestamp: '2026-11-22T11:47:34.809Z',
      type: 'session_meta',
      payload: { id, cwd: '/home/dev', cli_version: '0.142.5' },
    }) + `\n${line('codex_turn_event', { thread_id: id, turn_id: id, status: 'completed', total_tokens: 5 })}`;
  await using dendro = await openDendro(...ids.map(logOf));
  const { store } = dendro;
  const { threads } = await threadList(store, {}, { limit: 100 });
  assert.deepEqual(
    threads.map(({ threadId, turns, tokens }) => [threadId, turns, tokens.total]).sort(),
    ['a\ufffdb', '\ufffdx', '\ufffd', 'x'.repeat(512)].map((id) => [id, 1, 5]).sort(),
  );
  assert.equal((await outline(store, {}, Arrangement.parse({}), PageOfRoots.parse({}))).threads, threads.length);
  for (const id of [...ids, ...threads.map(({ threadId }) => threadId)])
    assert.equal((await threadDetail(store, id))?.turns.length, 1, JSON.stringify(id));
});

test('a sum beyond what numbers hold exactly is the nearest number', async () => {
  const most = Number.MAX_SAFE_INTEGER;
  const turn = (turnId: string): string =>
    line('codex_turn_event', {
      turn_id: turnId,
      status: 'completed',
      started_at: 1_776_000_000,
      completed_at: 1_776_000_001,
      total_tokens: most,
    });
  await using dendro = await openDendro(turn('one') + turn('two') + turn('three'));
  const { tokens, turns } = await summary(dendro.store, {});
  assert.deepEqual([turns.total, tokens.total], [3, 3 * most]);
  assert.equal((await threadList(dendro.store, {}, { limit: 1 })).threads[0]?.tokens.total, 3 * most);
});

test('an event of any kind that says nothing but what it must is in the list of its kind', async () => {
  const least = [...catalogue].map(([type, { schema }]) => {
    const missing = schema.safeParse({}).error?.issues.map(({ path }) => path[0]) ?? [];
    return JSON.stringify({
      event_type: type,
      event_params: Object.fromEntries(
        missing.map((name) => [name, name === 'started_at_ms' ? 1_776_000_012_000 : String(name)]),
      ),
    });
  });
  await using dendro = await openDendro(`${least.join('\n')}\n`);
  const { store } = dendro;
  const { compactions, hooks, guardian, events } = await summary(store, {});
  const page = { limit: 1000 };
  const listed = [
    await compactionList(store, {}, {}, page),
    await hookRunList(store, {}, {}, page),
    await guardianReviewList(store, {}, {}, page),
  ].map(({ records }) => records.length);
  assert.deepEqual(listed, [compactions.total, hooks.total, guardian.total]);
  assert.ok(listed.every((records) => records > 0));
  assert.equal((await eventList(store, {}, { ...page, occurrence: 'all' })).events.length, least.length);
  assert.ok(events.total > 0);
  assert.ok((await selectedTurns(store, {}, page)).turns.length > 0);
  for (const { threadId } of (await threadList(store, {}, page)).threads)
    assert.ok(await threadDetail(store, threadId), threadId);
});
