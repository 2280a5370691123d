import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import path from 'node:path';
import { ESLint } from 'eslint';
import typescript from 'typescript-eslint';

const root = path.resolve(import.meta.dirname, '..');
// The project's own configuration, without the rules that need the types of a file that exists.
const eslint = new ESLint({ cwd: root, overrideConfig: [typescript.configs.disableTypeChecked] });

/** The rules that object to this code where it stands; those about unused names and the like are left out. */
async function objections(file: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
  const about = ['boundaries/dependencies', 'boundaries/no-unknown-files', 'no-restricted-syntax', 'no-console', 'max-lines', '@typescript-eslint/no-explicit-any', '@typescript-eslint/consistent-type-assertions'];
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message).filter((rule) => about.includes(rule) || rule.startsWith('Parsing'));
}

const layer = 'boundaries/dependencies';
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
  ['lib/filters.ts', `import { tables } from './store/tables.ts';`],
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
  ['lib/formats/sample.ts', `import { readEvent } from '../events/read-event.ts'; import { zstdDecompress } from 'node:zlib';`],
  ['lib/forest/sample.ts', `import type { Event } from '../events/event.ts';`],
  ['lib/store/duckdb/sample.ts', `import { DuckDBInstance } from '@duckdb/node-api'; import { tables } from '../tables.ts';`],
  ['lib/ingest/sample.ts', `import { refreshTrees } from '../trees/refresh.ts'; import type { Limits } from '../configuration.ts';`],
  ['lib/queries/sample.ts', `import type { Reader } from '../store/store.ts'; import { Filter } from '../filters.ts';`],
  ['lib/safety/sample.ts', `import { isLoopback } from '../configuration.ts';`],
  ['app/sample/page.tsx', `import { summary } from '@/lib/queries/summary.ts'; import { Block } from '@/components/ui/block'; import { notFound } from 'next/navigation';`],
  ['components/sample.tsx', `import type { Summary } from '@/lib/queries/summary.ts'; import { useState } from 'react'; import { threadKinds } from '@/lib/filter-url.ts';`],
  ['lib/queries/sample.test.ts', `import { openDendro } from '../testing/dendro.ts';`],
];

describe('layers', () => {
  for (const [file, code] of refused) test(`${file} may not: ${code}`, async () => assert.deepEqual(await objections(file, code), [layer]));
  for (const [file, code] of allowed) test(`${file} may: ${code}`, async () => assert.deepEqual(await objections(file, code), []));
  test('a file outside the layers is refused', async () => assert.deepEqual(await objections('lib/helpers/sample.ts', 'export const one = 1;'), ['boundaries/no-unknown-files']));
});

describe('SQL', () => {
  const statement = 'export const query = `SELECT count(*) FROM events`;';
  test('is refused in the app, the components and the rest of lib', async () => {
    for (const file of ['app/sample.ts', 'components/sample.tsx', 'lib/api/sample.ts', 'lib/forest/sample.ts']) assert.deepEqual(await objections(file, statement), ['no-restricted-syntax'], file);
    assert.deepEqual(await objections('app/sample.ts', `export const query = '  WITH one AS (SELECT 1)';`), ['no-restricted-syntax']);
  });
  test('has its place where the store is', async () => {
    for (const file of ['lib/store/duckdb/sample.ts', 'lib/queries/sample.ts', 'lib/ingest/sample.ts', 'lib/filters.ts']) assert.deepEqual(await objections(file, statement), [], file);
  });
  test('is not seen in plain words', async () => assert.deepEqual(await objections('components/sample.tsx', `export const text = 'Select a thread with care';`), []));
});

describe('house rules', () => {
  const cases: ReadonlyArray<readonly [string, string]> = [
    ['export const value = (input: unknown) => input as string;', '@typescript-eslint/consistent-type-assertions'],
    ['export const value: any = 1;', '@typescript-eslint/no-explicit-any'],
    ['console.log(1);', 'no-console'],
    ['\n// a line\n'.repeat(250), 'max-lines'],
  ];
  for (const [code, rule] of cases) test(rule, async () => assert.deepEqual(await objections('lib/queries/sample.ts', code), [rule]));
  test('`as const` is fine', async () => assert.deepEqual(await objections('lib/queries/sample.ts', 'export const value = [1] as const;'), []));
});
