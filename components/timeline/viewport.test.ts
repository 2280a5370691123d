import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { timeScale } from './time-scale.ts';
import {
  centred,
  isWhole,
  panned,
  rescaled,
  showing,
  spanning,
  spanOf,
  timeAtX,
  fullView,
  withInView,
  xOf,
  zoomed,
} from './viewport.ts';

const hour = 3_600_000;
const scale = timeScale({ from: 0, to: 30 * hour }, [
  { from: 2 * hour, to: 20 * hour },
  { from: 22 * hour, to: 28 * hour },
]);
const all = fullView(scale, 1000);

test('all of it is in view at first, away from the edges, and one cannot go farther or out of it', () => {
  assert.ok(isWhole(all));
  assert.ok(xOf(all, 0) >= 8 && xOf(all, 30 * hour) <= 992 && xOf(all, 30 * hour) > 950);
  assert.deepEqual(panned(all, 5000), all);
  assert.ok(isWhole(zoomed(all, 0.01, 300)));
});

test('what is under the pointer stays there while one comes closer, also within a folded gap', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 100, max: 900, noNaN: true }),
      fc.double({ min: 1, max: 50, noNaN: true }),
      (x, factor) => {
        const time = timeAtX(all, x);
        assert.ok(Math.abs(xOf(zoomed(all, factor, x), time) - x) < 0.5);
      },
    ),
  );
});

test('a span that is shown fills most of the width, and a moment has some time about it', () => {
  const { from, to } = spanOf(showing(all, { from: hour, to: hour + 60_000 }));
  assert.ok(from < hour && to > hour + 60_000 && to - from < 150_000);
  const moment = spanOf(showing(all, { from: hour, to: hour }, 1000));
  assert.ok(moment.from < hour - 400 && moment.to > hour + 400 && moment.to - moment.from < 5000);
});

test('a span can be shown from edge to edge, also over a folded gap', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 20, max: 150, noNaN: true }),
      fc.double({ min: 220, max: 480, noNaN: true }),
      (left, length) => {
        const wanted = { from: timeAtX(all, left), to: timeAtX(all, left + length) };
        const view = spanning(all, wanted);
        assert.ok(Math.abs(xOf(view, wanted.from)) < 1 && Math.abs(xOf(view, wanted.to) - 1000) < 1);
      },
    ),
  );
});

test('another width keeps the time in the middle, and all stays all', () => {
  const near = centred(zoomed(all, 20, 500), hour);
  assert.ok(Math.abs(timeAtX(rescaled(near, scale, 400), 200) - timeAtX(near, 500)) < 1);
  assert.ok(isWhole(rescaled(all, scale, 300)));
});

test('a time is brought into view by the shortest way', () => {
  const near = zoomed(all, 30, 10);
  const moved = withInView(near, 29 * hour);
  assert.ok(xOf(moved, 29 * hour) <= 952 + 1e-6);
  assert.deepEqual(withInView(moved, 29 * hour), moved);
});

test('the closest is eight pixels for a millisecond', () => {
  let view = all;
  for (let step = 0; step < 60; step++) view = zoomed(view, 4, 300);
  assert.equal(view.perMs, 8);
});
