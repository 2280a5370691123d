import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..');
const layer = 'boundaries(dependencies)';
const about = [
  layer,
  'boundaries(no-unknown-files)',
  'dendro(no-sql)',
  'eslint(no-console)',
  'eslint(max-lines)',
  'eslint(max-lines-per-function)',
  'dendro(max-len)',
  'typescript(no-explicit-any)',
  'typescript(consistent-type-assertions)',
  'typescript(no-floating-promises)',
  'react-hooks(rules-of-hooks)',
];
const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** The code of each sample by its file. One run of the linter judges them all, before the first test. */
const samples = new Map<string, string>();
const found = new Map<string, string[]>();

/**
 * Declares code for this place, with a number of its own in place of `sample`. Returns a function that gives the rules
 * that object to it, except those about unused names and the like.
 */
function judged(place: string, code: string): () => string[] {
  const file = place.replace('sample', `sample-${samples.size}`);
  assert(!samples.has(file), `${file} is declared twice`);
  samples.set(file, code);
  return () => found.get(file) ?? [];
}

before(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-lint-'));
  try {
    for (const name of ['oxlint.config.ts', 'tsconfig.json', 'scripts'])
      await cp(path.join(root, name), path.join(folder, name), { recursive: true });
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    for (const [file, code] of samples) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), code);
    }
    const linter = spawn(
      process.execPath,
      [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--format=json', 'lib', 'app', 'components'],
      { cwd: folder },
    );
    for (const { code, filename } of Report.parse(JSON.parse(await text(linter.stdout))).diagnostics) {
      if (about.includes(code)) found.set(filename, [...(found.get(filename) ?? []), code]);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

const refused: ReadonlyArray<readonly [string, string]> = [
  ['lib/events/sample.ts', `import { formats } from '../formats/registry.ts';`],
  ['lib/events/sample.ts', `import { readFile } from 'node:fs/promises';`],
  ['lib/formats/sample.ts', `import { tables } from '../store/tables.ts';`],
  ['lib/forest/sample.ts', `import { readEvent } from '../events/read-event.ts';`],
  ['lib/forest/sample.ts', `import { z } from 'zod';`],
  ['lib/store/sample.ts', `import type { Configuration } from '../configuration.ts';`],
  ['lib/store/duckdb/sample.ts', `import { Filter } from '../../filters.ts';`],
  ['lib/ingest/sample.ts', `import { summary } from '../queries/summary.ts';`],
  ['lib/ingest/sample.ts', `import { readConfiguration } from '../configuration.ts';`],
  ['lib/queries/sample.ts', `import { createImporter } from '../ingest/create.ts';`],
  ['lib/queries/sample.ts', `import { readEvent } from '../events/read-event.ts';`],
  ['lib/queries/sample.ts', `import { DuckDBInstance } from '@duckdb/node-api';`],
  ['lib/filters.ts', `import { tables } from './store/tables.ts'; export const rows = 'SELECT 1';`],
  ['lib/safety/sample.ts', `import { openStore } from '../store/duckdb/open.ts';`],
  ['lib/safety/sample.ts', `import { NextRequest } from 'next/server';`],
  ['lib/queries/sample.ts', `import { useState } from 'react';`],
  ['lib/queries/sample.ts', `import { Block } from '@/components/ui/block.tsx';`],
  ['lib/queries/sample.ts', `import { openDendro } from '../testing/dendro.ts';`],
  ['app/sample/page.tsx', `import { openStore } from '@/lib/store/duckdb/open.ts';`],
  ['app/sample/page.tsx', `import { readEvent } from '@/lib/events/read-event.ts';`],
  ['app/sample/page.tsx', `import { BarChart } from 'recharts';`],
  ['app/api/sample/route.ts', `import { answer } from '@/lib/api/answer.ts';`],
  ['components/sample.tsx', `import { summary } from '@/lib/queries/summary.ts';`],
  ['components/sample.tsx', `import { runningDendro } from '../lib/running.ts';`],
  ['components/sample.tsx', `import { readFileSync } from 'node:fs';`],
  ['components/sample.tsx', `import { view } from '@/app/view.ts';`],
  ['components/sample.tsx', `export { summary } from '@/lib/queries/summary.ts';`],
  ['components/sample.tsx', `const page = await import('@/lib/queries/summary.ts');`],
];
const allowed: ReadonlyArray<readonly [string, string]> = [
  ['lib/events/sample.ts', `import { z } from 'zod'; import { readEvent } from './read-event.ts';`],
  [
    'lib/formats/sample.ts',
    `import { readEvent } from '../events/read-event.ts'; import { zstdDecompress } from 'node:zlib';`,
  ],
  ['lib/forest/sample.ts', `import type { Event } from '../events/event.ts';`],
  [
    'lib/store/duckdb/sample.ts',
    `import { DuckDBInstance } from '@duckdb/node-api'; import { tables } from '../tables.ts';`,
  ],
  [
    'lib/ingest/sample.ts',
    `import { refreshTrees } from '../trees/refresh.ts'; import type { Limits } from '../configuration.ts';`,
  ],
  ['lib/queries/sample.ts', `import type { Reader } from '../store/store.ts'; import { Filter } from '../filters.ts';`],
  ['lib/safety/sample.ts', `import { isLoopback } from '../configuration.ts';`],
  [
    'app/sample/page.tsx',
    `import { summary } from '@/lib/queries/summary.ts'; import { Block } from '@/components/ui/block'; import { notFound } from 'next/navigation';`,
  ],
  [
    'components/sample.tsx',
    `import type { Summary } from '@/lib/queries/summary.ts'; import { useState } from 'react'; import { threadKinds } from '@/lib/filter-url.ts';`,
  ],
  ['lib/queries/sample.test.ts', `import { openDendro } from '../testing/dendro.ts';`],
];

describe('layers', () => {
  for (const [file, code] of refused) {
    const objections = judged(file, code);
    test(`${file} may not: ${code}`, () => assert.deepEqual(objections(), [layer]));
  }
  for (const [file, code] of allowed) {
    const objections = judged(file, code);
    test(`${file} may: ${code}`, () => assert.deepEqual(objections(), []));
  }
  const outside = judged('lib/helpers/sample.ts', 'export const one = 1;');
  test('a file outside the layers is refused', () => assert.deepEqual(outside(), ['boundaries(no-unknown-files)']));
});

describe('SQL', () => {
  const statement = 'export const query = `SELECT count(*) FROM events`;';
  const elsewhere = ['app/sample.ts', 'components/sample.tsx', 'lib/api/sample.ts', 'lib/forest/sample.ts'].map(
    (file) => judged(file, statement),
  );
  const indented = judged('app/sample.ts', `export const query = '  WITH one AS (SELECT 1)';`);
  test('is refused in the app, the components and the rest of lib', () => {
    for (const objections of [...elsewhere, indented]) assert.deepEqual(objections(), ['dendro(no-sql)']);
  });
  const atHome = [
    'lib/store/duckdb/sample.ts',
    'lib/queries/sample.ts',
    'lib/ingest/sample.ts',
    'lib/trees/sample.ts',
  ].map((file) => judged(file, statement));
  test('has its place where the store is', () => {
    for (const objections of atHome) assert.deepEqual(objections(), []);
  });
  const words = judged('components/sample.tsx', `export const text = 'Select a thread with care';`);
  test('is not seen in plain words', () => assert.deepEqual(words(), []));
});

describe('house rules', () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ['export const value = (input: unknown) => input as string;', 'typescript(consistent-type-assertions)'],
    ['export const value: any = 1;', 'typescript(no-explicit-any)'],
    ['console.log(1);', 'eslint(no-console)'],
    ['void 1;\n'.repeat(401), 'eslint(max-lines)'],
    [`export function long() {\n${'void 1;\n'.repeat(101)}}`, 'eslint(max-lines-per-function)'],
    [`// ${'word '.repeat(24)}`, 'dendro(max-len)'],
    [`export const one = 1; // ${'word '.repeat(24)}`, 'dendro(max-len)'],
    [`export const query = \`SELECT 1\n${'word '.repeat(25)}\`;`, 'dendro(max-len)'],
  ];
  for (const [code, rule] of cases) {
    const objections = judged('lib/queries/sample.ts', code);
    test(rule, () => assert.deepEqual(objections(), [rule]));
  }
  const floating = judged('lib/queries/sample.ts', 'export function run(): void { Promise.resolve(); }');
  test('a promise that nobody waits for, which only types tell', () =>
    assert.deepEqual(floating(), ['typescript(no-floating-promises)']));
  const hook = judged(
    'components/sample.tsx',
    `import { useState } from 'react'; export const useIt = (on: boolean) => (on ? useState(1) : null);`,
  );
  test('a hook of React behind a condition', () => assert.deepEqual(hook(), ['react-hooks(rules-of-hooks)']));
  const longText = judged('lib/queries/sample.ts', `export const text = '${'word '.repeat(24)}';`);
  test('a text may be long', () => assert.deepEqual(longText(), []));
  const asConst = judged('lib/queries/sample.ts', 'export const value = [1] as const;');
  test('`as const` is fine', () => assert.deepEqual(asConst(), []));
});
