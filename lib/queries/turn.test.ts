import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { sampleThreads } from '../testing/truth.ts';
import { threadCriticalPath } from './critical-path.ts';
import { threadLineage, threadNeighbours } from './thread.ts';
import { threadNames } from './thread-names.ts';
import { threadOrigin } from './thread-origin.ts';
import { threadTotals } from './thread-totals.ts';
import { threadList } from './threads.ts';
import { turnDetail } from './turn.ts';
import { firstWorkspaces, numberedTurns, threadTurns } from './turns.ts';

const { store, ...dendro } = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());
const idsInOrder = (
  await store.rows('SELECT thread_id AS id FROM threads ORDER BY root_created_at, root_thread_id, place')
).map(({ id }) => String(id));

/** A few of each kind: every query for every thread would take long. */
const some = idsInOrder.filter((_, index) => index % 9 === 0);

test('the turns of a thread lead from the first to the last and back, and know their numbers', async () => {
  for (const threadId of some) {
    const { turns } = await threadTurns(store, threadId);
    const details = await Promise.all(turns.map(({ turnId }) => turnDetail(store, threadId, turnId)));
    assert.deepEqual(
      details.map((detail) => [
        detail?.turn,
        detail?.number,
        detail?.turns,
        detail?.previousTurnId,
        detail?.nextTurnId,
      ]),
      turns.map((turn, index) => [
        turn,
        index + 1,
        turns.length,
        turns[index - 1]?.turnId ?? null,
        turns[index + 1]?.turnId ?? null,
      ]),
    );
    assert.deepEqual(await numberedTurns(store, threadId, { first: 2, limit: 3 }), {
      turns: turns.slice(1, 4),
      total: turns.length,
    });
  }
  assert.equal(await turnDetail(store, idsInOrder[0] ?? '', 'none'), null);
});

test('a turn names the turn above it that caused it, and a root’s turn none', async () => {
  const of = async (threadId: string) =>
    (await turnDetail(store, threadId, (await threadTurns(store, threadId)).turns[0]?.turnId ?? ''))?.rootTurn;
  const [root, child] = ['01a20323-9025-72d3-a38c-70653cfb70a2', '01a20323-912d-7e41-8c68-21007580024f'];
  assert.deepEqual(await of(child), { threadId: root, turnId: '01a20323-904f-7f51-baf9-afabf9a5a238' });
  assert.equal(await of(root), null);
});

test('threads have those beside them in the order of the trees, and their siblings', async () => {
  const parents = new Map([...sampleThreads].map(([id, { parent }]) => [id, parent]));
  for (const [index, id] of idsInOrder.entries()) {
    const siblings = idsInOrder.filter((other) => parents.get(other) === parents.get(id));
    const place = siblings.indexOf(id);
    assert.deepEqual(await threadNeighbours(store, id), {
      previous: idsInOrder[index - 1] ?? null,
      next: idsInOrder[index + 1] ?? null,
      previousSibling: siblings[place - 1] ?? null,
      nextSibling: siblings[place + 1] ?? null,
    });
  }
});

test('totals are those of the thread alone and of its subtree, and none of no thread', async () => {
  for (const {
    threadId,
    tokens,
    subtreeTokens,
    subtreeSize,
    storms,
    subtreeStorms,
    hooks,
    subtreeHooks,
    turnsFailed,
  } of (await threadList(store, {}, { limit: 1000 })).threads) {
    const totals = await threadTotals(store, threadId);
    assert.deepEqual(
      [totals?.own.threads, totals?.own.tokens, totals?.own.storms, totals?.own.hooks, totals?.own.turnsFailed],
      [1, tokens, storms, hooks, turnsFailed],
    );
    assert.deepEqual(
      [totals?.subtree.threads, totals?.subtree.tokens.total, totals?.subtree.storms, totals?.subtree.hooks],
      [subtreeSize, subtreeTokens, subtreeStorms, subtreeHooks],
    );
  }
  assert.equal(await threadTotals(store, 'none'), null);
});

test('a spawned thread names the call that started it', async () => {
  let spawned = 0;
  for (const threadId of idsInOrder) {
    const thread = (await threadLineage(store, threadId))?.thread;
    assert.ok(thread);
    const { spawn } = await threadOrigin(store, thread);
    if (spawn) {
      assert.equal(spawn.threadId, thread.parentThreadId);
      assert.ok(spawn.detail?.includes(threadId));
      spawned++;
    } else assert.notEqual(thread.parentSource, 'spawn');
  }
  assert.ok(spawned > 20, `${spawned} name it`);
});

test('a thread’s critical path is the sum over its turns, and null when no turn has one', async () => {
  let paths = 0;
  for (const threadId of idsInOrder) {
    const own = (await threadTurns(store, threadId)).turns.flatMap(({ criticalPath }) => criticalPath ?? []);
    const { turns, path } = await threadCriticalPath(store, threadId);
    assert.equal(turns, own.length);
    assert.equal(
      path?.durationMs ?? 0,
      own.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0),
    );
    paths += turns;
  }
  assert.equal(paths, 6);
});

test('names are of the threads that are asked for, and workspaces of the first turn that has any', async () => {
  const [first = ''] = idsInOrder;
  assert.deepEqual(
    [...(await threadNames(store, [first, first, null, 'none']))].map(([id, { kind }]) => [id, kind]),
    [[first, sampleThreads.get(first)?.kind]],
  );
  assert.deepEqual(await threadNames(store, [null]), new Map());
  assert.deepEqual(await firstWorkspaces(store, first), []);
});
