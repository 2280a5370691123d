import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { columnText } from './column-text.ts';
import { spooledRows } from './duckdb/spool-file.ts';
import { SpoolWriter } from './spool.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'dendro-test-'));
after(() => rmSync(folder, { recursive: true }));

type Row = { readonly thread_id: string | null; readonly refill_turns: number | null; readonly refill_ms: number | null; readonly storm: boolean | null; readonly begins_storm: boolean };
const columns = ['thread_id', 'refill_turns', 'refill_ms', 'storm', 'begins_storm'];

/** The rows as the store gets them. */
function spooled(rows: readonly (readonly [ordinal: number, row: Row])[]): readonly (readonly unknown[])[] {
  const spool = new SpoolWriter(path.join(folder, 'rows'), columns);
  for (const [ordinal, row] of rows) spool.add(ordinal, row);
  spool.end();
  return [...spooledRows(readFileSync(spool.file, 'utf8'), 'compaction_measures', 1)];
}

const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('null', '\u001f', 'a\nb', 'é', '€'.repeat(1000), 'x'.repeat(1000)));
const row = fc.record({
  thread_id: fc.option(text.filter((value) => value !== '')), refill_turns: fc.option(fc.integer()), refill_ms: fc.option(fc.maxSafeInteger()), storm: fc.option(fc.boolean()), begins_storm: fc.boolean(),
});

test('rows come out of a spool file as they went in, their texts as columns have them', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.maxSafeNat(), row), { minLength: 1, maxLength: 300 }), (rows) => {
    const expected = rows.map(([ordinal, { thread_id, ...rest }]) => [ordinal, thread_id === null ? null : columnText(thread_id), ...Object.values(rest)]);
    assert.deepEqual(spooled(rows), expected);
  }), { numRuns: 200 });
});

test('a text beyond 1,000 characters is cut, and many of the longest fit into a file', () => {
  const rows = ['x'.repeat(1001), '€'.repeat(5000), `${'é'.repeat(1000)}\n`].map((long) => ({ thread_id: long, refill_turns: 1, refill_ms: null, storm: null, begins_storm: false }));
  const many = Array.from({ length: 900 }, (_, index) => [index, rows[index % rows.length] ?? assert.fail()] as const);
  assert.deepEqual(spooled(many), many.map(([index, { thread_id }]) => [index, `${thread_id.slice(0, 1000)}…`, 1, null, null, false]));
});

test('a row whose columns stand in another order is refused', () => {
  const spool = new SpoolWriter(path.join(folder, 'other'), columns);
  assert.throws(() => spool.add(1, { refill_turns: 1, thread_id: 'a', refill_ms: 1, storm: true, begins_storm: true }), TypeError);
  spool.destroy();
});
