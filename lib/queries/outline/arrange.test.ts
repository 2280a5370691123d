import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrange, groupOf, type Arranged, type OutlineThread } from './arrange.ts';

type Given = readonly [thread: number, parent: number | null, guardian?: boolean, matches?: boolean];
const given = (...threads: readonly Given[]): OutlineThread[] =>
  threads.map(([thread, parent, guardian = false, matches = true]) => ({ thread, parent, guardian, matches }));
const told = ({ depths, nodes }: Arranged): string[] =>
  nodes.map((node, index) => `${'.'.repeat(depths[index] ?? 0)}${node}`);

/** 0(1(2), 3), 4 */
const plain = given([0, null], [1, 0], [2, 1], [3, 0], [4, null]);

test('siblings stand in the order at every level, each with its descendants', () => {
  assert.deepEqual(told(arrange(plain, 'shown')), ['0', '.1', '..2', '.3', '4']);
  assert.deepEqual(told(arrange(plain.toReversed(), 'shown')), ['4', '0', '.3', '.1', '..2']);
});

test('what does not match stays as an ancestor only', () => {
  const arranged = arrange(
    plain.map((thread) => ({ ...thread, matches: thread.thread === 2 || thread.thread === 4 })),
    'shown',
  );
  assert.deepEqual(told(arranged), ['0', '.1', '..2', '4']);
  assert.deepEqual([...arranged.unmatched].sort(), [0, 1]);
});

test('guardians are one node for each reviewed thread, where the first of them would stand', () => {
  // 0(guardian 1, 2(guardian 3), guardian 4(5)), guardian 6, guardian 7
  const threads = given(
    [0, null],
    [1, 0, true],
    [2, 0],
    [3, 2, true],
    [4, 0, true],
    [5, 4],
    [6, null, true],
    [7, null, true],
  );
  assert.deepEqual(told(arrange(threads, 'folded')), [
    '0',
    '.-2',
    '..1',
    '..4',
    '...5',
    '.2',
    '..-4',
    '...3',
    '-1',
    '.6',
    '.7',
  ]);
  assert.deepEqual(told(arrange(threads.toReversed(), 'folded')), [
    '-1',
    '.7',
    '.6',
    '0',
    '.-2',
    '..4',
    '...5',
    '..1',
    '.2',
    '..-4',
    '...3',
  ]);
});

const forests = fc
  .array(fc.record({ parent: fc.nat(), guardian: fc.boolean(), matches: fc.boolean(), rank: fc.integer() }), {
    maxLength: 60,
  })
  .map((drawn) =>
    drawn
      .map(({ parent, ...thread }, index) => ({
        ...thread,
        thread: index,
        parent: index === 0 || parent % 3 === 0 ? null : parent % index,
      }))
      .sort((one, other) => one.rank - other.rank),
  );

test('whatever the forest: every thread that is shown stands there once, below what it stands below', () => {
  fc.assert(
    fc.property(forests, fc.constantFrom('folded', 'shown'), (threads, guardians) => {
      const { depths, nodes, unmatched } = arrange(threads, guardians);
      const byNumber = new Map(threads.map((thread) => [thread.thread, thread]));
      const hasMatch = (thread: number): boolean =>
        byNumber.get(thread)?.matches === true ||
        threads.some(({ thread: child, parent }) => parent === thread && hasMatch(child));
      const expected = threads.map(({ thread }) => thread).filter(hasMatch);
      assert.deepEqual(
        nodes.filter((node) => node >= 0).toSorted((a, b) => a - b),
        expected.toSorted((a, b) => a - b),
      );
      assert.deepEqual(
        [...unmatched].sort((a, b) => a - b),
        expected.filter((thread) => byNumber.get(thread)?.matches === false).sort((a, b) => a - b),
      );
      const above: number[] = [];
      nodes.forEach((node, index) => {
        above.length = depths[index] ?? 0;
        const parent = above.at(-1) ?? null;
        const thread = byNumber.get(node);
        if (thread !== undefined)
          assert.equal(parent, thread.guardian && guardians === 'folded' ? groupOf(thread.parent) : thread.parent);
        above.push(node);
      });
    }),
  );
});

test('a chain of 100,000 threads is arranged without recursion', () => {
  const chain = Array.from({ length: 100_000 }, (_, thread) => ({
    thread,
    parent: thread === 0 ? null : thread - 1,
    guardian: false,
    matches: true,
  }));
  assert.equal(arrange(chain.toReversed(), 'shown').depths.at(-1), 99_999);
});
