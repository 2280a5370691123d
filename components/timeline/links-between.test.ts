import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyTimeline } from '../../lib/testing/timeline.ts';
import { outlineOf } from '../outline/outline.ts';
import { laneLinks } from './links-between.ts';

test('a call leads to the thread that it spawned, any other child has a line at its own beginning, and a fork one from its source', () => {
  const timeline = emptyTimeline(['root', 'called', 'other', 'guardian', 'unknown'], [0, 1, 1, 1, 1]);
  timeline.lanes.createdAtMs = [100, 210, 300, 400, null];
  timeline.lanes.kind[3] = 'guardian';
  timeline.lanes.forkedFromThreadId[2] = 'called';
  timeline.spawns = { lane: [1], fromLane: [0], eventId: ['9'], atMs: [200] };
  assert.deepEqual(laneLinks(timeline, outlineOf(timeline.lanes.depth)), [
    { kind: 'spawn', from: 0, to: 1, at: 200, begins: 210 },
    { kind: 'child', from: 0, to: 2, at: 300, begins: 300 },
    { kind: 'fork', from: 1, to: 2, at: 300, begins: 300 },
  ]);
});
