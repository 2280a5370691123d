import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { run as runTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { z } from 'zod';
import { ensureBrowser } from './browser.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const root = path.resolve(import.meta.dirname, '..');
const modules = path.join(root, 'node_modules');
// Every file of tests, every thread that reads logs and every server of a browser test compiles the same code: this
// cache shares the result.
process.env.NODE_COMPILE_CACHE ??= path.join(modules, '.cache/node');
const one = (passed: boolean): Counts => (passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** Runs a script of Node with its output shown; true when it succeeded. */
async function succeeds(
  script: string,
  scriptArguments: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const child = spawn(process.execPath, [script, ...scriptArguments], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  await once(child, 'close');
  return child.exitCode === 0;
}

/** One more than there are cores: tests wait for the disk and for each other's servers. */
const processes = os.availableParallelism() + 1;

async function unitTests(): Promise<Counts> {
  const stream = runTests({
    cwd: root,
    globPatterns: ['{lib,app,components,scripts,bench}/**/*.test.{ts,mjs}'],
    concurrency: processes,
  });
  const counts = Promise.withResolvers<Counts>();
  // A file that breaks off leaves tests that neither passed nor failed.
  stream.on('test:summary', ({ file, success, counts: { tests, passed, skipped, todo } }) => {
    if (file === undefined)
      counts.resolve({ passed, failed: Math.max(tests - passed - skipped - todo, success ? 0 : 1) });
  });
  stream.on('close', () => counts.resolve(one(false)));
  stream.compose(spec).pipe(process.stdout, { end: false });
  return counts.promise;
}

const Report = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
  errors: z.array(z.unknown()),
});

async function browserTests(): Promise<Counts> {
  if (!ensureBrowser()) return one(false);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-report-'));
  const report = path.join(folder, 'report.json');
  try {
    const success = await succeeds(path.join(modules, '@playwright/test/cli.js'), ['test', '--reporter=list,json'], {
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    const { stats, errors } = Report.parse(JSON.parse(await readFile(report, 'utf8')));
    // A test that passed only on a second try failed once, however often it may try: a user may meet the same fault.
    const failed = stats.unexpected + stats.flaky + errors.length;
    return { passed: stats.expected, failed: Math.max(failed, success ? 0 : 1) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The stages in order; those of one stage run at the same time. Neither of the first two can use two cores. The unit
 * tests can, and take longer beside them than after them.
 */
const stages = [['types', 'lint'], ['unit'], ['build'], ['browser']] as const;

type Suite = (typeof stages)[number][number];

let typing: Promise<boolean> | undefined;
/** Makes Next's own types of the routes, which types and lint both need. */
const routesTyped = (): Promise<boolean> =>
  (typing ??= succeeds(path.join(modules, 'next/dist/bin/next'), ['typegen']));

/**
 * The browser tests use the build. Types are checked by the native compiler, in a sixth of the time; the build needs
 * the other one, whose parts it calls.
 */
const suites: Readonly<Record<Suite, () => Promise<Counts>>> = {
  types: async () =>
    one((await routesTyped()) && (await succeeds(path.join(modules, 'typescript-native/bin/tsc'), ['--noEmit']))),
  lint: async () =>
    one(
      (await succeeds(path.join(modules, 'oxfmt/bin/oxfmt'), ['--check'])) &&
        (await routesTyped()) &&
        (await succeeds(path.join(modules, 'oxlint/bin/oxlint'), ['--deny-warnings'])),
    ),
  unit: unitTests,
  build: async () => one(await succeeds(path.join(root, 'scripts/build.mjs'), [])),
  browser: browserTests,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(suites, name));
if (unknown !== undefined) {
  process.stderr.write(`There is no suite "${unknown}". Those there are: ${Object.keys(suites).join(', ')}.\n`);
  process.exit(1);
}

const lines: string[] = [];
const total = { passed: 0, failed: 0 };

async function run(name: Suite): Promise<void> {
  const start = performance.now();
  const { passed, failed } = await suites[name]().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return one(false);
  });
  total.passed += passed;
  total.failed += failed;
  lines.push(
    `${name.padEnd(8)} ${passed} passed, ${failed} failed, ${Math.round((performance.now() - start) / 1000)} s`,
  );
}

for (const stage of stages) {
  const names = stage.filter((name) => asked.length === 0 || asked.includes(name));
  if (names.length === 0) continue;
  process.stdout.write(`\n── ${names.join(', ')}\n`);
  await Promise.all(names.map(run));
}
process.stdout.write(`\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
