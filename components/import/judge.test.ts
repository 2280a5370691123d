import assert from 'node:assert/strict';
import test from 'node:test';
import { judge } from './judge.ts';

const codeOf = (path: string, content = 'a line'): string => {
  const found = judge(path, new File([content], path.split('/').at(-1) ?? ''));
  return found.kind === 'file' ? found.kind : found.code;
};

test('hidden files, and files in hidden folders, are passed over', () => {
  for (const path of [
    '.DS_Store',
    'sessions/.DS_Store',
    'project/.git/objects/ab',
    'sessions/2026/Thumbs.db',
    'sessions/desktop.ini',
  ])
    assert.equal(codeOf(path), 'hidden', path);
});

test('the folder that was dropped may be hidden itself', () => {
  assert.equal(codeOf('.codex/sessions/2026/rollout.jsonl'), 'file');
});

test('empty files are passed over; all others are for the server to judge', () => {
  assert.equal(codeOf('sessions/rollout.jsonl', ''), 'empty');
  for (const path of ['rollout.jsonl', 'sessions/picture.png', 'sessions/no extension'])
    assert.equal(codeOf(path), 'file', path);
});
