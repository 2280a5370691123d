import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heights, layoutOf, partsOf, placeAt, placeOfLane, totalHeight } from './lane-layout.ts';
import { sceneOf } from './scene.ts';
import { emptyTimeline, turnsAt } from '../../lib/testing/timeline.ts';

const scene = sceneOf({
  ...emptyTimeline(['a', 'b', 'c'], [0, 1, 1]),
  turns: turnsAt(
    [0, 0, 2],
    [
      [1000, 5000],
      [2000, 4000],
      [9000, 1000],
    ],
  ),
});

test('a lane is as high as what lies on it', () => {
  assert.equal(scene.rowCounts[0], 2);
  assert.equal(partsOf(scene, 0, true).height, 2 * heights.pad + 2 * heights.row + heights.betweenRows);
  assert.equal(partsOf(scene, 1, true).height, heights.least);
});

test('the lane at a height is found, and the place of a lane unless it is folded away', () => {
  const layout = layoutOf(scene, Uint32Array.from([0, 2]), true);
  assert.equal(totalHeight(layout), (layout.tops[1] ?? 0) + heights.least);
  assert.deepEqual(
    [-5, 0, 40, 42, 9000].map((y) => placeAt(layout, y)),
    [0, 0, 0, 1, 1],
  );
  assert.deepEqual(
    [0, 1, 2].map((lane) => placeOfLane(layout, lane)),
    [0, -1, 1],
  );
});
