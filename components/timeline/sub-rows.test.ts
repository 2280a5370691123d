import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mostRows, subRows } from './sub-rows.ts';

test('turns at the same time lie below one another, and one after another in one row', () => {
  assert.deepEqual([...subRows([0, 5, 10, 20], [10, 30, 15, 25]).rows], [0, 1, 0, 0]);
  assert.deepEqual([...subRows([40, 40], [45, 45]).rows], [0, 1]);
  assert.deepEqual([...subRows([7, 7, 8], [7, 7, 8]).rows], [0, 1, 0]);
  assert.equal(subRows([], []).count, 1);
});

test('no two turns of a row overlap but in the last one', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: fc.nat(200), length: fc.nat(60) })), (turns) => {
      const sorted = turns.toSorted((one, other) => one.from - other.from);
      const from = sorted.map((turn) => turn.from);
      const to = sorted.map((turn) => turn.from + turn.length);
      const { rows, count } = subRows(from, to);
      assert.ok(count <= mostRows);
      from.forEach((start, index) => {
        for (let before = 0; before < index; before++) {
          if (rows[before] === rows[index] && (rows[index] ?? 0) < mostRows - 1) assert.ok((to[before] ?? 0) <= start);
        }
      });
    }),
  );
});
