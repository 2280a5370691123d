import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draggedTo, holdAt } from './minimap-gestures.ts';
import { timeScale } from './time-scale.ts';
import { centred, isWhole, spanning, timeAtX, fullView, windowOf, xOf, type Viewport } from './viewport.ts';

const hour = 3_600_000;
const all = fullView(timeScale({ from: 0, to: 30 * hour }, [{ from: 2 * hour, to: 20 * hour }]), 1000);
const near = spanning(all, { from: timeAtX(all, 400), to: timeAtX(all, 600) });
const close = (one: number, other: number): boolean => Math.abs(one - other) < 2;

test('a hand takes hold of the window, of its ends, or of what lies outside, a finger from farther away', () => {
  assert.deepEqual(
    [500, 402, 597, 300, 610].map((x) => holdAt(near, x, 'mouse')),
    ['window', 'from', 'to', 'outside', 'outside'],
  );
  assert.equal(holdAt(near, 610, 'touch'), 'to');
  assert.equal(holdAt(all, 500, 'mouse'), 'outside');
  assert.equal(
    holdAt(
      centred(spanning(all, { from: hour, to: hour + 1000 }), hour),
      windowOf(spanning(all, { from: hour, to: hour + 1000 })).from - 4,
      'mouse',
    ),
    'from',
  );
});

test('the window follows the hand over the map, and no farther than its ends', () => {
  const middle = (view: Viewport): number => xOf(all, timeAtX(view, 500));
  assert.ok(close(middle(draggedTo(near, 'window', 450, 650)), middle(near) + 200));
  assert.ok(windowOf(draggedTo(near, 'window', 450, 5000)).to > 985);
});

test('one end of the window follows the hand while the other stays, also past it', () => {
  const shown = (view: Viewport): string =>
    Object.values(windowOf(view))
      .map((x) => Math.round(x / 10) * 10)
      .join(' ');
  assert.equal(shown(draggedTo(near, 'to', 600, 800)), '400 800');
  assert.equal(shown(draggedTo(near, 'from', 400, 700)), '600 700');
  assert.equal(shown(draggedTo(near, 'outside', 100, 200)), '100 200');
  assert.ok(isWhole(draggedTo(near, 'outside', -50, 2000)));
});
