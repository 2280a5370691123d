import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogItems } from '../formats/log-items.ts';
import { openDendro, type TestDendro } from '../testing/dendro.ts';
import { fileLines, logOf, nameLine } from '../testing/rollout-file.ts';

/** Names that users give to threads (`docs/semantics.md`, "A thread in several files"). */

const threadId = '019e82a0-3d00-700c-8000-00076a99b44c';
const prompt = 'please look at this very long prompt that nobody wants as a title, and fix it';
const lines = fileLines({
  threadId,
  at: '2026-06-01T10:00:00.000Z',
  turns: [
    {
      at: '2026-06-01T10:00:01.000Z',
      turnId: '019e82a0-40e8-74b1-8000-02e64241e761',
      model: 'gpt-6',
      prompt,
      tokens: { last: 5100, total: 5100 },
    },
  ],
});
const rollout = logOf(lines);
const renamed = logOf([...lines, nameLine(threadId, '2026-06-01T10:01:00.000Z', 'Fix the flaky importer')]);
const index = (...names: ReadonlyArray<readonly [name: string, at: string, id?: string]>): string =>
  logOf(names.map(([thread_name, updated_at, id = threadId]) => JSON.stringify({ id, thread_name, updated_at })));

async function titleOf(dendro: TestDendro): Promise<unknown> {
  const [thread] = await dendro.store.rows('SELECT title FROM threads WHERE thread_id = $threadId', { threadId });
  return thread?.title;
}
async function titleAfter(...logs: readonly string[]): Promise<unknown> {
  await using dendro = await openDendro(...logs);
  return await titleOf(dendro);
}

test('the name that a user gave to a thread is its title, from its rollout', async () => {
  await using dendro = await openDendro(renamed);
  assert.equal(await titleOf(dendro), 'Fix the flaky importer');
  const [thread] = await dendro.store.rows('SELECT last_active_at, turns FROM threads');
  assert.deepEqual(
    thread,
    { last_active_at: Date.parse('2026-06-01T10:00:21.000Z'), turns: 1 },
    'giving a name is no work',
  );
});

test('the latest name counts, whichever file came first, and a name that was taken back leaves the first prompt', async () => {
  const again = logOf([
    ...lines,
    nameLine(threadId, '2026-06-01T10:01:00.000Z', 'Fix the flaky importer'),
    nameLine(threadId, '2026-06-02T10:00:00.000Z', 'A'),
  ]);
  const continued = logOf([
    ...fileLines({ threadId, at: '2026-06-03T10:00:00.000Z', turns: [] }),
    nameLine(threadId, '2026-06-03T10:01:00.000Z', 'Zweiter Name'),
  ]);
  const takenBack = logOf([
    ...lines,
    nameLine(threadId, '2026-06-01T10:01:00.000Z', 'Fix the flaky importer'),
    nameLine(threadId, '2026-06-05T10:00:00.000Z'),
  ]);
  assert.equal(await titleAfter(again, renamed), 'A');
  assert.equal(await titleAfter(renamed, again), 'A');
  assert.equal(await titleAfter(continued, again), 'Zweiter Name');
  assert.equal(await titleAfter(again, takenBack, continued), prompt);
});

test('a copied history names no thread but its own', async () => {
  const fork = '019e82b0-3d00-700c-8000-00076a99b44c';
  const [meta = ''] = fileLines({
    threadId: fork,
    at: '2026-06-01T11:00:00.000Z',
    meta: { forked_from_id: threadId },
    turns: [],
  });
  const copied = lines.map((line) =>
    line.replace(/"timestamp":"[^"]+","type"/, '"timestamp":"2026-06-01T11:00:00.010Z","type"'),
  );
  const own = fileLines({
    threadId: fork,
    at: '2026-06-01T11:00:00.000Z',
    turns: [
      {
        at: '2026-06-01T11:05:00.000Z',
        turnId: '019e82ba-40e8-74b1-8000-02e64241e761',
        model: 'gpt-6',
        prompt: 'otherwise',
        tokens: { last: 100, total: 5200 },
      },
    ],
  }).slice(1);
  const forked = logOf([meta, ...copied, nameLine(threadId, '2026-06-01T11:00:00.020Z', 'An old name'), ...own]);
  for (const logs of [
    [renamed, forked],
    [forked, renamed],
  ]) {
    await using dendro = await openDendro(...logs);
    assert.equal(await titleOf(dendro), 'Fix the flaky importer');
    assert.deepEqual(await dendro.store.rows('SELECT title FROM threads WHERE thread_id = $fork', { fork }), [
      { title: 'otherwise' },
    ]);
  }
});

test('a session index names threads whose rollouts give no name, its latest line first', async () => {
  const names = index(
    ['Later', '2026-06-01T12:00:00.000Z'],
    ['Earlier', '2026-06-01T11:00:00Z'],
    ['Of a thread that is gone', '2026-06-01T13:00:00Z', '019e82a0-0000-700c-8000-00076a99b44c'],
  );
  await using dendro = await openDendro(rollout, names);
  assert.equal(await titleOf(dendro), 'Later');
  assert.deepEqual(
    await dendro.store.rows('SELECT count(*) AS threads FROM threads'),
    [{ threads: 1 }],
    'a name alone makes no thread',
  );
  await dendro.take(renamed);
  assert.equal(await titleOf(dendro), 'Fix the flaky importer', 'the rollout’s own name counts first');
  assert.equal(
    await titleAfter(rollout, index(['Later', '2026-06-01T12:00:00Z']), index(['Latest', '2026-06-01T12:00:01Z'])),
    'Latest',
  );
  assert.equal(
    await titleAfter(rollout, index(['Latest', '2026-06-01T12:00:01Z']), index(['Later', '2026-06-01T12:00:00Z'])),
    'Latest',
  );
});

test('names in one file with what they name, before or behind it, need nothing else', async () => {
  const names = index(['Later', '2026-06-01T12:00:00.000Z']);
  assert.equal(await titleAfter(names + rollout), 'Later');
  assert.equal(await titleAfter(rollout + names), 'Later');
});

test('a session index none of whose threads is in is refused and says what to give instead', async () => {
  await using dendro = await openDendro(rollout);
  const alone = index(['Of a thread that is gone', '2026-06-01T13:00:00Z', '019e82a0-0000-700c-8000-00076a99b44c']);
  const outcome = await dendro.take(alone, 'session_index.jsonl');
  assert.ok(outcome.kind === 'refused');
  assert.equal(outcome.refusal.code, 'names_alone');
  assert.match(outcome.refusal.message, /session index.*rollouts first.*sessions/);
  assert.deepEqual(await dendro.store.rows('SELECT count(*) AS kept FROM logged_thread_names'), [{ kept: 0 }]);
});

test('without titles there are no names either, in nothing that is kept', () => {
  const kept = (titles: boolean): string => {
    const items = new LogItems({ lineBytes: 2 ** 20, nesting: 100, titles });
    return JSON.stringify([
      ...items.push(Buffer.from(index(['Secret', '2026-06-01T12:00:00.000Z']) + renamed)),
      ...items.end(),
    ]);
  };
  for (const text of ['Secret', 'flaky importer', 'very long prompt'])
    assert.deepEqual([kept(true).includes(text), kept(false).includes(text)], [true, false], text);
  assert.match(kept(false), /rollout_turn/);
});
