import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOf } from './lines.ts';
import { foldingMoved, movedTo, nothingUnfolded, reveal, startOf, treeOf, turn, unfoldTo, type KeptFolding } from './tree.ts';
import { treeMove, type TreeMoves } from './tree-keys.ts';

// 7(8(9), guardians of 7(10, 11)), 3; the numbers are positions, and −9 is the node of the guardians of 7.
const answer = { edition: 'one', threads: 6, trees: 2, depths: [0, 1, 2, 1, 2, 2, 0], positions: [7, 8, 9, -9, 10, 11, 3], unmatched: [0] };
const tree = treeOf(answer);
const start = startOf(answer, 1);
const shown = (folding: KeptFolding): (number | undefined)[] => { const lines = linesOf(tree, folding, start); return Array.from({ length: lines.count }, (_, index) => lines.at(index)?.position); };

test('a node knows its place among its siblings', () => {
  assert.deepEqual([...tree.places], [1, 1, 1, 2, 1, 2, 2]);
  assert.deepEqual([...tree.siblings], [2, 2, 1, 2, 2, 2, 2]);
  assert.equal(tree.deepest, 2);
});

test('unfolding to a depth leaves the guardians in their node, which unfolds by itself', () => {
  assert.deepEqual(shown(nothingUnfolded), [7, 3]);
  assert.deepEqual(shown(unfoldTo(tree, 2)), [7, 8, 9, -9, 3]);
  assert.deepEqual(shown(turn(tree, unfoldTo(tree, 2), [3], true)), [7, 8, 9, -9, 10, 11, 3]);
});

test('what is unfolded by hand is found again when positions are other threads', () => {
  // One thread more before all others: every position is one further.
  const later = treeOf({ edition: 'two', depths: answer.depths, positions: [8, 9, 10, -10, 11, 12, 4], unmatched: [] });
  const moved = new Map([7, 8, 9, -9].map((position) => [position, movedTo(position, (position < 0 ? -2 - position : position) + 1)]));
  const shownLater = (folding: KeptFolding): (number | undefined)[] => {
    const lines = linesOf(later, foldingMoved(later, folding, moved), start);
    return Array.from({ length: lines.count }, (_, index) => lines.at(index)?.position);
  };
  assert.deepEqual(shownLater(turn(tree, nothingUnfolded, [0, 3], true)), [8, 9, -10, 11, 12, 4]);
  assert.deepEqual(shownLater(turn(tree, unfoldTo(tree, 2), [1], false)), [8, 9, -10, 4]);
  assert.deepEqual(shownLater(turn(tree, nothingUnfolded, [6], true)), [8, 4], 'what is not there any more is forgotten');
});

test('what is found comes into view, and what is unfolded stays so when the tree is sorted anew', () => {
  const folding = reveal(tree, nothingUnfolded, [5]);
  assert.deepEqual(shown(folding), [7, 8, -9, 10, 11, 3]);
  const sorted = treeOf({ edition: 'one', depths: [0, 0, 1, 2, 2, 1, 2], positions: [3, 7, -9, 11, 10, 8, 9], unmatched: [1] });
  const lines = linesOf(sorted, folding, start);
  assert.deepEqual(Array.from({ length: lines.count }, (_, index) => lines.at(index)?.position), [3, 7, -9, 11, 10, 8]);
});

test('rows know what stands above them, and where they stand', () => {
  const lines = linesOf(tree, unfoldTo(tree, 2), start);
  assert.deepEqual(lines.above(2), [7, 8]);
  assert.equal(lines.find(9), 2);
  assert.equal(lines.find(10), -1, 'it is folded away');
  assert.equal(lines.find(99), -1);
  assert.deepEqual(lines.at(0), { position: 7, depth: 0, expandable: true, unfolded: true, place: 1, siblings: 2, matches: false });
  assert.equal(lines.at(2), lines.at(2), 'a row that has not changed is the same object');
});

test('before the outline is there, the tree shows what the server sent along', () => {
  const lines = linesOf(null, nothingUnfolded, start);
  assert.equal(lines.count, 2);
  assert.equal(lines.at(0)?.position, 7);
  assert.equal(lines.at(1), null);
});

test('keys move as in any tree', () => {
  const told: string[] = [];
  const moves: TreeMoves = {
    go: (index) => told.push(`go ${index}`), turn: (indices, unfolded) => told.push(`${unfolded ? 'unfold' : 'fold'} ${indices.join(' ')}`), unfoldTo: (depth) => told.push(`to ${depth}`),
    open: (index) => told.push(`open ${index}`), next: (step) => told.push(`next ${step}`), page: 3,
  };
  // 7, 8, 9, the guardians of 7 folded, 3
  const lines = linesOf(tree, unfoldTo(tree, 2), start);
  const press = (key: string, index: number): string | undefined => { told.length = 0; treeMove(key, lines, index, moves)?.(); return told[0]; };
  const expected: ReadonlyArray<readonly [key: string, index: number, move: string | undefined]> = [
    ['ArrowDown', 0, 'go 1'], ['ArrowDown', 4, 'go 4'], ['ArrowUp', 0, 'go 0'], ['ArrowRight', 0, 'go 1'], ['ArrowRight', 2, undefined], ['ArrowRight', 3, 'unfold 3'], ['ArrowLeft', 1, 'fold 1'],
    ['ArrowLeft', 2, 'go 1'], ['ArrowLeft', 3, 'go 0'], ['ArrowLeft', 4, undefined], ['Home', 3, 'go 0'], ['End', 0, 'go 4'], ['PageDown', 1, 'go 4'], ['PageUp', 4, 'go 1'], ['*', 1, 'unfold 1 3'],
    ['*', 4, 'unfold 0'], ['5', 0, 'to 5'], ['n', 0, 'next 1'], ['p', 0, 'next -1'], ['Enter', 2, 'open 2'], ['x', 0, undefined],
  ];
  for (const [key, index, move] of expected) assert.equal(press(key, index), move, `${key} at ${index}`);
});

test('a chain of 100,000 threads is unfolded and searched without recursion', () => {
  const positions = Array.from({ length: 100_000 }, (_, position) => position);
  const chain = treeOf({ edition: 'one', depths: positions, positions, unmatched: [] });
  const lines = linesOf(chain, reveal(chain, nothingUnfolded, [99_999]), start);
  assert.equal(lines.count, 100_000);
  assert.equal(lines.above(99_999).length, 99_999);
});
