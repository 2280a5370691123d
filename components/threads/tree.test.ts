import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  holds,
  linesOf,
  nothingUnfolded,
  pagesOf,
  reveal,
  treeOf,
  turn,
  unfoldTo,
  withPage,
  withPart,
  type KeptFolding,
  type Pages,
  type Tree,
} from './tree.ts';
import { treeMove, type TreeMoves } from './tree-keys.ts';
import type { OutlinePage, Slice } from '@/lib/queries/outline/shapes.ts';

const slice = (nodes: number[], depths: number[], { unmatched = [], more = 0 }: Partial<Slice> = {}): Slice => ({
  nodes,
  depths,
  unmatched,
  more,
});
// 7(8(9), guardians of 7(10, 11)), 3; −9 is the node of the guardians of 7.
const answer: OutlinePage = {
  threads: 6,
  trees: 2,
  deepest: 2,
  roots: 2,
  from: 0,
  slices: [slice([7, 8, 9, -9, 10, 11], [0, 1, 2, 1, 2, 2], { unmatched: [7] }), slice([3], [0])],
};
const tree = treeOf(pagesOf(answer));
/** The visible nodes; one that has not been read is shown by its place. */
const shownIn = (of: Tree, folding: KeptFolding): (number | string)[] => {
  const lines = linesOf(of, folding);
  return Array.from(
    { length: lines.count },
    (_, index) =>
      lines.at(index)?.node ??
      (lines.missing(index)?.root === null
        ? `unread ${lines.missing(index)?.place}`
        : `rest of ${lines.missing(index)?.root}`),
  );
};
const shown = (folding: KeptFolding): (number | string)[] => shownIn(tree, folding);
const merged = (pages: Pages | null): Pages => {
  assert.ok(pages !== null);
  return pages;
};

test('a node knows its place among its siblings', () => {
  assert.deepEqual([...tree.places], [1, 1, 1, 2, 1, 2, 2]);
  assert.deepEqual([...tree.siblings], [2, 2, 1, 2, 2, 2, 2]);
});

test('unfolding to a depth leaves the guardians in their node, which unfolds by itself', () => {
  assert.deepEqual(shown(nothingUnfolded), [7, 3]);
  assert.deepEqual(shown(unfoldTo(2)), [7, 8, 9, -9, 3]);
  assert.deepEqual(shown(turn(tree, unfoldTo(2), [-9], true)), [7, 8, 9, -9, 10, 11, 3]);
  assert.deepEqual(shown(turn(tree, unfoldTo(2), [8], false)), [7, 8, -9, 3]);
});

test('what is unfolded stays so when the tree is sorted anew, when logs come in, and while its page is not there', () => {
  const folding = turn(tree, reveal(tree, nothingUnfolded, [11]), [8], true);
  assert.deepEqual(shown(folding), [7, 8, 9, -9, 10, 11, 3]);
  const later = treeOf(
    pagesOf({
      ...answer,
      threads: 8,
      trees: 3,
      roots: 3,
      slices: [slice([20], [0]), slice([3], [0]), slice([7, -9, 11, 10, 8, 21, 9], [0, 1, 2, 2, 1, 2, 2])],
    }),
  );
  assert.deepEqual(shownIn(later, folding), [20, 3, 7, -9, 11, 10, 8, 21, 9]);
  const away = treeOf(pagesOf({ ...answer, from: 1, slices: [slice([3], [0])] }));
  assert.deepEqual(shownIn(away, folding), ['unread 0', 3]);
  assert.deepEqual(
    shownIn(
      treeOf(merged(withPage(away.pages, { ...answer, slices: answer.slices.slice(0, 1) }))),
      turn(away, folding, [7], false),
    ),
    [7, 8, 9, -9, 10, 11, 3],
  );
});

test('pages come in any order, and one of another state does not fit', () => {
  const roots = Array.from({ length: 10 }, (_, place) => slice([place], [0]));
  const page = (from: number, to: number, slices = roots): OutlinePage => ({
    threads: 10,
    trees: 10,
    deepest: 0,
    roots: 10,
    from,
    slices: slices.slice(from, to),
  });
  const apart = merged(withPage(pagesOf(page(0, 2)), page(8, 10)));
  assert.deepEqual(shownIn(treeOf(apart), nothingUnfolded), [
    0,
    1,
    'unread 2',
    'unread 3',
    'unread 4',
    'unread 5',
    'unread 6',
    'unread 7',
    8,
    9,
  ]);
  assert.deepEqual(
    shownIn(treeOf(merged(withPage(apart, page(1, 9)))), nothingUnfolded),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.equal(withPage(apart, { ...page(2, 4), threads: 11 }), null);
  assert.equal(withPage(apart, page(2, 4, [slice([99], [0]), ...roots])), null, 'a root stands at another place');
  assert.equal(linesOf(treeOf(apart), nothingUnfolded).findPlace(5), 5);
});

test('the rest of a tree is a row until it has been read', () => {
  const start = pagesOf({
    threads: 6,
    trees: 2,
    deepest: 1,
    roots: 2,
    from: 0,
    slices: [slice([1], [0], { more: 4 }), slice([6], [0])],
  });
  const unfolded = turn(treeOf(start), nothingUnfolded, [1], true);
  assert.equal(linesOf(treeOf(start), nothingUnfolded).at(0)?.expandable, true);
  assert.deepEqual(shownIn(treeOf(start), nothingUnfolded), [1, 6]);
  assert.deepEqual(shownIn(treeOf(start), unfolded), [1, 'rest of 1', 6]);
  assert.deepEqual(linesOf(treeOf(start), unfolded).missing(1), { place: 0, root: 1, from: 1 });
  const part = merged(withPart(start, 0, slice([2, 3], [1, 2], { more: 2 })));
  assert.deepEqual(shownIn(treeOf(part), unfolded), [1, 2, 'rest of 1', 6]);
  assert.deepEqual(linesOf(treeOf(part), unfolded).missing(2), { place: 0, root: 1, from: 3 });
  const whole = merged(withPart(part, 0, slice([4, 5], [1, 1])));
  assert.deepEqual(shownIn(treeOf(whole), unfolded), [1, 2, 4, 5, 6]);
  assert.ok(holds(whole, 5) && !holds(part, 5));
  assert.equal(withPart(start, 0, slice([2], [1], { more: 9 })), null, 'a tree that has grown does not fit');
});

test('rows know what stands above them, and where they stand', () => {
  const lines = linesOf(tree, unfoldTo(2));
  assert.deepEqual(lines.above(2), [7, 8]);
  assert.equal(lines.find(9), 2);
  assert.equal(lines.find(10), -1, 'it is folded away');
  assert.equal(lines.find(99), -1);
  assert.deepEqual(lines.at(0), {
    node: 7,
    depth: 0,
    expandable: true,
    unfolded: true,
    place: 1,
    siblings: 2,
    matches: false,
  });
  assert.equal(lines.at(2), lines.at(2), 'a row that has not changed is the same object');
});

const outlines = fc.array(fc.array(fc.nat(), { maxLength: 6 }), { minLength: 1, maxLength: 12 }).map((trees) => {
  let node = 0;
  return trees.map((steps) => {
    const depths = [0];
    for (const step of steps) depths.push(1 + (step % ((depths.at(-1) ?? 0) + 1)));
    return slice(
      depths.map(() => node++),
      depths,
    );
  });
});

test('whatever pages have been read, in whatever order: what is in view is what the whole outline has, and the rest says what to read', () => {
  fc.assert(
    fc.property(outlines, fc.array(fc.nat()), fc.array(fc.tuple(fc.nat(), fc.nat(5))), (slices, unfolded, reads) => {
      const all: OutlinePage = {
        threads: slices.flatMap(({ nodes }) => nodes).length,
        trees: slices.length,
        deepest: 9,
        roots: slices.length,
        from: 0,
        slices,
      };
      const whole = treeOf(pagesOf(all));
      const folding = turn(whole, nothingUnfolded, unfolded, true);
      let pages = pagesOf({ ...all, slices: [] });
      for (const [from, count] of reads)
        pages = merged(
          withPage(pages, {
            ...all,
            from: from % slices.length,
            slices: slices.slice(from % slices.length, (from % slices.length) + count),
          }),
        );
      const expected = slices.flatMap(({ nodes }, place) =>
        pages.slices.has(place)
          ? shownIn(whole, folding).filter((node) => nodes.some((each) => each === node))
          : [`unread ${place}`],
      );
      assert.deepEqual(shownIn(treeOf(pages), folding), expected);
      const lines = linesOf(treeOf(pages), folding);
      for (let row = 0; row < lines.count; row++)
        assert.equal(
          row,
          lines.at(row) === null
            ? lines.findPlace(lines.missing(row)?.place ?? -1)
            : lines.find(lines.at(row)?.node ?? -1),
        );
    }),
  );
});

test('keys move as in any tree', () => {
  const told: string[] = [];
  const moves: TreeMoves = {
    go: (index) => told.push(`go ${index}`),
    turn: (indices, unfolded) => told.push(`${unfolded ? 'unfold' : 'fold'} ${indices.join(' ')}`),
    unfoldTo: (depth) => told.push(`to ${depth}`),
    open: (index) => told.push(`open ${index}`),
    next: (step) => told.push(`next ${step}`),
    page: 3,
  };
  // 7, 8, 9, the guardians of 7 folded, 3
  const lines = linesOf(tree, unfoldTo(2));
  const press = (key: string, index: number): string | undefined => {
    told.length = 0;
    treeMove(key, lines, index, moves)?.();
    return told[0];
  };
  const expected: ReadonlyArray<readonly [key: string, index: number, move: string | undefined]> = [
    ['ArrowDown', 0, 'go 1'],
    ['ArrowDown', 4, 'go 4'],
    ['ArrowUp', 0, 'go 0'],
    ['ArrowRight', 0, 'go 1'],
    ['ArrowRight', 2, undefined],
    ['ArrowRight', 3, 'unfold 3'],
    ['ArrowLeft', 1, 'fold 1'],
    ['ArrowLeft', 2, 'go 1'],
    ['ArrowLeft', 3, 'go 0'],
    ['ArrowLeft', 4, undefined],
    ['Home', 3, 'go 0'],
    ['End', 0, 'go 4'],
    ['PageDown', 1, 'go 4'],
    ['PageUp', 4, 'go 1'],
    ['*', 1, 'unfold 1 3'],
    ['*', 4, 'unfold 0'],
    ['5', 0, 'to 5'],
    ['n', 0, 'next 1'],
    ['p', 0, 'next -1'],
    ['Enter', 2, 'open 2'],
    ['x', 0, undefined],
  ];
  for (const [key, index, move] of expected) assert.equal(press(key, index), move, `${key} at ${index}`);
});

test('a chain of 100,000 threads is unfolded and searched without recursion', () => {
  const nodes = Array.from({ length: 100_000 }, (_, node) => node);
  const chain = treeOf(
    pagesOf({ threads: 100_000, trees: 1, deepest: 99_999, roots: 1, from: 0, slices: [slice(nodes, nodes)] }),
  );
  const lines = linesOf(chain, reveal(chain, nothingUnfolded, [99_999]));
  assert.equal(lines.count, 100_000);
  assert.equal(lines.above(99_999).length, 99_999);
});
