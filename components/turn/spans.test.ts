import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covered } from './spans.ts';

test('spans that overlap count once, whatever their order', () => {
  assert.equal(
    covered([
      { from: 10, to: 20 },
      { from: 0, to: 5 },
      { from: 15, to: 30 },
      { from: 12, to: 14 },
    ]),
    25,
  );
});

test('a span that ends before it begins covers nothing, and neither does none', () => {
  assert.equal(
    covered([
      { from: 10, to: 5 },
      { from: 0, to: 4 },
      { from: 7, to: 7 },
    ]),
    4,
  );
  assert.equal(covered([]), 0);
});
