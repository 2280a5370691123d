import assert from 'node:assert/strict';
import test from 'node:test';
import { openDendro } from '../testing/dendro.ts';
import { shapeLines } from '../testing/shapes.ts';
import { guardianReviewList } from './guardian.ts';
import { threadLineage } from './thread.ts';
import { threadTurns } from './turns.ts';

const logOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const events = (...list: ReadonlyArray<readonly [type: string, params: object]>): string =>
  logOf(list.map(([event_type, event_params]) => JSON.stringify({ event_type, event_params })));

test('the inferred end of a turn counts until a log says when the turn ended', async () => {
  const thread_id = '0199b3d0-5900-7001-8000-00009e3779b1';
  const idle = logOf(shapeLines('01-old-no-task-events-idle-night'));
  const endOf = async (...logs: string[]) => {
    await using dendro = await openDendro(...logs);
    const turn = (await threadTurns(dendro.store, thread_id)).turns.find(({ turnId }) => turnId === 'turn-1');
    return [turn?.completedAt, turn?.durationMs, turn?.endInferred, turn?.status];
  };
  assert.deepEqual(await endOf(idle), ['2025-10-05T10:00:41.001Z', 40_000, true, null]);
  const sent = events([
    'codex_turn_event',
    { thread_id, turn_id: 'turn-1', status: 'completed', started_at: 1_759_658_401, completed_at: 1_759_658_442 },
  ]);
  assert.deepEqual(await endOf(sent, idle), ['2025-10-05T10:00:42.000Z', null, false, 'completed']);
  assert.deepEqual(await endOf(idle, sent), ['2025-10-05T10:00:42.000Z', null, false, 'completed']);
});

test("a child that only its parent's activity names stands under it", async () => {
  await using dendro = await openDendro(logOf(shapeLines('22a-sub-agent-activity-event')));
  const lineage = await threadLineage(dendro.store, '019f93ff-31b8-79c6-8000-060a522f57e6');
  assert.deepEqual(
    [lineage?.thread.kind, lineage?.thread.seen, lineage?.thread.parentThreadId],
    ['subagent', 'mentioned', '019f93ff-2600-7019-8000-000f736ae249'],
  );
});

test("an assessment in a reviewed thread's rollout counts unless another log tells of the review", async () => {
  const reviewed = logOf(shapeLines('21-extended-error-after-commentary'));
  const review = {
    thread_id: '019dc3a2-8020-7018-8000-000ed5336898',
    turn_id: '019dc3a2-8408-7961-8000-05cbe64c5511',
    review_id: 'ga1',
    guardian_thread_id: 'g',
    terminal_status: 'denied',
    decision: 'denied',
    risk_level: 'high',
    started_at: 1_777_103_703,
  };
  const reviews = async (...logs: string[]) => {
    await using dendro = await openDendro(...logs);
    return (await guardianReviewList(dendro.store, {}, {}, { limit: 10 })).records.map(
      ({ terminalStatus, riskLevel }) => [terminalStatus, riskLevel],
    );
  };
  assert.deepEqual(await reviews(reviewed), [['denied', 'high']]);
  for (const other of [
    events(['codex_guardian_review', review]),
    events(['rollout_guardian_review', { ...review, review_id: 'g/t' }]),
  ]) {
    assert.deepEqual(await reviews(reviewed, other), [['denied', 'high']]);
    assert.deepEqual(await reviews(other, reviewed), [['denied', 'high']]);
  }
});
