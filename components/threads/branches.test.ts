import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadRow } from '@/lib/queries/shapes.ts';
import { treeLines, type Branch } from './branches.ts';

const outcomes = { hooks: { completed: 0, failed: 0, blocked: 0, stopped: 0 }, guardian: { approved: 0, denied: 0, failedClosed: 0, timedOut: 0, aborted: 0 } };
const thread = (threadId: string, childCount = 0): ThreadRow => ({
  threadId, childCount, parentThreadId: null, parentSource: null, rootThreadId: threadId, forkedFromThreadId: null, depth: 0, kind: 'user', seen: 'initialized', cycle: false,
  sources: ['analytics'], cwd: null, gitBranch: null, gitCommit: null, gitRepository: null, agentNickname: null, agentRole: null, agentPath: null, title: null, model: null, client: null, codexVersion: null, createdAt: null, createdAtInferred: false, lastActiveAt: null, durationMs: null, resumptions: 0, turns: 0,
  turnsUnreported: 0, turnsFailed: 0, tokens: { input: 0, cachedInput: 0, output: 0, reasoningOutput: 0, total: 0 }, compactions: 0, tokensSaved: 0, storms: 0, height: 0, ...outcomes,
  subtreeSize: 1, subtreeTokens: 0, subtreeGuardianTokens: 0, subtreeTurns: 0, subtreeCompactions: 0, subtreeTokensSaved: 0, subtreeStorms: 0, subtreeHooks: outcomes.hooks,
  subtreeGuardian: outcomes.guardian, matches: true,
});
const branch = (children: readonly ThreadRow[], more: Partial<Branch> = {}): Branch => ({ open: true, children, nextCursor: null, state: { kind: 'ready' }, ...more });
const told = (lines: ReturnType<typeof treeLines>): string[] => lines.map((line) => `${line.level} ${line.kind === 'thread' ? line.thread.threadId : line.kind}`);

test('unfolded threads have their children below them, in order', () => {
  const lines = treeLines([thread('a', 2), thread('b')], new Map([['a', branch([thread('a1', 1), thread('a2')])], ['a1', branch([thread('a11')])]]));
  assert.deepEqual(told(lines), ['1 a', '2 a1', '3 a11', '2 a2', '1 b']);
});

test('folded threads keep what was read below them out of sight', () => {
  assert.deepEqual(told(treeLines([thread('a', 1)], new Map([['a', branch([thread('a1')], { open: false })]]))), ['1 a']);
});

test('children that are not there yet have a line of their own, after those that are', () => {
  const children = [thread('a1')];
  assert.deepEqual(told(treeLines([thread('a', 9)], new Map([['a', branch(children, { nextCursor: 'x' })]]))), ['1 a', '2 a1', '2 more']);
  assert.deepEqual(told(treeLines([thread('a', 9)], new Map([['a', branch(children, { state: { kind: 'loading' } })]]))), ['1 a', '2 a1', '2 loading']);
  assert.deepEqual(told(treeLines([thread('a', 9)], new Map([['a', branch([], { state: { kind: 'failed', message: 'no' } })]]))), ['1 a', '2 failed']);
});

test('a tree may be 20,000 deep', () => {
  const depth = 20_000;
  const branches = new Map(Array.from({ length: depth }, (_, level) => [`t${level}`, branch([thread(`t${level + 1}`, 1)])]));
  assert.equal(treeLines([thread('t0', 1)], branches).at(-1)?.level, depth + 1);
});
