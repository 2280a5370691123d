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

type Row = {
  readonly line: number | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly excerpt: string | null;
};
const columns = ['line', 'code', 'message', 'excerpt'];

/** Returns the rows as the store gets them, as those of import 1. */
function spooled(rows: readonly (readonly [part: number, row: Row])[]): readonly (readonly unknown[])[] {
  const spool = new SpoolWriter(path.join(folder, 'rows'), columns);
  for (const [part, row] of rows) spool.add(part, row);
  spool.end();
  return [
    ...spooledRows(readFileSync(spool.file, 'utf8'), 'rejects', {
      importId: 1,
      firstEventId: 0,
      firstLog: 0,
      firstBlock: 0,
      threads: new Map(),
    }),
  ];
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('null', '\u001f', 'a\nb', 'é', '€'.repeat(1000), 'x'.repeat(1000)),
);
const some = fc.option(text.filter((value) => value !== ''));
const row = fc.record({ line: fc.option(fc.maxSafeInteger()), code: some, message: some, excerpt: some });
const inColumn = (value: string | null): string | null => (value === null ? null : columnText(value));

test('rows come out of a spool file as they went in, their texts as columns have them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.maxSafeNat(), row), { minLength: 1, maxLength: 300 }), (rows) => {
      assert.deepEqual(
        spooled(rows),
        rows.map(([part, { line, code, message, excerpt }]) => [
          1,
          part,
          line,
          ...[code, message, excerpt].map(inColumn),
        ]),
      );
    }),
    { numRuns: 200 },
  );
});

test('a text beyond 1,000 characters is cut, and many of the longest fit into a file', () => {
  const rows = ['x'.repeat(1001), '€'.repeat(5000), `${'é'.repeat(1000)}\n`].map((long) => ({
    line: 1,
    code: long,
    message: null,
    excerpt: null,
  }));
  const many = Array.from({ length: 900 }, (_, index) => [index, rows[index % rows.length] ?? assert.fail()] as const);
  assert.deepEqual(
    spooled(many),
    many.map(([index, { code }]) => [1, index, 1, `${code.slice(0, 1000)}…`, null, null]),
  );
});

test('a row whose columns stand in another order is refused', () => {
  const spool = new SpoolWriter(path.join(folder, 'other'), columns);
  assert.throws(() => spool.add(1, { code: 'a', line: 1, message: null, excerpt: null }), TypeError);
  spool.destroy();
});
