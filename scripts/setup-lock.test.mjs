import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

/** Returns a program that writes `in` and `out` to a file around a moment of work under the lock of `root`. */
const program = (root) => `
  import { appendFileSync } from 'node:fs';
  import { setTimeout as delay } from 'node:timers/promises';
  import { underLock } from ${JSON.stringify(new URL('setup-lock.mjs', import.meta.url).href)};
  const note = (text) => appendFileSync(${JSON.stringify(path.join(root, 'notes'))}, text + '\\n');
  await underLock(${JSON.stringify(root)}, async () => { note('in'); await delay(50); note('out'); });
`;

async function expectTurns(context, prepare) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'dendro-lock-'));
  context.after(() => rmSync(root, { recursive: true }));
  await prepare(path.join(root, '.setup-lock'));
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', program(root)]),
  );
  await Promise.all(children.map((child) => once(child, 'close')));
  assert.deepEqual(
    readFileSync(path.join(root, 'notes'), 'utf8').trim().split('\n'),
    Array.from({ length: 4 }, () => ['in', 'out']).flat(),
  );
  assert.ok(!existsSync(path.join(root, '.setup-lock')));
}

test('one at a time', (context) => expectTurns(context, () => undefined));

test('a lock whose holder has died holds nobody up', (context) =>
  expectTurns(context, async (lock) => {
    const dead = spawn(process.execPath, ['--eval', '']);
    await once(dead, 'close');
    writeFileSync(lock, String(dead.pid));
  }));

test('nor does one that nobody renews, though its process id has come to another', (context) =>
  expectTurns(context, (lock) => {
    writeFileSync(lock, String(process.pid));
    utimesSync(lock, new Date(0), new Date(0));
  }));
