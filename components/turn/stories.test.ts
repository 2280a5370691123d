import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Approval, GuardianReview, ToolCall } from '../../lib/queries/shapes.ts';
import { callStories } from './stories.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 3, 12, 13, 20, seconds)).toISOString();
const place = { threadId: 't', turnId: 'u' };
const call = (itemId: string, seconds: number, more: Partial<ToolCall> = {}): ToolCall => ({
  ...place,
  eventId: String(seconds),
  source: 'analytics',
  itemId,
  tool: 'command_execution',
  toolName: 'shell',
  detail: null,
  startedAt: at(seconds),
  completedAt: at(seconds + 1),
  durationMs: 1000,
  executionDurationMs: null,
  approvalOutcome: null,
  terminalStatus: 'completed',
  failureKind: null,
  exitCode: null,
  innerCall: false,
  parentCallId: null,
  cellId: null,
  ...more,
});
const approval = (itemId: string | null, seconds: number, more: Partial<Approval> = {}): Approval => ({
  ...place,
  eventId: `a${seconds}`,
  reviewId: `review-${seconds}`,
  itemId,
  subjectKind: null,
  subjectName: null,
  reviewer: 'guardian',
  trigger: 'initial',
  status: 'denied',
  resolution: 'none',
  startedAt: at(seconds),
  completedAt: at(seconds + 1),
  durationMs: 1000,
  ...more,
});
const review = (targetItemId: string | null, seconds: number, more: Partial<GuardianReview> = {}): GuardianReview => ({
  ...place,
  eventId: `g${seconds}`,
  source: 'analytics',
  reviewId: `review-${seconds}`,
  targetItemId,
  requestSource: null,
  actionType: null,
  decision: null,
  terminalStatus: 'failed_closed',
  failureReason: null,
  riskLevel: null,
  userAuthorization: null,
  outcome: null,
  guardianThreadId: null,
  sessionKind: null,
  guardianModel: null,
  attemptCount: null,
  reviewTimeoutMs: null,
  latencyMs: null,
  startedAt: at(seconds),
  completedAt: at(seconds + 1),
  totalTokens: null,
  ...more,
});

test('a call comes with all who were asked about it, an approval and its review as one', () => {
  const stories = callStories({
    toolCalls: [call('two', 5), call('one', 1)],
    approvals: [approval('one', 3, { reviewer: 'user', reviewId: 'user:0', status: 'approved' }), approval('one', 2)],
    guardianReviews: [review('one', 2), review('two', 6)],
    hookRuns: [],
  });
  assert.deepEqual(
    stories.map(({ call: told, asked }) => [
      told?.itemId,
      asked.map(({ approval: a, review: r }) => [a?.reviewer ?? null, r?.reviewId ?? null]),
    ]),
    [
      [
        'one',
        [
          ['guardian', 'review-2'],
          ['user', null],
        ],
      ],
      ['two', [[null, 'review-6']]],
    ],
  );
});

test('what was asked about a call that left no event is told as well', () => {
  const stories = callStories({
    toolCalls: [call('one', 4)],
    approvals: [approval('gone', 2), approval(null, 9)],
    guardianReviews: [],
    hookRuns: [],
  });
  assert.deepEqual(
    stories.map(({ call: told, itemId }) => [told === null, itemId]),
    [
      [true, 'gone'],
      [false, 'one'],
      [true, null],
    ],
  );
});

test('a refused call is followed by the next one of the same tool, and one that was allowed in the end is not', () => {
  const refused = call('one', 1, { terminalStatus: 'rejected' });
  const other = call('other', 2, { tool: 'mcp_tool_call' });
  const again = call('again', 3, { toolName: 'unified_exec' });
  assert.deepEqual(
    callStories({ toolCalls: [refused, other, again], approvals: [], guardianReviews: [], hookRuns: [] }).map(
      ({ retry }) => retry?.itemId ?? null,
    ),
    ['again', null, null],
  );
  const allowed = callStories({
    toolCalls: [call('one', 1), again],
    approvals: [approval('one', 1), approval('one', 2, { status: 'approved' })],
    guardianReviews: [],
    hookRuns: [],
  });
  assert.equal(allowed[0]?.retry, null);
});

test('a call that was refused without anybody being asked was blocked by a hook, when one blocked', () => {
  const refused = call('one', 1, { terminalStatus: 'rejected' });
  const asked = call('two', 2, { terminalStatus: 'rejected' });
  const byHook = (status: string): boolean[] =>
    callStories({
      toolCalls: [refused, asked],
      approvals: [approval('two', 2)],
      guardianReviews: [],
      hookRuns: [{ hookName: 'PreToolUse', status }],
    }).map(({ blockedByHook }) => blockedByHook);
  assert.deepEqual(byHook('blocked'), [true, false]);
  assert.deepEqual(byHook('failed'), [false, false]);
});

test('what a cell called stands in its story, and what it called stays apart from other cells', () => {
  const cell = (itemId: string, seconds: number): ToolCall =>
    call(itemId, seconds, { tool: 'dynamic_tool_call', toolName: 'exec' });
  const within = (itemId: string, parentCallId: string | null, seconds: number): ToolCall =>
    call(itemId, seconds, { innerCall: true, parentCallId });
  const stories = callStories({
    toolCalls: [
      within('b1', 'b', 6),
      cell('a', 1),
      within('a2', 'a', 3),
      within('a1', 'a', 2),
      cell('b', 5),
      call('wait', 7, { toolName: 'wait', parentCallId: 'a' }),
      within('lost', 'gone', 8),
      within('unknown', null, 9),
    ],
    approvals: [approval('a2', 3)],
    guardianReviews: [],
    hookRuns: [],
  });
  assert.deepEqual(
    stories.map(({ itemId, inner }) => [itemId, inner.map((each) => [each.itemId, each.asked.length])]),
    [
      [
        'a',
        [
          ['a1', 0],
          ['a2', 1],
        ],
      ],
      ['b', [['b1', 0]]],
      ['wait', []],
      ['lost', []],
      ['unknown', []],
    ],
  );
});
