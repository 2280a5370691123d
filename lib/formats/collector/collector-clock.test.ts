import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CollectorClock } from './collector-clock.ts';

const hour = 3_600_000;
const learnt = (...differences: readonly number[]): number | null => {
  const clock = new CollectorClock();
  for (const difference of differences) clock.observe(1_775_756_150_000 + difference, 1_775_756_150_000);
  return clock.offset;
};

test('the offset that most events tell wins, to the quarter of an hour', () => {
  assert.equal(learnt(), null);
  assert.equal(learnt(1_000), 0);
  assert.equal(learnt(-7 * hour, -7 * hour + 240_000, -4.75 * hour), -7 * hour);
  assert.equal(learnt(5.75 * hour + 9_000), 5.75 * hour);
});

test('of two that as many tell, the one with the shorter way to the collector wins', () => {
  assert.equal(learnt(-4.75 * hour, -7 * hour), -7 * hour);
});

test('a time of its own that is days ago tells nothing', () => {
  assert.equal(learnt(30 * hour, -13 * hour), null);
});

test('the order of the events makes no difference', () => {
  const differences = fc.array(fc.integer({ min: -15 * hour, max: 15 * hour }), { maxLength: 8 });
  fc.assert(fc.property(differences, (all) => assert.equal(learnt(...all), learnt(...all.toReversed()))));
});
