import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyTimeline, turnsAt } from '../../lib/testing/timeline.ts';
import { contextAt } from './context.ts';
import { cursorAfter, ordinalOf } from './cursor.ts';
import { describe, spoken } from './describe.ts';
import { findItem } from './find-item.ts';
import { frameOf } from './frame.ts';
import { innerOf } from './inner.ts';
import { itemsOn } from './items.ts';
import { layoutOf } from './lane-layout.ts';
import { sceneOf } from './scene.ts';
import { selectionOf } from './selection.ts';
import { tablesOf } from './tables.ts';
import { timeScale } from './time-scale.ts';
import { fullView } from './viewport.ts';

const at = Date.UTC(2026, 3, 12, 13, 20);
/**
 * A root with two turns, the second of them failed and compacted, a child with a turn at the same time as another and a
 * hook run without a time of its own, and a thread that is only mentioned.
 */
const timeline = emptyTimeline(['root', 'child', 'mentioned'], [0, 1, 1]);
timeline.lanes.createdAtMs = [at, at + 2000, null];
timeline.lanes.title[0] = 'Split the audit';
timeline.turns = turnsAt(
  [0, 0, 1, 1, 1],
  [
    [at + 1000, 5000],
    [at + 20_000, 8000],
    [at + 3000, 4000],
    [at + 4000, 4000],
    [null, 0],
  ],
);
timeline.turns.status[1] = 'failed';
timeline.turns.error[1] = 'contextWindowExceeded';
timeline.turns.inputTokens[0] = 12_000;
timeline.compactions = {
  lane: [0],
  turnId: ['turn 1'],
  eventId: ['77'],
  status: ['completed'],
  trigger: ['auto'],
  reason: ['context_limit'],
  phase: ['pre_turn'],
  timeSource: ['event'],
  startedAtMs: [at + 20_000],
  completedAtMs: [at + 21_000],
  durationMs: [900],
  tokensBefore: [200_000],
  tokensAfter: [20_000],
  tokensBeforeExact: [true],
  refillTurns: [3],
  refillMs: [60_000],
  storm: [false],
  beginsStorm: [false],
};
timeline.hookRuns = {
  lane: [1],
  turnId: ['turn 2'],
  eventId: ['78'],
  status: ['blocked'],
  hookName: ['PreToolUse'],
  hookSource: ['user'],
  atMs: [at + 3000],
  timeSource: ['turn'],
};
const scene = sceneOf(timeline);
const tables = tablesOf(timeline);
const telling = { clock: 'utc', start: at } as const;

test('a tree is laid on lanes in the order of its threads', () => {
  assert.deepEqual(
    [0, 1, 2].map((lane) => itemsOn(scene.items, lane).map(({ kind }) => kind)),
    [['thread', 'turn', 'turn', 'compaction'], ['thread', 'turn', 'hook run', 'turn'], []],
  );
  assert.deepEqual([...scene.rowCounts], [1, 2, 1]);
  assert.deepEqual([...scene.marked], [1, 1, 0]);
  assert.deepEqual(scene.span, { from: at, to: at + 28_000 });
  assert.deepEqual([scene.subtree.from[0], scene.subtree.to[0]], [at, at + 28_000]);
  assert.deepEqual(
    scene.timeless.map(({ kind, lane }) => [kind, lane]),
    [['turn', 1]],
  );
});

test('tokens in context are known from a compaction on, and bounded by what a turn sent', () => {
  assert.deepEqual(contextAt(scene.context, 0, at + 2000), { tokens: 12_000, how: 'at most' });
  assert.deepEqual(contextAt(scene.context, 0, at + 20_000), { tokens: 200_000, how: 'known' });
  assert.deepEqual(contextAt(scene.context, 0, at + 20_450), { tokens: 110_000, how: 'about' });
  assert.equal(
    contextAt(scene.context, 0, at + 25_000),
    null,
    'the turn goes on, and no log says how its context grew',
  );
  assert.equal(contextAt(scene.context, 1, at + 3500), null);
});

test('everything that is known is said of an item', () => {
  const [thread, first, second, compaction] = itemsOn(scene.items, 0);
  const hookRun = itemsOn(scene.items, 1).find(({ kind }) => kind === 'hook run');
  const [timeless] = scene.timeless;
  assert.ok(thread && first && second && compaction && hookRun && timeless);
  assert.equal(describe(tables, thread, telling).what, 'Thread Split the audit begins');
  assert.equal(describe(tables, first, telling).when, '2026-04-12 13:20:01.000 UTC to 13:20:06.000, 5 s');
  assert.ok(describe(tables, second, telling).lines.includes('contextWindowExceeded'));
  assert.deepEqual(describe(tables, compaction, telling).lines, [
    '200,000 → 20,000 tokens, 180,000 saved',
    'auto, context_limit, pre_turn',
    'refilled to previous level after 3 turns (1 min)',
  ]);
  assert.match(describe(tables, hookRun, telling).when, /estimated time/);
  assert.equal(describe(tables, timeless, telling).when, 'no time in the logs');
  assert.match(
    spoken(tables, hookRun, { clock: 'relative', start: at }, ordinalOf(scene, null, hookRun)),
    /^Hook run, PreToolUse, blocked\. \+3\.000 s .*3 of 4 in child$/,
  );
});

test('a fork that leads to another tree lies where it began, is told with its other thread, and is found again', () => {
  const forked = emptyTimeline(['fork'], [0]);
  forked.lanes.createdAtMs = [at];
  forked.forks = {
    lane: [0, 0],
    relation: ['source', 'fork'],
    threadId: ['gone', 'later'],
    title: [null, 'Try another way'],
    known: [false, true],
    atMs: [at, at + 5000],
    inferred: [false, false],
  };
  const forkedScene = sceneOf(forked);
  const forkedTables = tablesOf(forked);
  const items = itemsOn(forkedScene.items, 0);
  assert.deepEqual(
    items.map(({ kind, from }) => [kind, from - at]),
    [
      ['thread', 0],
      ['fork', 0],
      ['fork', 5000],
    ],
  );
  const [, source, later] = items;
  assert.ok(source && later);
  assert.deepEqual(
    [describe(forkedTables, source, telling).what, ...describe(forkedTables, source, telling).lines],
    ['Fork of thread gone', 'that thread is not in these logs'],
  );
  assert.equal(describe(forkedTables, later, telling).what, 'Forked into thread Try another way');
  for (const item of items)
    assert.equal(findItem(forkedScene, null, forkedTables, selectionOf(forkedTables, item)), item);
});

test('the keys go from item to item and from lane to lane', () => {
  const lanes = Uint32Array.from([0, 1, 2]);
  const step = (from: ReturnType<typeof cursorAfter>, move: Parameters<typeof cursorAfter>[4]) =>
    cursorAfter(scene, null, lanes, from, move);
  const first = step(null, 'next');
  assert.equal(first?.kind, 'thread');
  assert.equal(step(first, 'previous'), null);
  assert.equal(step(step(first, 'next'), 'last')?.kind, 'compaction');
  const below = step(step(first, 'next'), 'below');
  assert.deepEqual([below?.lane, below?.from], [1, at + 2000], 'the nearest in time');
  assert.equal(step(below, 'below'), null, 'a lane without anything is passed over');
  assert.equal(step(below, 'above')?.lane, 0);
});

test('what selects an item finds it again, those of a span and those without a time too', () => {
  const span = {
    toolCalls: {
      lane: [1],
      turnId: ['turn 3'],
      eventId: ['90'],
      itemId: ['item'],
      innerCall: [false],
      parentCallId: [null],
      tool: ['command_execution'],
      toolName: ['shell'],
      detail: [null],
      terminalStatus: ['failed'],
      failureKind: ['tool_error'],
      approvalOutcome: [null],
      timeSource: ['event' as const],
      startedAtMs: [at + 4500],
      completedAtMs: [at + 4900],
      durationMs: [400],
      executionDurationMs: [300],
    },
    approvals: {
      lane: [],
      turnId: [],
      eventId: [],
      reviewer: [],
      subjectName: [],
      status: [],
      timeSource: [],
      startedAtMs: [],
      completedAtMs: [],
      durationMs: [],
    },
    hookRuns: { lane: [], turnId: [], eventId: [], status: [], hookName: [], hookSource: [], atMs: [], timeSource: [] },
    complete: true,
  };
  const inner = innerOf(scene, span);
  assert.deepEqual([...inner.rows], [1], 'a call lies in the row of its turn');
  const all = tablesOf(timeline, span);
  for (const item of [...scene.items.all, ...scene.timeless, ...inner.items.all])
    assert.equal(findItem(scene, inner, all, selectionOf(all, item)), item);
  assert.equal(findItem(scene, inner, all, { kind: 'thread', threadId: 'elsewhere' }), null);
});

test('inner calls lie on their cell and say which it is, and the cell how many it made', () => {
  const calls = {
    record: ['cell', 'exec-1', 'exec-2', 'wait'],
    inner: [false, true, true, false],
    tool: ['dynamic_tool_call', 'command_execution', 'file_change', 'dynamic_tool_call'],
    name: ['exec', 'unified_exec', 'apply_patch', 'wait'],
  };
  const each = <T>(value: T): T[] => calls.record.map(() => value);
  const span = {
    toolCalls: {
      lane: each(1),
      turnId: each('turn 3'),
      eventId: ['90', '91', '92', '93'],
      itemId: calls.record,
      innerCall: calls.inner,
      parentCallId: [null, 'cell', 'cell', 'cell'],
      tool: calls.tool,
      toolName: calls.name,
      detail: each(null),
      terminalStatus: each('completed'),
      failureKind: each(null),
      approvalOutcome: each(null),
      timeSource: each('event' as const),
      startedAtMs: [at + 4000, at + 4200, at + 4600, at + 4900],
      completedAtMs: [at + 4400, at + 4500, at + 9700, at + 4950],
      durationMs: each(null),
      executionDurationMs: each(null),
    },
    approvals: {
      lane: [],
      turnId: [],
      eventId: [],
      reviewer: [],
      subjectName: [],
      status: [],
      timeSource: [],
      startedAtMs: [],
      completedAtMs: [],
      durationMs: [],
    },
    hookRuns: { lane: [], turnId: [], eventId: [], status: [], hookName: [], hookSource: [], atMs: [], timeSource: [] },
    complete: true,
  };
  const inner = innerOf(scene, span);
  const told = inner.items.all.map((item) => describe(tablesOf(timeline, span), item, { clock: 'utc', start: at }));
  assert.deepEqual(
    told.map(({ what, lines }) => [what, lines[0]]),
    [
      ['Cell, exec', '2 inner calls'],
      ['Inner call, unified_exec', 'in cell cell'],
      ['Inner call, apply_patch', 'in cell cell'],
      ['Tool call, wait', 'waits for cell cell'],
    ],
  );
  const layout = layoutOf(scene, Uint32Array.of(1), false);
  const { inner: drawn } = frameOf({
    scene,
    layout,
    view: fullView(timeScale({ from: at, to: at + 10_000 }, []), 1000),
    top: 0,
    height: 500,
    inner,
  });
  const [cell, ...others] = drawn;
  assert.ok(cell);
  for (const { x, y, width, height } of others.slice(1))
    assert.ok(
      x > cell.x && x + width <= cell.x + cell.width && y > cell.y && y + height < cell.y + cell.height,
      'inside of it, though it answered before and they outlive the turn',
    );
  assert.ok(cell.x + cell.width < 840, 'and of its turn');
  assert.deepEqual(
    others.map(({ shown }) => shown.kind),
    ['tool call', 'inner call', 'inner call'],
    'and above it for a pointer',
  );
});
