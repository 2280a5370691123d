import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Approval, GuardianReview } from '../../lib/queries/shapes.ts';
import { anatomyOf, waitingOf } from './anatomy.ts';

const none = {
  beforeFirstSamplingMs: null,
  samplingMs: null,
  toolBlockingMs: null,
  compactionMs: null,
  betweenSamplingOverheadMs: null,
  afterLastSamplingMs: null,
};

test('what the parts leave of the duration is named, also when they are more', () => {
  assert.deepEqual(
    [anatomyOf({ ...none, samplingMs: 60 }, 100).rest, anatomyOf({ ...none, samplingMs: 60 }, 100).whole],
    [40, 100],
  );
  assert.deepEqual(
    [anatomyOf({ ...none, samplingMs: 160 }, 100).rest, anatomyOf({ ...none, samplingMs: 160 }, 100).whole],
    [-60, 160],
  );
  assert.deepEqual(
    [anatomyOf({ ...none, samplingMs: 60 }, null).rest, anatomyOf({ ...none, samplingMs: 60 }, null).whole],
    [null, 60],
  );
});

test('zero is a part, unknown is none', () => {
  const { parts } = anatomyOf({ ...none, samplingMs: 0 }, 0);
  assert.deepEqual(
    parts.filter(({ milliseconds }) => milliseconds !== null).map(({ name }) => name),
    ['Sampling'],
  );
});

const at = (milliseconds: number): string => new Date(Date.UTC(2026, 3, 12) + milliseconds).toISOString();
const approval = (reviewer: string, from: number, to: number, reviewId: string): Approval => ({
  eventId: '1',
  threadId: 't',
  turnId: 'u',
  reviewId,
  itemId: null,
  subjectKind: null,
  subjectName: null,
  reviewer,
  trigger: null,
  status: null,
  resolution: null,
  startedAt: at(from),
  completedAt: at(to),
  durationMs: null,
});
const review = (reviewId: string, from: number, latencyMs: number): GuardianReview => ({
  eventId: '2',
  threadId: 't',
  turnId: 'u',
  source: 'analytics',
  reviewId,
  targetItemId: null,
  requestSource: null,
  actionType: null,
  decision: null,
  terminalStatus: null,
  failureReason: null,
  riskLevel: null,
  userAuthorization: null,
  outcome: null,
  guardianThreadId: null,
  sessionKind: null,
  guardianModel: null,
  attemptCount: null,
  reviewTimeoutMs: null,
  latencyMs,
  startedAt: at(from),
  completedAt: null,
  totalTokens: null,
});

test('waiting for people and for the guardian is told apart, and what overlaps counts once in all', () => {
  assert.deepEqual(
    waitingOf(
      [approval('user', 0, 100, 'user:0'), approval('user', 50, 150, 'user:1'), approval('guardian', 100, 300, 'one')],
      [review('one', 0, 5000), review('two', 400, 50)],
    ),
    { people: 150, guardian: 250, all: 350 },
  );
  assert.deepEqual(waitingOf([], []), { people: 0, guardian: 0, all: 0 });
});
