import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatBytes,
  pluralize,
  formatDuration,
  formatRelative,
  formatShare,
  formatShort,
  shortId,
  formatShortTime,
  formatTick,
  formatTime,
  formatInteger,
} from './formats.ts';

test('figures keep every digit, and a negative one its minus sign', () => {
  assert.equal(formatInteger(12_920_970), '12,920,970');
  assert.equal(formatInteger(-1234), '\u22121,234');
});

test('short figures have three digits and a unit from 10,000 on', () => {
  assert.equal(formatShort(9999), '9,999');
  assert.equal(formatShort(12_345), '12.3\u202fk');
  assert.equal(formatShort(999_700), '1\u202fM');
  assert.equal(formatShort(-4_602_874), '\u22124.6\u202fM');
});

test('a share of nothing is not zero', () => {
  assert.equal(formatShare(0, 0), null);
  assert.equal(formatShare(0, 7), '0%');
  assert.equal(formatShare(-1, 8), '\u221212.5%');
});

test('durations are in their two largest units', () => {
  assert.deepEqual([340, 12_400, 59_960, 200_000, 3_720_000, 90_000_000].map(formatDuration), [
    '340 ms',
    '12.4 s',
    '1 min',
    '3 min 20 s',
    '1 h 02 min',
    '1 d 01 h',
  ]);
});

test('sizes are in the units that files are measured in', () => {
  assert.deepEqual([1, 999, 2048, 5 * 2 ** 20].map(formatBytes), ['1 byte', '999 bytes', '2 KiB', '5 MiB']);
});

test('times are in UTC', () => {
  assert.equal(formatTime('2026-11-22T11:58:27.123Z'), '2026-11-22 11:58:27');
  assert.equal(formatShortTime('1999-01-02T03:04:05.000Z'), '1999-01-02 03:04:05');
  assert.equal(formatRelative(new Date(Date.now() - 3 * 86_400_000 - 60_000).toISOString()), '3 days ago');
});

test('a short id of a UUIDv7 shows where it differs from its neighbours', () => {
  assert.equal(shortId('01a20323-9025-72d3-a38c-70653cfb70a2'), '01a20323\u202670a2');
  assert.equal(shortId('thread-1'), 'thread-1');
});

test('a count has its noun', () => {
  assert.deepEqual(
    [pluralize(1, 'child', 'children'), pluralize(2000, 'child', 'children')],
    ['1 child', '2,000 children'],
  );
});

test('times on an axis have their day where the axis has several', () => {
  const year = new Date().getUTCFullYear();
  const iso = `${year}-11-22T11:58:27.000Z`;
  const [second, hour, day] = [1000, 3_600_000, 86_400_000];
  assert.equal(formatTick(iso, { width: second, oneDay: true }), '11:58:27');
  assert.equal(formatTick(iso, { width: hour, oneDay: true }), '11:58');
  assert.equal(formatTick(iso, { width: hour, oneDay: false }), '22 Nov 11:58');
  assert.equal(formatTick('2020-11-22T11:58:27.000Z', { width: hour, oneDay: false }), '2020-11-22 11:58');
  for (const oneDay of [true, false]) assert.equal(formatTick(iso, { width: day, oneDay }), `${year}-11-22`);
});
