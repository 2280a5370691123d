import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { stampOf } from './stamp.mjs';

test('a stamp changes with names and contents, and with nothing else', (context) => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'dendro-stamp-'));
  context.after(() => rmSync(root, { recursive: true }));
  const write = (name, content) => {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  };
  write('lib/one.ts', 'one');
  write('package.json', '{}');
  const stamp = () => stampOf(root, ['lib', 'package.json', 'missing'], 'context');
  const first = stamp();
  utimesSync(path.join(root, 'lib/one.ts'), 1, 1);
  write('lib/one.test.ts', 'a test');
  write('lib/fixtures/log.jsonl', 'a log');
  write('elsewhere.ts', 'not read by the build');
  assert.equal(stamp(), first);

  const seen = new Set([first]);
  const changes = [
    () => write('lib/one.ts', 'two'),
    () => write('lib/deep/two.ts', ''),
    () => write('package.json', '{ }'),
    () => rmSync(path.join(root, 'lib/one.ts')),
    () => write('missing', ''),
  ];
  for (const change of changes) {
    change();
    assert.ok(!seen.has(stamp()));
    seen.add(stamp());
  }
  assert.ok(!seen.has(stampOf(root, ['lib', 'package.json', 'missing'], 'another context')));
});
