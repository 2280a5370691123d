import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { drawnAt, mergedBars, mergedMarks } from './drawn.ts';
import type { Item } from './items.ts';

const item = (from: number, length: number, status = 'completed', index = 0): Item => ({
  index,
  lane: 0,
  kind: 'turn',
  record: index,
  from,
  to: from + length,
  status,
  own: true,
});
const asIs = ({ from, to }: Item) => ({ x: from, width: (to ?? from) - from });

test('turns of the same pixel are one bar, which shows what went wrong', () => {
  const [first, second] = mergedBars(
    [item(4.1, 0.2), item(4.5, 0.1, 'failed'), item(4.8, 0.1), item(5, 3)],
    asIs,
    0,
    10,
  );
  assert.deepEqual([first?.x, first?.width, first?.items.length, first?.shown.status], [4, 1, 3, 'failed']);
  assert.deepEqual([second?.x, second?.width], [5, 3]);
});

test('no turn is lost, and there is no more than one narrow bar for each pixel', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          from: fc.double({ min: 0, max: 50, noNaN: true }),
          length: fc.double({ min: 0, max: 4, noNaN: true }),
        }),
      ),
      (all) => {
        const items = all
          .toSorted((one, other) => one.from - other.from)
          .map(({ from, length }, index) => item(from, length, 'completed', index));
        const drawn = mergedBars(items, asIs, 0, 10);
        assert.deepEqual(
          drawn.flatMap((each) => each.items.map(({ index }) => index)).sort(),
          items.map(({ index }) => index).sort(),
        );
        assert.ok(drawn.length <= 51 + items.filter(({ from, to }) => (to ?? 0) - from >= 1).length * 2);
      },
    ),
  );
});

test('marks that would cover each other are one', () => {
  const marks = mergedMarks([item(0, 0), item(5, 0, 'denied'), item(30, 0)], ({ from }) => from, 2, 12);
  assert.deepEqual(
    marks.map(({ x, items, shown }) => [x, items.length, shown.status]),
    [
      [-6, 2, 'denied'],
      [24, 1, 'completed'],
    ],
  );
});

test('a pointer finds what is under it, and what is small from a little beside it', () => {
  const bars = mergedBars([item(10, 0.1), item(40, 30)], asIs, 0, 10);
  assert.equal(drawnAt(bars, 13, 5)?.x, 10);
  assert.equal(drawnAt(bars, 69, 9)?.x, 40);
  assert.equal(drawnAt(bars, 25, 5), null);
  assert.equal(drawnAt(bars, 50, 30), null);
});
