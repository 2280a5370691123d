import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOf, startWithin, timeWithin } from './placed.ts';

/** A UUIDv7 of 2026-04-12T13:20:10.256Z. */
const turnId = '019d81d9-8810-7bbb-8000-000000000000';
const stated = 1_776_000_010_000;

test('a turn or a thread begins in the millisecond that its id holds, if that is in the second that its event states', () => {
  assert.equal(timeWithin(turnId, stated), stated + 256);
  assert.equal(timeWithin(turnId, stated + 1000), stated + 1000);
  assert.equal(timeWithin(turnId, stated + 7), stated + 7, 'a time in milliseconds is left as it is');
  assert.equal(timeWithin('turn', stated), stated);
});

test('what is in a turn does not begin before it because its time is a whole second', () => {
  assert.equal(startWithin({ from: stated + 256, to: stated + 900 }, stated), stated + 256);
  assert.equal(startWithin({ from: stated + 256, to: stated + 900 }, stated + 1000), stated + 1000);
  assert.equal(
    startWithin({ from: stated + 5256, to: stated + 9000 }, stated),
    stated,
    'a contradiction is shown as it is',
  );
  assert.equal(startWithin(undefined, stated), stated);
});

test('an end follows from the length, else it is as stated, else unknown, and never before the beginning', () => {
  assert.equal(endOf(10, 5, 1000), 15);
  assert.equal(endOf(10, null, 1000), 1000);
  assert.equal(endOf(1256, null, 1000), 1256);
  assert.equal(endOf(10, null, null), null);
});
