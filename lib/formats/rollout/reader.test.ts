import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { factsOf, readRollout, rolloutLines, rolloutNames, rolloutVersions } from '../../testing/rollouts.ts';
import type { RolloutOutput } from './facts.ts';
import { isRolloutLine } from './reader.ts';

const wrapped = (type: string, payload: object, timestamp = '2026-11-22T12:00:00.000Z'): string =>
  JSON.stringify({ timestamp, type, payload });
const meta = (id: string, more: object = {}): string =>
  wrapped('session_meta', {
    id,
    timestamp: '2026-11-22T12:00:00.000Z',
    cli_version: '0.122.0',
    source: 'cli',
    ...more,
  });
const started = (turnId: string): string =>
  wrapped('event_msg', { type: 'task_started', turn_id: turnId, started_at: 1795348800 });
const ended = (turnId: string, more: object = {}): string =>
  wrapped('event_msg', {
    type: 'task_complete',
    turn_id: turnId,
    last_agent_message: 'Done.',
    completed_at: 1795348801,
    duration_ms: 900,
    ...more,
  });
const said = (message: string): string => wrapped('event_msg', { type: 'user_message', message });

test('spawned threads name their parents, four threads deep, in every version', () => {
  for (const version of rolloutVersions.filter((each) => rolloutNames(each).includes('spawner'))) {
    const threads = ['spawner', 'spawned-depth-1', 'spawned-depth-2', 'spawned-depth-3'].flatMap((name) =>
      factsOf(readRollout(rolloutLines(version, name)), 'thread'),
    );
    assert.deepEqual(
      threads.map(({ depth }) => depth),
      [null, 1, 2, 3],
    );
    assert.deepEqual(
      threads.slice(1).map(({ parentThreadId }) => parentThreadId),
      threads.slice(0, 3).map(({ threadId }) => threadId),
    );
    assert.deepEqual(
      threads.map(({ subagentSource }) => subagentSource),
      [null, 'thread_spawn', 'thread_spawn', 'thread_spawn'],
    );
  }
});

test('the history that forks and subagents copy is not told again', () => {
  for (const [version, name, turns, calls] of [
    ['0.122.0', 'fork', 2, 1],
    ['0.122.0', 'fork-of-a-fork', 1, 0],
    ['0.122.0', 'spawned-from-context', 1, 1],
    ['0.142.5', 'spawned-from-context', 1, 1],
    ['0.169.0', 'fork', 2, 1],
    ['0.169.0', 'spawned-from-context', 1, 1],
    ['0.169.0', 'spawned-with-history', 1, 4],
  ] as const) {
    const outputs = readRollout(rolloutLines(version, name));
    assert.deepEqual(
      [factsOf(outputs, 'turn').length, factsOf(outputs, 'tool_call').length, factsOf(outputs, 'thread').length],
      [turns, calls, 1],
      `${version} ${name}`,
    );
  }
});

test("a guardian that starts from another one's history copies its compaction, which is not told again", () => {
  const outputs = readRollout(rolloutLines('0.169.0', 'guardian-timed-out'));
  assert.deepEqual(factsOf(outputs, 'compaction'), []);
  assert.deepEqual(
    factsOf(outputs, 'guardian_review').map(({ terminalStatus, failureReason, attempts }) => ({
      terminalStatus,
      failureReason,
      attempts,
    })),
    [{ terminalStatus: 'timed_out', failureReason: 'timeout', attempts: 1 }],
  );
});

test('three attempts at one review are one review', () => {
  const failed = factsOf(readRollout(rolloutLines('0.169.0', 'guardian')), 'guardian_review').filter(
    ({ terminalStatus }) => terminalStatus === 'failed_closed',
  );
  assert.deepEqual(
    failed.map(({ failureReason, attempts }) => [failureReason, attempts]),
    [
      ['parse_error', 3],
      ['session_error', 3],
      ['session_error', 1],
    ],
  );
});

test('a guardian of 0.122 names the thread under review only in its prompts', () => {
  const [thread] = factsOf(readRollout(rolloutLines('0.122.0', 'guardian')), 'thread');
  assert.deepEqual(
    [thread?.subagentSource, thread?.parentThreadId, thread?.title],
    ['guardian', '01a20321-ccb5-7163-8b1b-adfa2fa6bede', null],
  );
});

test('compactions say how sure their tokens and their place are', () => {
  const of = (version: '0.122.0' | '0.142.5' | '0.169.0', name: string) =>
    factsOf(readRollout(rolloutLines(version, name)), 'compaction').map(
      ({ phase, tokensBefore, tokensBeforeExact, tokensAfter }) => [
        phase,
        tokensBefore,
        tokensBeforeExact,
        tokensAfter,
      ],
    );
  assert.deepEqual(of('0.122.0', 'compacted-before-turn'), [['pre_turn', 91300, true, 7763]]);
  assert.deepEqual(of('0.122.0', 'compacted-mid-turn'), [
    ['mid_turn', 121300, false, 12535],
    ['mid_turn', 112100, false, 14535],
  ]);
  assert.deepEqual(of('0.142.5', 'compacted-remotely'), [['pre_turn', 91300, false, 7662]]);
  assert.deepEqual(of('0.169.0', 'compacted-remotely'), [['pre_turn', 91900, true, 8618]]);
  assert.deepEqual(of('0.169.0', 'compacted-by-hand'), [['standalone_turn', 68020, true, 10423]]);
});

test('tasks that are no turns in analytics are known', () => {
  const tasks = (version: '0.122.0' | '0.169.0', name: string) =>
    factsOf(readRollout(rolloutLines(version, name)), 'turn').map(({ task, reported }) => `${task} ${reported}`);
  assert.deepEqual(tasks('0.169.0', 'compacted-by-hand'), [
    'regular true',
    'regular true',
    'regular true',
    'compaction false',
  ]);
  assert.deepEqual(tasks('0.122.0', 'reviewed').slice(0, 3), ['regular true', 'review false', 'review false']);
  assert.deepEqual(tasks('0.122.0', 'reviewer'), ['review false']);
  assert.ok(tasks('0.122.0', 'shell').includes('shell false'));
});

test('without titles no text of a message leaves the reader', () => {
  for (const version of rolloutVersions) {
    for (const name of rolloutNames(version)) {
      const outputs = readRollout(rolloutLines(version, name), { titles: false });
      assert.deepEqual(
        factsOf(outputs, 'thread').map(({ title }) => title),
        [null],
      );
      assert.ok(!JSON.stringify(outputs).includes('[p'), 'scripted prompts carry a mark');
    }
  }
});

test('rollouts one behind the other are read as several, in any order', () => {
  const names = ['forked', 'fork', 'fork-of-a-fork', 'spawner', 'spawned-from-context', 'guardian'];
  const alone = names.map((name) => readRollout(rolloutLines('0.122.0', name)));
  for (const order of [
    [0, 1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1, 0],
    [4, 0, 3, 2, 5, 1],
  ]) {
    const outputs = readRollout(order.flatMap((index) => rolloutLines('0.122.0', names[index] ?? '')));
    const withoutLines = (list: readonly RolloutOutput[]) =>
      list.map((output) => (output.kind === 'fact' ? output.fact : output));
    assert.deepEqual(
      withoutLines(outputs),
      order.flatMap((index) => withoutLines(alone[index] ?? [])),
    );
  }
});

test('a file from before September 2025 gives its thread, turns and calls', () => {
  const outputs = readRollout([
    '{"id":"c3c4b301-27c8-4c70-b6e4-46b99fdf0236","timestamp":"2025-08-18T01:16:13.522Z","instructions":null,"git":{"commit_hash":"abc123","branch":"main"}}',
    '{"record_type":"state"}',
    '{"type":"message","role":"user","content":[{"type":"input_text","text":"<environment_context>\\n<cwd>/x</cwd>\\n</environment_context>"}]}',
    '{"type":"message","role":"user","content":[{"type":"input_text","text":"Fix the build"}]}',
    '{"type":"function_call","id":null,"name":"shell","arguments":"{}","call_id":"call_1"}',
    '{"type":"function_call_output","call_id":"call_1","output":"{\\"output\\":\\"ok\\",\\"metadata\\":{\\"exit_code\\":2,\\"duration_seconds\\":0.1}}"}',
    '{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Done."}]}',
    '{"type":"message","role":"user","content":[{"type":"input_text","text":"Once more"}]}',
  ]);
  assert.ok(outputs.every(({ kind }) => kind === 'fact'));
  assert.deepEqual(
    factsOf(outputs, 'thread').map(({ threadId, threadSource, createdAt, title, git }) => [
      threadId,
      threadSource,
      createdAt,
      title,
      git.branch,
    ]),
    [['c3c4b301-27c8-4c70-b6e4-46b99fdf0236', 'user', Date.UTC(2025, 7, 18, 1, 16, 13, 522), 'Fix the build', 'main']],
  );
  assert.deepEqual(
    factsOf(outputs, 'turn').map(({ turnId, status, statusInferred, toolCalls }) => [
      turnId,
      status,
      statusInferred,
      toolCalls,
    ]),
    [
      ['turn-1', null, false, 1],
      ['turn-2', null, false, 0],
    ],
  );
  assert.deepEqual(
    factsOf(outputs, 'tool_call').map(({ tool, toolName, terminalStatus, exitCode }) => [
      tool,
      toolName,
      terminalStatus,
      exitCode,
    ]),
    [['command_execution', 'shell', 'failed', 2]],
  );
});

/** Formats a value as `jq -S .` does, with all members in order, but on one line. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

test('a rollout that another tool wrote again is read the same', () => {
  for (const version of rolloutVersions) {
    for (const name of rolloutNames(version)) {
      const lines = rolloutLines(version, name);
      const again = lines.map((line) => JSON.stringify(sorted(JSON.parse(line)), null, 1).replaceAll('\n', ' '));
      assert.deepEqual(readRollout(again), readRollout(lines), `${version} ${name}`);
    }
  }
});

test('records that nobody knows are named, each time', () => {
  const outputs = readRollout([
    meta('a'),
    wrapped('future_record', { type: 'x' }),
    wrapped('event_msg', { type: 'future_event' }),
    wrapped('response_item', { type: 'future_item' }),
    wrapped('event_msg', { type: 'item_completed', item: { type: 'Future', id: 'i' } }),
  ]);
  assert.deepEqual(
    outputs.flatMap((output) => (output.kind === 'unknown' ? [[output.line, output.type]] : [])),
    [
      [2, 'rollout.future_record'],
      [3, 'rollout.event_msg.future_event'],
      [4, 'rollout.response_item.future_item'],
      [5, 'rollout.item_completed.Future'],
    ],
  );
});

test('broken lines are named with their place and cost nothing else', () => {
  const turn = '01a20320-4c64-7380-a202-3788b1ee6e0f';
  const lines = [
    wrapped('event_msg', { type: 'user_message', message: 'too early' }),
    meta('a'),
    started(turn).slice(0, 60),
    started(turn),
    'no JSON',
    '[1]',
    '{"some":"object"}',
    wrapped('response_item', { type: 'message', role: 'assistant', content: [] }).slice(0, -4),
    `${wrapped('turn_context', {}).slice(0, -1)},}`,
    '',
    ended(turn),
  ];
  const outputs = readRollout(lines);
  assert.deepEqual(
    outputs.flatMap((output) => (output.kind === 'broken' ? [[output.line, output.code]] : [])),
    [
      [1, 'not_a_rollout'],
      [3, 'truncated_json'],
      [5, 'invalid_json'],
      [6, 'not_a_rollout'],
      [7, 'not_a_rollout'],
      [8, 'truncated_json'],
      [9, 'invalid_json'],
    ],
  );
  assert.deepEqual(
    factsOf(outputs, 'turn').map(({ turnId }) => turnId),
    [turn],
  );
});

test('hostile content does no harm', () => {
  const deep = `{"timestamp":"2026-11-22T12:00:00.000Z","type":"turn_context","payload":{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
  const outputs = readRollout([
    meta('__proto__', { source: { subagent: { __proto__: { a: 1 }, constructor: 1 } }, git: null }),
    '{"timestamp":"x","type":"session_meta","payload":{"__proto__":{"polluted":1}}}',
    started('constructor'),
    deep,
    said('<environment_context>'.repeat(1000)),
    wrapped('event_msg', {
      type: 'token_count',
      info: { total_token_usage: { total_tokens: -1, input_tokens: 2 ** 60 }, last_token_usage: 'x' },
    }),
    ended('constructor', { error: { codex_error_info: { __proto__: 1 } } }),
  ]);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  assert.deepEqual(
    factsOf(outputs, 'thread').map(({ threadId, title }) => [threadId, title]),
    [['__proto__', null]],
  );
  assert.ok(outputs.some((output) => output.kind === 'broken' && output.code === 'nested_too_deep'));
});

test('every line of every rollout is recognised, and lines of other logs are not', () => {
  for (const version of rolloutVersions) {
    for (const name of rolloutNames(version)) assert.ok(rolloutLines(version, name).every(isRolloutLine));
    assert.ok(!rolloutLines(version, 'analytics').some(isRolloutLine));
  }
  assert.ok(isRolloutLine('{"id":"x","timestamp":"2025-08-18T01:16:13.522Z","instructions":null}'));
  assert.ok(
    isRolloutLine(
      '{ "timestamp": "2025-08-18T01:16:13.522Z", "type": "event_msg", "payload": { "type": "token_count" } }',
    ),
  );
  assert.ok(
    isRolloutLine('{"payload":{"type":"token_count"},"timestamp":"2025-08-18T01:16:13.522Z","type":"event_msg"}'),
  );
  for (const other of [
    '',
    '{}',
    '{"events":[]}',
    '{"event_type":"codex_turn_event","event_params":{}}',
    '{"schema_version":1,"record_type":"codex_analytics_event","payload":{}}',
    '{"timestamp":"x","level":"INFO","fields":{}}',
  ])
    assert.ok(!isRolloutLine(other), other);
});

/** The identity of a fact, and the members that may still become known. */
function keyOf({ fact }: Extract<RolloutOutput, { kind: 'fact' }>): string {
  switch (fact.kind) {
    case 'thread':
      return `thread ${fact.threadId}`;
    case 'turn':
      return `turn ${fact.turnId}`;
    case 'compaction':
      return `compaction ${fact.turnId} ${fact.time}`;
    case 'guardian_review':
      return `review ${fact.guardianTurnId}`;
    case 'thread_name':
      return `name ${fact.namedAt} ${fact.name}`;
    case 'tool_call':
      return `call ${fact.turnId} ${fact.itemId}`;
  }
}

test('a rollout that ends anywhere gives an earlier state of the same facts', () => {
  const files = rolloutVersions.flatMap((version) =>
    rolloutNames(version).map((name) => rolloutLines(version, name).join('\n')),
  );
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
      const whole = new Map(
        readRollout(text.split('\n')).flatMap((output) =>
          output.kind === 'fact' ? [[keyOf(output), output] as const] : [],
        ),
      );
      for (const output of readRollout(text.slice(0, Math.floor(text.length * share)).split('\n'))) {
        if (output.kind === 'broken')
          assert.ok(['truncated_json', 'invalid_json', 'not_a_rollout'].includes(output.code));
        if (output.kind !== 'fact') continue;
        // A review's turn is named only by its end.
        if (output.fact.kind === 'turn' && output.fact.task === 'review') continue;
        const full = whole.get(keyOf(output));
        assert.ok(full, keyOf(output));
        assert.equal(output.line, full.line);
        if (output.fact.kind === 'turn' && full.fact.kind === 'turn') {
          assert.ok(output.fact.status === null || output.fact.status === full.fact.status);
          assert.ok((output.fact.tokens?.total ?? 0) <= (full.fact.tokens?.total ?? 0));
        }
        if (output.fact.kind === 'compaction' && full.fact.kind === 'compaction')
          assert.ok(output.fact.tokensAfter === null || output.fact.tokensAfter === full.fact.tokensAfter);
      }
    }),
    { numRuns: 300 },
  );
});
