import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { busySpans, gapsToFold } from './gaps.ts';

test('spans that touch are one, in whatever order they come', () => {
  assert.deepEqual(
    busySpans([
      { from: 10, to: 12 },
      { from: 0, to: 5 },
      { from: 5, to: 7 },
      { from: 1, to: 2 },
    ]),
    [
      { from: 0, to: 7 },
      { from: 10, to: 12 },
    ],
  );
  assert.deepEqual(
    busySpans([
      { from: 3, to: 3 },
      { from: 3, to: 1 },
    ]),
    [{ from: 3, to: 3 }],
  );
  assert.deepEqual(busySpans([]), []);
});

test('nights between days of work are folded, and the breath between two turns is not', () => {
  const day = 86_400_000;
  const turns = Array.from({ length: 300 }, (_, turn) => ({
    from: Math.floor(turn / 100) * day + (turn % 100) * 60_000,
    to: Math.floor(turn / 100) * day + (turn % 100) * 60_000 + 50_000,
  }));
  assert.deepEqual(
    gapsToFold(turns),
    [0, 1].map((night) => ({ from: night * day + 99 * 60_000 + 50_000, to: (night + 1) * day })),
  );
});

test('moments that are evenly apart are not folded into nothing', () => {
  assert.deepEqual(
    gapsToFold(Array.from({ length: 1000 }, (_, index) => ({ from: index * 1000, to: index * 1000 }))),
    [],
  );
});

test('folded gaps lie between busy spans, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: fc.nat(1e9), length: fc.nat(1e6) })), (spans) => {
      const busy = busySpans(spans.map(({ from, length }) => ({ from, to: from + length })));
      const folded = gapsToFold(busy);
      for (const gap of folded)
        assert.ok(busy.some(({ to }) => to === gap.from) && busy.some(({ from }) => from === gap.to));
      assert.deepEqual(
        folded,
        folded.toSorted((one, other) => one.from - other.from),
      );
    }),
  );
});
