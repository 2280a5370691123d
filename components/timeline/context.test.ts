import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pathOf, pointBefore } from './context.ts';

const line = { times: Float64Array.from([0, 10, 10, 40]), tokens: Float64Array.from([5, 90, 20, 30]) };

test('the point at a time is the last one that is not after it', () => {
  assert.deepEqual(
    [-1, 0, 9, 10, 39, 50].map((time) => pointBefore(line, time)),
    [-1, 0, 0, 2, 2, 3],
  );
});

test('a path has every point where there is room', () => {
  assert.deepEqual(
    pathOf(
      line,
      0,
      40,
      (time) => time * 3,
      (tokens) => tokens,
    ),
    [0, 5, 30, 90, 30, 20, 120, 30],
  );
});

test('a path has no more than a few points for each pixel, and keeps the highest and the lowest', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 400 }), (values) => {
      const dense = { times: Float64Array.from(values, (_, index) => index), tokens: Float64Array.from(values) };
      const path = pathOf(
        dense,
        0,
        values.length,
        (time) => time / 40,
        (tokens) => tokens,
      );
      const ys = path.filter((_, index) => index % 2 === 1);
      assert.equal(Math.max(...ys), Math.max(...values));
      assert.equal(Math.min(...ys), Math.min(...values));
      assert.ok(path.length / 2 <= 5 * (Math.floor(values.length / 40) + 1));
    }),
  );
});
