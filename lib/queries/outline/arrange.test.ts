import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrange, nodeFlags, type Forest } from './arrange.ts';

interface Thread { readonly depth: number; readonly guardian?: boolean; readonly matches?: boolean; readonly chosen?: boolean }
const nodeOf = ({ depth, guardian = false, matches = true, chosen = true }: Thread): number =>
  depth * 8 + (guardian ? nodeFlags.guardian : 0) + (matches ? nodeFlags.matches : 0) + (chosen ? nodeFlags.chosen : 0);
const inPlace = (threads: readonly Thread[]): Forest => ({ nodes: threads.map(nodeOf), order: threads.map((_, position) => position) });
const backwards = (threads: readonly Thread[]): Forest => ({ nodes: threads.map(nodeOf), order: threads.map((_, position) => position).reverse() });
const told = ({ depths, positions }: { readonly depths: readonly number[]; readonly positions: readonly number[] }): string[] =>
  positions.map((position, node) => `${'.'.repeat(depths[node] ?? 0)}${position}`);
const nested = { layout: 'nested', guardians: 'shown' } as const;
const folded = { layout: 'nested', guardians: 'folded' } as const;

/** 0(1(2), 3), 4 */
const plain: readonly Thread[] = [{ depth: 0 }, { depth: 1 }, { depth: 2 }, { depth: 1 }, { depth: 0 }];

test('siblings stand in the order at every level, each with its descendants', () => {
  assert.deepEqual(told(arrange(inPlace(plain), nested)), ['0', '.1', '..2', '.3', '4']);
  assert.deepEqual(told(arrange(backwards(plain), nested)), ['4', '0', '.3', '.1', '..2']);
  assert.deepEqual(told(arrange(backwards(plain), { ...nested, layout: 'flat' })), ['4', '3', '2', '1', '0']);
});

test('what does not match stays as an ancestor only, and in one list not at all', () => {
  const threads = plain.map((thread, position) => ({ ...thread, matches: position === 2 || position === 4 }));
  const arranged = arrange(inPlace(threads), nested);
  assert.deepEqual(told(arranged), ['0', '.1', '..2', '4']);
  assert.deepEqual(arranged.unmatched, [0, 1]);
  assert.deepEqual([arranged.threads, arranged.trees], [4, 2]);
  assert.deepEqual(told(arrange(inPlace(threads), { ...nested, layout: 'flat' })), ['2', '4']);
});

test('trees that are not chosen are left out whole', () => {
  const arranged = arrange(inPlace(plain.map((thread, position) => ({ ...thread, chosen: position === 4 }))), nested);
  assert.deepEqual(told(arranged), ['4']);
  assert.deepEqual([arranged.threads, arranged.trees], [1, 1]);
});

test('guardians are one node for each reviewed thread, where the first of them would stand', () => {
  // 0(guardian 1, 2(guardian 3), guardian 4(5)), guardian 6, guardian 7
  const threads: readonly Thread[] = [
    { depth: 0 }, { depth: 1, guardian: true }, { depth: 1 }, { depth: 2, guardian: true }, { depth: 1, guardian: true }, { depth: 2 }, { depth: 0, guardian: true }, { depth: 0, guardian: true },
  ];
  assert.deepEqual(told(arrange(inPlace(threads), folded)), ['0', '.-2', '..1', '..4', '...5', '.2', '..-4', '...3', '-1', '.6', '.7']);
  assert.deepEqual(told(arrange(backwards(threads), folded)), ['-1', '.7', '.6', '0', '.-2', '..4', '...5', '..1', '.2', '..-4', '...3']);
  assert.deepEqual(told(arrange(inPlace(threads), { layout: 'flat', guardians: 'folded' })), ['0', '-2', '.1', '.4', '2', '-4', '.3', '5', '-1', '.6', '.7']);
});

const forests = fc.array(fc.record({ step: fc.nat(), guardian: fc.boolean(), matches: fc.boolean(), rank: fc.integer() }), { maxLength: 60 }).map((drawn) => {
  let depth = -1;
  const threads = drawn.map(({ step, ...thread }): Thread => ({ ...thread, depth: (depth = step % (depth + 2)) }));
  const order = drawn.map((_, position) => position).sort((a, b) => (drawn[a]?.rank ?? 0) - (drawn[b]?.rank ?? 0) || a - b);
  return { threads, forest: { nodes: threads.map(nodeOf), order } };
});

test('whatever the forest: every thread that is listed stands there once, below what it stood below', () => {
  fc.assert(fc.property(forests, fc.constantFrom('nested', 'flat'), fc.constantFrom('folded', 'shown'), ({ threads, forest }, layout, guardians) => {
    const { depths, positions, unmatched, threads: count } = arrange(forest, { layout, guardians });
    const parentOf = (position: number): number => threads.findLastIndex(({ depth }, at) => at < position && depth < (threads[position]?.depth ?? 0));
    const kept = threads.map(({ matches }) => matches === true);
    if (layout === 'nested') for (let position = threads.length - 1; position >= 0; position--) if (kept[position] && parentOf(position) >= 0) kept[parentOf(position)] = true;
    const shown = positions.filter((position) => position >= 0);
    assert.deepEqual(shown.toSorted((a, b) => a - b), threads.map((_, position) => position).filter((position) => kept[position]));
    assert.equal(shown.length, count);
    assert.deepEqual(unmatched.map((node) => positions[node]), layout === 'flat' ? [] : shown.filter((position) => threads[position]?.matches === false));
    const rank = new Map(forest.order.map((position, at) => [position, at]));
    const above: number[] = [];
    const last: number[] = [];
    positions.forEach((position, node) => {
      const depth = depths[node] ?? 0;
      assert.ok(depth <= above.length);
      above.length = depth;
      last.length = depth + 1;
      const parent = above.at(-1);
      if (position >= 0) {
        const reviewed = parent !== undefined && parent < 0 ? -2 - parent : parent ?? -1;
        assert.equal(reviewed, layout === 'nested' || (parent !== undefined && parent < 0) ? parentOf(position) : -1);
        assert.equal(parent !== undefined && parent < 0, guardians === 'folded' && threads[position]?.guardian === true);
      }
      // A group stands where the first of its members would, and that one follows it.
      const placed = rank.get(position >= 0 ? position : positions[node + 1] ?? 0) ?? 0;
      assert.ok(placed > (last[depth] ?? -1));
      last[depth] = placed;
      above.push(position);
    });
  }));
});

test('a chain of 100,000 threads is arranged without recursion', () => {
  const chain = Array.from({ length: 100_000 }, (_, depth) => ({ depth }));
  assert.equal(arrange(backwards(chain), nested).depths.at(-1), 99_999);
});
