import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clockLabel, rulerTicks, sinceLabel } from './ruler.ts';
import { timeScale } from './time-scale.ts';
import { fullView, zoomed } from './viewport.ts';

const start = Date.UTC(2026, 3, 12, 13, 20);
const hour = 3_600_000;

test('a time is written as far as its ruler can tell', () => {
  assert.equal(clockLabel('utc', start, start, 60_000), '13:20');
  assert.equal(clockLabel('utc', start + 5250, start, 1000), '13:20:05');
  assert.equal(clockLabel('utc', start + 5250, start, 50), '13:20:05.250');
  assert.equal(clockLabel('utc', Date.UTC(2026, 3, 13), start, hour), '13 Apr');
  assert.equal(clockLabel('relative', start + 125_000, start, 5000), '+2:05 min');
});

test('a time since the beginning has the units that it needs', () => {
  assert.deepEqual(
    [0, 250, 5250, 3_725_000, 3 * 24 * hour + 4 * hour].map((length) => sinceLabel(length, 50)),
    ['0', '+250 ms', '+5.250 s', '+1:02:05.000 h', '+3 d 4:00:00.000'],
  );
  assert.equal(sinceLabel(-5000, 1000), '−5 s');
  assert.equal(sinceLabel(26 * hour, 24 * hour), '+1 d');
});

test('marks of the ruler are apart, in view, and never within a folded gap', () => {
  const scale = timeScale({ from: start, to: start + 60 * hour }, [{ from: start + 2 * hour, to: start + 50 * hour }]);
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 900 }),
      fc.constantFrom('utc', 'relative', 'local'),
      (factor, x, clock) => {
        const view = zoomed(fullView(scale, 900), factor, x);
        const ticks = rulerTicks(view, clock, start);
        ticks.forEach((tick, index) => assert.ok(index === 0 || tick.x - (ticks[index - 1]?.x ?? 0) >= 86));
        assert.ok(ticks.every((tick) => tick.x >= -1e-6 && tick.x <= 900 + 1e-6));
        assert.ok(ticks.length <= 11);
      },
    ),
  );
});
