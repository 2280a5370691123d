import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildForest, type ForestNode, type ThreadEvidence } from './forest.ts';

const noTime = (): null => null;
const evidence = (
  threadId: string,
  parentThreadId: string | null = null,
  more: Partial<ThreadEvidence> = {},
): ThreadEvidence => ({
  threadId,
  parentThreadId,
  source: 'initialized',
  threadSource: null,
  subagentSource: null,
  createdAt: null,
  ...more,
});
const shape = (nodes: readonly ForestNode[]): string[] => nodes.map((node) => '  '.repeat(node.depth) + node.threadId);

test('children stand below their parent, in order of creation, then of id', () => {
  const nodes = buildForest(
    [
      evidence('c', 'a', { createdAt: 2 }),
      evidence('b', 'a', { createdAt: 1 }),
      evidence('d', 'a', { createdAt: 2 }),
      evidence('a'),
    ],
    noTime,
  );
  assert.deepEqual(shape(nodes), ['a', '  b', '  c', '  d']);
  assert.deepEqual(
    nodes.map((node) => [node.position, node.subtreeEnd, node.children]),
    [
      [0, 3, 3],
      [1, 1, 0],
      [2, 2, 0],
      [3, 3, 0],
    ],
  );
});

test('a parent that is only named is a node of its own and keeps its children together', () => {
  const nodes = buildForest([evidence('b', 'never-seen'), evidence('c', 'never-seen')], noTime);
  assert.deepEqual(shape(nodes), ['never-seen', '  b', '  c']);
  assert.deepEqual([nodes[0]?.seen, nodes[0]?.kind], ['mentioned', 'other']);
});

test('the best evidence for a parent wins: reported, then the spawning call, then the review', () => {
  const spawn = evidence('x', 'spawner', { source: 'spawn' });
  const review = evidence('x', 'reviewed', { source: 'review' });
  const found = (...items: ThreadEvidence[]) => {
    const node = buildForest(items, noTime).find(({ threadId }) => threadId === 'x');
    return [node?.parentThreadId, node?.parentSource];
  };
  assert.deepEqual(found(review, spawn, evidence('x', 'reporter', { source: 'event' })), ['reporter', 'reported']);
  assert.deepEqual(found(review, spawn), ['spawner', 'spawn']);
  assert.deepEqual(found(review), ['reviewed', 'review']);
});

test('kinds: guardian before subagent before user before other; a spawned receiver is a subagent, and whoever a review names is a guardian', () => {
  const kind = (...items: ThreadEvidence[]) =>
    buildForest(items, noTime).find(({ threadId }) => threadId === 'x')?.kind;
  assert.equal(kind(evidence('x', null, { threadSource: 'subagent', subagentSource: 'guardian' })), 'guardian');
  assert.equal(kind(evidence('x', null, { threadSource: 'guardian_review' })), 'guardian');
  assert.equal(kind(evidence('x', null, { subagentSource: 'review' })), 'subagent');
  assert.equal(kind(evidence('x', 'a', { source: 'spawn' })), 'subagent');
  assert.equal(kind(evidence('x', 'a', { source: 'review' })), 'guardian');
  assert.equal(kind(evidence('x', null, { source: 'review' })), 'guardian');
  for (const said of [{ threadSource: 'user' }, { subagentSource: 'thread_spawn' }, { threadSource: null }])
    assert.equal(kind(evidence('x', null, said), evidence('x', 'a', { source: 'review' })), 'guardian');
  assert.equal(kind(evidence('x', null, { threadSource: 'user' })), 'user');
  assert.equal(kind(evidence('x', null, { threadSource: 'automation' })), 'other');
});

test('a thread that names itself is a root with a cycle, and a loop is cut at its earliest thread', () => {
  const self = buildForest([evidence('a', 'a')], noTime);
  assert.deepEqual(
    self.map((node) => [node.parentThreadId, node.cycle]),
    [[null, true]],
  );
  const loop = buildForest(
    [
      evidence('a', 'c', { createdAt: 3 }),
      evidence('b', 'a', { createdAt: 1 }),
      evidence('c', 'b', { createdAt: 2 }),
      evidence('d', 'c'),
    ],
    noTime,
  );
  assert.deepEqual(shape(loop), ['b', '  c', '    a', '    d']);
  assert.deepEqual(
    loop.map((node) => node.cycle),
    [true, false, false, false],
  );
});

const someEvidence = fc.array(
  fc.record({
    threadId: fc.integer({ min: 0, max: 12 }).map((id) => `t${id}`),
    parentThreadId: fc.option(fc.integer({ min: 0, max: 14 }).map((id) => `t${id}`)),
    source: fc.constantFrom('initialized', 'event', 'spawn', 'review'),
    threadSource: fc.constantFrom(null, 'user', 'subagent', 'guardian_review'),
    subagentSource: fc.constantFrom(null, 'thread_spawn', 'guardian'),
    createdAt: fc.option(fc.integer({ min: 0, max: 5 })),
  }),
  { maxLength: 40 },
);

test('any order of the evidence, and any repetition, gives the same forest', () => {
  fc.assert(
    fc.property(
      someEvidence.chain((items) =>
        fc.tuple(fc.constant(items), fc.shuffledSubarray(items, { minLength: items.length }), fc.subarray(items)),
      ),
      ([items, shuffled, again]) =>
        assert.deepEqual(buildForest([...shuffled, ...again], noTime), buildForest(items, noTime)),
    ),
  );
});

test('every thread that is named appears exactly once, and the ranges of positions are the subtrees', () => {
  fc.assert(
    fc.property(someEvidence, (items) => {
      const nodes = buildForest(items, noTime);
      const named = new Set(
        items.flatMap((item) => [item.threadId, ...(item.parentThreadId === null ? [] : [item.parentThreadId])]),
      );
      assert.deepEqual(nodes.map((node) => node.threadId).sort(), [...named].sort());
      const at = new Map(nodes.map((node) => [node.threadId, node]));
      for (const node of nodes) {
        const parent = node.parentThreadId === null ? null : at.get(node.parentThreadId);
        assert.equal(node.depth, parent ? parent.depth + 1 : 0);
        assert.equal(node.rootThreadId, parent ? parent.rootThreadId : node.threadId);
        if (parent) assert.ok(parent.position < node.position && node.subtreeEnd <= parent.subtreeEnd);
        const below = nodes.slice(node.position + 1, node.subtreeEnd + 1);
        assert.equal(below.filter(({ parentThreadId }) => parentThreadId === node.threadId).length, node.children);
      }
    }),
  );
});

test('a chain of 10,000 and a root with 100,000 children come out whole', () => {
  const chain = buildForest(
    Array.from({ length: 10_000 }, (_, index) => evidence(`t${index}`, index === 0 ? null : `t${index - 1}`)),
    noTime,
  );
  assert.equal(chain.at(-1)?.depth, 9_999);
  const wide = buildForest(
    Array.from({ length: 100_000 }, (_, index) => evidence(`t${index}`, 'root')),
    noTime,
  );
  assert.deepEqual([wide.length, wide[0]?.subtreeEnd, wide[0]?.children], [100_001, 100_000, 100_000]);
  const loop = buildForest(
    Array.from({ length: 10_000 }, (_, index) =>
      evidence(`t${index}`, `t${(index + 1) % 10_000}`, { createdAt: index }),
    ),
    noTime,
  );
  assert.deepEqual([loop.filter(({ cycle }) => cycle).length, loop[0]?.threadId, loop.length], [1, 't0', 10_000]);
});
