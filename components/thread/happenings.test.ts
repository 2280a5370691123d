import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Compaction, HookRun } from '@/lib/queries/shapes.ts';
import { happeningsByTurn } from './happenings.ts';

const place = (eventId: string, turnId: string | null) => ({ eventId, threadId: 't', turnId });
const compaction = (eventId: string, turnId: string | null, startedAt: string | null): Compaction => ({
  ...place(eventId, turnId),
  source: 'analytics',
  inferred: false,
  tokensBeforeExact: true,
  startedAt,
  completedAt: null,
  trigger: null,
  reason: null,
  implementation: null,
  phase: null,
  strategy: null,
  status: null,
  errorKind: null,
  tokensBefore: null,
  tokensAfter: null,
  tokensSaved: null,
  refillTurns: null,
  refillMs: null,
  storm: false,
  durationMs: null,
});
const hookRun = (eventId: string, turnId: string | null, time: string | null): HookRun => ({
  ...place(eventId, turnId),
  time,
  timeSource: 'turn',
  hookName: null,
  hookSource: null,
  handlerType: null,
  executionMode: null,
  status: null,
  model: null,
});
const none = { compactions: [], hookRuns: [], guardianReviews: [], toolCalls: [], approvals: [] };

test('what happened in a turn is in the order of its times, then of the log; without a time it comes last', () => {
  const early = '2026-11-22T12:00:00.000Z';
  const late = '2026-11-22T12:00:01.000Z';
  const turns = happeningsByTurn({
    ...none,
    compactions: [compaction('9', 'a', early), compaction('2', 'a', null)],
    hookRuns: [hookRun('10', 'a', early), hookRun('1', 'a', late), hookRun('3', null, late)],
  });
  assert.deepEqual(
    turns.get('a')?.map(({ record }) => record.eventId),
    ['9', '10', '1', '2'],
  );
  assert.deepEqual(
    turns.get(null)?.map(({ record }) => record.eventId),
    ['3'],
  );
});
