import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvent } from './read-event.ts';

const turn = (params: object) =>
  readEvent({
    event_type: 'codex_turn_event',
    event_params: { thread_id: 't', turn_id: 'u', status: 'completed', ...params },
  });
const problem = (result: ReturnType<typeof readEvent>) =>
  result.ok ? null : [result.problem.code, result.problem.message];

test('whole seconds become milliseconds, and a completion of 0 is unknown', () => {
  const result = turn({ started_at: 1795348971, completed_at: 0 });
  assert.ok(result.ok);
  assert.deepEqual(
    [result.event.startedAt, result.event.endedAt, result.event.time],
    [1795348971000, null, 1795348971000],
  );
});

test('a resumption repeats the creation of its thread, and has no time of its own', () => {
  for (const [mode, time] of [
    ['new', 1795348971000],
    ['resumed', null],
  ] as const) {
    const result = readEvent({
      event_type: 'codex_thread_initialized',
      event_params: { thread_id: 't', initialization_mode: mode, created_at: 1795348971 },
    });
    assert.ok(result.ok);
    assert.deepEqual([result.event.startedAt, result.event.time], [1795348971000, time]);
  }
});

test('a figure of the wrong type rejects the event and is named', () => {
  assert.deepEqual(problem(turn({ input_tokens: '12' })), [
    'wrong_type',
    'codex_turn_event has an event_params.input_tokens of the wrong type: number is expected.',
  ]);
  assert.deepEqual(problem(turn({ status: 7 }))?.[0], 'wrong_type');
  assert.deepEqual(problem(turn({ thread_id: 7 }))?.[0], 'wrong_type');
});

test('negative tokens and numbers beyond 2^53 are out of range', () => {
  assert.deepEqual(problem(turn({ input_tokens: -1 }))?.[0], 'out_of_range');
  assert.deepEqual(problem(turn({ input_tokens: 2 ** 60 }))?.[0], 'out_of_range');
});

test('a missing or empty id is a missing field', () => {
  assert.deepEqual(problem(turn({ turn_id: undefined })), [
    'missing_field',
    'codex_turn_event lacks event_params.turn_id.',
  ]);
  assert.deepEqual(problem(turn({ turn_id: null }))?.[0], 'missing_field');
  assert.deepEqual(problem(turn({ turn_id: '' }))?.[0], 'missing_field');
  assert.deepEqual(problem(readEvent({ event_type: 'codex_turn_event' }))?.[0], 'missing_field');
});

test('a wrong type elsewhere is repaired to null', () => {
  const result = turn({ sampling_ms: 'long', runtime: { codex_rs_version: 5 }, input_tokens: 3 });
  assert.ok(result.ok && result.event.kind === 'turn');
  assert.deepEqual(result.repaired, ['runtime.codex_rs_version', 'sampling_ms']);
  assert.deepEqual([result.event.params.sampling_ms, result.event.params.input_tokens], [null, 3]);
});

test('a repair names each field once, and of a list the list', () => {
  const result = readEvent({
    event_type: 'rollout_tool_call',
    event_params: {
      thread_id: 't',
      turn_id: 'u',
      item_id: 'i',
      tool: 'collab',
      receiver_thread_ids: [1, 'a', 2],
      duration_ms: -1.5,
    },
  });
  assert.deepEqual(result.ok && result.repaired, ['duration_ms', 'receiver_thread_ids']);
});

test('a text that is too long is repaired, and an id, a type or the text of a figure rejected', () => {
  const [fits, long] = ['x'.repeat(4096), 'x'.repeat(4097)];
  assert.equal(problem(turn({ model: fits, status: 'completed' })), null);
  const read = readEvent({
    event_type: 'codex_turn_event',
    event_params: { thread_id: 't', turn_id: 'u', status: 'completed', model: long },
  });
  assert.deepEqual(read.ok && read.repaired, ['model']);
  assert.deepEqual(problem(turn({ turn_id: long }))?.[0], 'out_of_range');
  assert.deepEqual(problem(turn({ status: long }))?.[0], 'out_of_range');
  assert.equal(readEvent({ event_type: 'x'.repeat(512), event_params: {} }).ok, true);
  assert.deepEqual(problem(readEvent({ event_type: 'x'.repeat(513), event_params: {} })), [
    'out_of_range',
    'The event_type is too long to name a type.',
  ]);
});

test('ids that are no UUIDs are taken as they are', () => {
  const result = turn({ turn_id: 'auto-compact-0' });
  assert.equal(result.ok && result.event.turnId, 'auto-compact-0');
});

test('both spellings of compaction and command execution are one', () => {
  const result = readEvent({ event_type: 'codex_compaction', event_params: { thread_id: 't', turn_id: 'u' } });
  assert.equal(result.ok && result.event.type, 'codex_compaction_event');
});

test('an unknown event type is an event, whatever its fields hold', () => {
  const result = readEvent({
    event_type: 'codex_future_event',
    event_params: { thread_id: 't', turn_id: 5, occurred_at_ms: 9 },
  });
  assert.ok(result.ok);
  assert.deepEqual(
    [result.event.kind, result.event.threadId, result.event.turnId, result.event.time],
    ['unknown', 't', null, 9],
  );
});

test('an unknown enum value is kept', () => {
  const result = turn({ status: 'paused' });
  assert.equal(result.ok && result.event.outcome, 'paused');
});

test('what has no event_type is no event', () => {
  for (const value of [null, 5, 'x', [], {}, { event_type: 5 }, { event_type: '' }])
    assert.equal(problem(readEvent(value))?.[0], 'not_an_event');
});

test('hostile keys do no harm', () => {
  const result = readEvent(
    JSON.parse(
      '{"event_type":"codex_turn_event","event_params":{"__proto__":{"polluted":1},"constructor":5,"thread_id":"t","turn_id":"u","sampling_ms":"x"}}',
    ),
  );
  assert.ok(result.ok);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.deepEqual(problem(readEvent({ event_type: '__proto__', event_params: {} })), null);
});
