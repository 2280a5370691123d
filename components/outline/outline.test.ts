import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ancestorsOf, hasChildren, outlineOf, shownNodes, unfoldedTo, withUnfolded } from './outline.ts';

/** a(b(c), d), e */
const outline = outlineOf([0, 1, 2, 1, 0]);

test('parents and subtrees follow from the depths', () => {
  assert.deepEqual([...outline.parents], [-1, 0, 1, 0, -1]);
  assert.deepEqual([...outline.ends], [3, 2, 2, 3, 4]);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((node) => hasChildren(outline, node)),
    [true, true, false, false, false],
  );
});

test('a folded node hides its subtree, and a single one may be unfolded', () => {
  assert.deepEqual([...shownNodes(outline, unfoldedTo(0))], [0, 4]);
  assert.deepEqual([...shownNodes(outline, unfoldedTo(1))], [0, 1, 3, 4]);
  assert.deepEqual([...shownNodes(outline, unfoldedTo(9))], [0, 1, 2, 3, 4]);
  assert.deepEqual([...shownNodes(outline, withUnfolded(outline, unfoldedTo(0), [0], true))], [0, 1, 3, 4]);
  assert.deepEqual([...shownNodes(outline, withUnfolded(outline, unfoldedTo(9), [1], false))], [0, 1, 3, 4]);
});

test('unfolding the ancestors of any nodes shows them, and folding them again hides what they hid', () => {
  const depths = fc.array(fc.nat(), { minLength: 1, maxLength: 60 }).map((steps) => {
    const made = [0];
    for (const step of steps) made.push(step % ((made.at(-1) ?? 0) + 2));
    return made;
  });
  fc.assert(
    fc.property(depths, fc.array(fc.nat(), { maxLength: 5 }), fc.nat(4), (made, wanted, depth) => {
      const any = outlineOf(made);
      const nodes = wanted.map((node) => node % made.length);
      const before = unfoldedTo(depth);
      const folded = [...ancestorsOf(any, nodes)].filter((node) => (made[node] ?? 0) >= depth);
      const unfolded = withUnfolded(any, before, folded, true);
      const shown = new Set(shownNodes(any, unfolded));
      assert.ok(nodes.every((node) => shown.has(node)));
      assert.deepEqual(shownNodes(any, withUnfolded(any, unfolded, folded, false)), shownNodes(any, before));
    }),
  );
});

test('a chain of 100,000 nodes is laid out without recursion', () => {
  const chain = outlineOf(Uint32Array.from({ length: 100_000 }, (_, depth) => depth));
  assert.equal(shownNodes(chain, unfoldedTo(200_000)).length, 100_000);
  assert.equal(ancestorsOf(chain, [99_999]).size, 99_999);
});
