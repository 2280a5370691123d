import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf, readRollout } from '../../testing/rollouts.ts';
import { shapeLines } from '../../testing/shapes.ts';
import type { RolloutOutput } from './facts.ts';
import { isRolloutLine } from './reader.ts';

interface Usage {
  readonly input: number;
  readonly output: number;
}
const at = (seconds: number, day = '2025-10-05'): string =>
  new Date(Date.parse(`${day}T10:00:00.000Z`) + seconds * 1000).toISOString();
const line = (timestamp: string, type: string, payload: object): string => JSON.stringify({ timestamp, type, payload });
const event = (timestamp: string, type: string, more: object = {}): string =>
  line(timestamp, 'event_msg', { type, ...more });
const said = (timestamp: string, text: string): string =>
  line(timestamp, 'response_item', { type: 'message', role: 'user', content: [{ type: 'input_text', text }] });
const answered = (timestamp: string): string =>
  line(timestamp, 'response_item', {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text: 'Done.' }],
  });
const asked = (timestamp: string, text: string): string[] => [
  said(timestamp, text),
  event(timestamp, 'user_message', { message: text, kind: 'plain' }),
];
const usage = ({ input, output }: Usage) => ({
  input_tokens: input,
  cached_input_tokens: 0,
  output_tokens: output,
  reasoning_output_tokens: 0,
  total_tokens: input + output,
});
const counted = (timestamp: string, total: Usage | null, last: Usage | null): string =>
  event(timestamp, 'token_count', {
    info: {
      ...(total && { total_token_usage: usage(total) }),
      ...(last && { last_token_usage: usage(last) }),
      model_context_window: 258400,
    },
  });
const meta = (timestamp: string, id: string, more: object = {}): string =>
  line(timestamp, 'session_meta', { id, timestamp, cwd: '/work', cli_version: '0.55.0', source: 'cli', ...more });
const old = '0199b3d0-5900-7001-8000-00009e3779b1';

const unread = (outputs: readonly RolloutOutput[]) => outputs.filter(({ kind }) => kind !== 'fact');
const turnsOf = (outputs: readonly RolloutOutput[]) => factsOf(outputs, 'turn').filter(({ reported }) => reported);
const tokensOf = (outputs: readonly RolloutOutput[]): number =>
  turnsOf(outputs).reduce((sum, { tokens }) => sum + (tokens?.total ?? 0), 0);
const titleOf = (outputs: readonly RolloutOutput[]) =>
  factsOf(outputs, 'thread')
    .map(({ title }) => title)
    .join();
const shape = (name: string): RolloutOutput[] => readRollout(shapeLines(name));
const endsOf = (lines: readonly string[]) =>
  turnsOf(readRollout(lines)).map(({ completedAt, status, statusInferred, endInferred, durationMs }) => [
    completedAt && new Date(completedAt).toISOString(),
    status,
    statusInferred,
    endInferred,
    durationMs,
  ]);

test('a turn that no line ends: it ends with its own last line, and how it ended is not known', () => {
  const idle = shapeLines('01-old-no-task-events-idle-night');
  const [first, second] = [
    ['2025-10-05T10:00:41.001Z', null, false, true, 40_000],
    ['2025-10-06T00:00:09.001Z', null, false, true, 9000],
  ];
  assert.deepEqual(endsOf(idle), [first, second]);
  // Lines that Codex writes when it resumes the thread the next day do not belong to the turn before.
  const [restored = ''] = idle.filter((text) => text.includes('"10:00:40') || text.includes('T10:00:40'));
  const taken = [
    meta('2025-10-05T23:59:58.000Z', old),
    restored.replace('2025-10-05T10:00:40.000Z', '2025-10-05T23:59:58.100Z'),
    said('2025-10-05T23:59:59.000Z', '<environment_context>\n<cwd>/x</cwd>\n</environment_context>'),
  ];
  const night = idle.findIndex((text) => text.includes('2025-10-06'));
  assert.deepEqual(endsOf([...idle.slice(0, night), ...taken, ...idle.slice(night)]), [first, second]);
  const context = idle[4]?.replace('2025-10-05T10:00:01.002Z', '2025-10-05T23:59:59.500Z') ?? '';
  assert.deepEqual(endsOf([...idle.slice(0, night), context, ...idle.slice(night)]), [first, second]);
  // Cut before, in and after the next prompt.
  for (const more of [0, 1]) assert.deepEqual(endsOf(idle.slice(0, night + more)), [first]);
  assert.deepEqual(endsOf(idle.slice(0, night + 2)), [first, ['2025-10-06T00:00:00.001Z', null, false, true, 0]]);
  assert.deepEqual(endsOf(idle.slice(0, 5)), [['2025-10-05T10:00:01.002Z', null, false, true, 1]]);
});

test('a turn that a crash ended: the resume of the next day is no part of it', () => {
  const turn = (id: string, seconds: number): string[] => [
    event(at(seconds), 'task_started', { turn_id: id }),
    line(at(seconds), 'turn_context', { turn_id: id, model: 'm' }),
    ...asked(at(seconds + 1), 'Go on'),
  ];
  const lines = [
    meta(at(0), old),
    ...turn('a', 1),
    answered(at(9)),
    meta(at(50_000), old),
    event(at(50_000), 'thread_settings_applied', { thread_settings: { model: 'm' } }),
    ...turn('b', 50_001),
    answered(at(50_009)),
    event(at(50_010), 'task_complete', { turn_id: 'b', last_agent_message: 'x', duration_ms: 9 }),
  ];
  assert.deepEqual(endsOf(lines), [
    [at(9), null, false, true, 8000],
    [at(50_010), 'completed', false, false, 9],
  ]);
  assert.deepEqual(endsOf(lines.slice(0, 5)), [[at(2), null, false, true, 1000]]);
});

test("a fork of the time before turn ids: the copied turns are the parent's, however slowly they were copied", () => {
  assert.deepEqual([turnsOf(shape('30-old-fork-parent')).length, tokensOf(shape('30-old-fork-parent'))], [3, 18_300]);
  const fork = shapeLines('30a-old-fork-slow-copy');
  const told = (lines: readonly string[]) => {
    const outputs = readRollout(lines);
    return [
      turnsOf(outputs).length,
      tokensOf(outputs),
      titleOf(outputs),
      factsOf(outputs, 'thread')[0]?.model,
      factsOf(outputs, 'turn')[0]?.turnId,
    ];
  };
  const right = [1, 9100, 'three, but otherwise', 'gpt-5-codex', 'turn-3'];
  assert.deepEqual(told(fork), right);
  // Copied in one go, and more slowly: a pause in the middle of a turn is no prompt.
  const own = fork.findIndex((text) => text.includes('10:10:20.000Z'));
  const paced = (times: readonly number[]) =>
    fork.map((text, index) =>
      index === 0 || index >= own
        ? text
        : text.replace(
            /"timestamp":"[^"]*"/,
            `"timestamp":"${new Date(Date.parse('2025-11-05T10:10:00.000Z') + (times[index] ?? 0)).toISOString()}"`,
          ),
    );
  assert.deepEqual(told(paced(fork.map((_, index) => index))), right);
  assert.deepEqual(told(paced(fork.map((_, index) => index * 700))), right);
  assert.deepEqual(told(paced(fork.map((_, index) => index * 100 + (index > 4 ? 3000 : 0)))), right);
  // A fork that has not gone on yet, and one that names its source.
  assert.deepEqual(told(fork.slice(0, own)).slice(0, 3), [0, 0, '']);
  assert.deepEqual(
    told([
      fork[0]?.replace('"source":', '"forked_from_id":"019a5375-7d00-702e-8000-001c6df7ddce","source":') ?? '',
      ...fork.slice(1),
    ]),
    right,
  );
});

test('a segment and a fork without copied history: the totals that they restore are no request of theirs', () => {
  assert.equal(tokensOf(shape('08-repeat-segment-1')) + tokensOf(shape('08-repeat-segment-2')), 190_500);
  assert.equal(tokensOf(shape('09-repeat-fork')), 20_500);
  const fork = shapeLines('09-repeat-fork');
  const [restored = '', request = ''] = fork.filter((text) => text.includes('"token_count"'));
  const without = fork.filter((text) => text !== restored && text !== request);
  const answer = without.findIndex((text) => text.includes('"role":"assistant"'));
  const among = (...counts: [before: string[], behind: string[]]) =>
    tokensOf(
      readRollout([
        ...without.slice(0, answer),
        ...counts[0],
        ...without.slice(answer, answer + 1),
        ...counts[1],
        ...without.slice(answer + 1),
      ]),
    );
  assert.equal(
    among([restored, restored], [request]),
    20_500,
    'repeated twice, and the request counted behind the answer',
  );
  assert.equal(among([], [request]), 20_500, 'nothing repeated');
  assert.equal(among([request], []), 20_500, 'nothing repeated, and the request counted before the answer');
  assert.equal(among([restored, request, request], []), 20_500, 'the request repeated');
});

test('a segment behind one request: its restored totals look like those of a new thread', () => {
  const lines = (continued: object, counts: readonly string[]) => [
    meta(at(0), old, continued),
    event(at(1), 'task_started', { turn_id: 'a' }),
    line(at(1), 'turn_context', { model: 'm' }),
    ...asked(at(2), 'Go on'),
    ...counts,
    answered(at(9)),
    event(at(10), 'task_complete', { turn_id: 'a' }),
  ];
  const [restored, request] = [
    counted(at(3), { input: 8000, output: 200 }, { input: 8000, output: 200 }),
    counted(at(4), { input: 17_000, output: 500 }, { input: 9000, output: 300 }),
  ];
  const base = { history_base: { thread_id: old, end_ordinal_exclusive: 9, end_byte_offset: 1 } };
  assert.equal(tokensOf(readRollout(lines(base, [restored, request]))), 9300);
  assert.equal(tokensOf(readRollout(lines({}, [restored, request]))), 17_500);
});

test('counts with totals only, and with last requests only', () => {
  assert.equal(tokensOf(shape('06-token-count-total-only')), 47_000);
  const turn = (counts: readonly string[]) =>
    tokensOf(readRollout([meta(at(0), old), ...asked(at(1), 'Count'), ...counts, answered(at(9))]));
  const total = (input: number, output: number, seconds = 2) => counted(at(seconds), { input, output }, null);
  assert.equal(turn([total(1000, 10), total(1000, 10), total(3000, 20)]), 3020, 'a total that repeats');
  assert.equal(turn([total(1000, 10), total(500, 5), total(900, 9)]), 1919, 'a counter that starts anew');
  const last = counted(at(2), null, { input: 700, output: 7 });
  assert.equal(turn([last, last, last]), 2121, 'equal requests are requests');
  assert.equal(
    turn([counted(at(2), { input: 1000, output: 10 }, { input: 1000, output: 10 }), total(3000, 20)]),
    3020,
    'now with and now without',
  );
});

test('usage records only: they are what was used', () => {
  const lines = shapeLines('19-token-usage-records-only');
  assert.deepEqual([tokensOf(readRollout(lines)), turnsOf(readRollout(lines))[0]?.contextTokens], [11_300, 6200]);
  const records = lines.filter((text) => text.includes('token_usage_record'));
  assert.equal(
    tokensOf(readRollout(lines.flatMap((text) => (text === records[0] ? [text, text] : [text])))),
    11_300,
    'one response twice',
  );
  const withCounts = lines.flatMap((text) =>
    text === records[0]
      ? [text, counted('2026-10-20T10:00:02.001Z', { input: 5000, output: 100 }, { input: 5000, output: 100 })]
      : text === records[1]
        ? [text, counted('2026-10-20T10:00:03.001Z', { input: 11_000, output: 300 }, { input: 6000, output: 200 })]
        : [text],
  );
  assert.equal(tokensOf(readRollout(withCounts)), 11_300, 'counts beside them');
});

test('no turn_context anywhere: the turns are turns', () => {
  const lines = shapeLines('20-third-party-no-turn-context');
  assert.deepEqual([turnsOf(readRollout(lines)).length, tokensOf(readRollout(lines))], [1, 11_300]);
  const quiet = lines.filter((text) => !text.includes('token_count') && !text.includes('agent_message"'));
  assert.equal(turnsOf(readRollout(quiet)).length, 1, 'with an answer alone');
  const blocked = lines
    .filter((text) => /session_meta|task_started|task_complete|user_message/.test(text))
    .map((text) => text.replace('"last_agent_message":"ok"', '"last_agent_message":null'));
  assert.equal(turnsOf(readRollout(blocked)).length, 0, 'a prompt that was blocked is none');
});

test("a child that replays its parent's lines with their old times: only its own turn is its", () => {
  const [parent, bare, headed] = [
    shapeLines('10-spawn-parent'),
    shapeLines('10a-spawn-child-original-times-no-meta'),
    shapeLines('10b-spawn-child-original-times-with-meta'),
  ];
  assert.equal(tokensOf(readRollout(parent)), 111_700);
  const told = (lines: readonly string[]) => {
    const outputs = readRollout(lines);
    return [
      factsOf(outputs, 'thread').length,
      turnsOf(outputs).length,
      tokensOf(outputs),
      factsOf(outputs, 'tool_call').length,
      titleOf(outputs),
    ];
  };
  const right = [1, 1, 7100, 1, 'Check the tax rules'];
  assert.deepEqual(told(bare), right);
  assert.deepEqual(told(headed), right);
  // The parent was resumed, so that its meta stands twice; and the same without ids of turns.
  const half = headed.findIndex((text) => text.includes('08:00:02.500Z'));
  assert.deepEqual(
    told([
      ...headed.slice(0, half),
      headed[1]?.replace('"timestamp":"2026-09-13T08:00:00.000Z"', '"timestamp":"2026-09-13T08:00:02.100Z"') ?? '',
      ...headed.slice(half),
    ]),
    right,
  );
  const withoutTasks = (lines: readonly string[]) =>
    lines
      .filter((text) => !/task_started|task_complete/.test(text))
      .map((text) => text.replace(/"turn_id":"[^"]*",/, ''));
  for (const lines of [bare, headed]) assert.deepEqual(told(withoutTasks(lines)), right);
  // Parent and child in one file, in either order, are two.
  for (const lines of [
    [...parent, ...headed],
    [...headed, ...parent],
    [...bare, ...parent],
  ]) {
    const outputs = readRollout(lines);
    assert.deepEqual(
      factsOf(outputs, 'thread')
        .map(({ title }) => title)
        .sort(),
      ['Check the tax rules', 'Refactor the billing module'],
    );
    assert.equal(tokensOf(outputs), 118_800);
  }
  // A child that was cut before its own turn has none.
  assert.deepEqual(told(headed.slice(0, 12)), [1, 0, 0, 0, '']);
});

test("/compact between two turns of the time before tasks stands alone, and its request is not the turn's", () => {
  const lines = shapeLines('32-old-manual-compact');
  const told = (some: readonly string[]) => {
    const outputs = readRollout(some);
    return [
      factsOf(outputs, 'compaction').map(({ trigger, phase, tokensBefore, tokensAfter }) => [
        trigger,
        phase,
        tokensBefore,
        tokensAfter,
      ]),
      turnsOf(outputs).map(({ tokens }) => tokens?.total),
    ];
  };
  const alone = ['manual', 'standalone_turn', 150_100, 7000];
  assert.deepEqual(told(lines), [[alone], [150_100, 9100]]);
  assert.deepEqual(
    endsOf(lines).map(([end]) => end),
    ['2025-11-06T10:00:10.001Z', '2025-11-06T11:00:09.001Z'],
  );
  const next = lines.findIndex((text) => text.includes('T11:00'));
  assert.deepEqual(told(lines.slice(0, next)), [[alone], [150_100]], 'nothing followed yet');
  // The model goes on without a prompt: it was compacted in the middle of the turn.
  const went = line('2025-11-06T10:30:05.000Z', 'response_item', {
    type: 'function_call',
    name: 'shell',
    arguments: '{}',
    call_id: 'c',
  });
  assert.deepEqual(told([...lines.slice(0, next), went, ...lines.slice(next)]), [
    [['auto', 'mid_turn', 150_100, 7000]],
    [302_000, 9100],
  ]);
  // The request of the answer is counted behind it, as Codex does.
  const [count = ''] = lines.filter((text) => text.includes('"total_tokens":150100'));
  const answer = lines.findIndex((text) => text.includes('10:00:10.001Z'));
  const later = lines.flatMap((text, index) =>
    text === count ? [] : index === answer ? [text, count.replace('10:00:02.000Z', '10:00:10.002Z')] : [text],
  );
  assert.deepEqual(told(later), [[alone], [150_100, 9100]]);
  // Twice, and after a turn that was interrupted.
  const compaction = [
    counted('2025-11-06T10:40:00.000Z', { input: 308_000, output: 1500 }, { input: 7000, output: 500 }),
    ...lines
      .slice(
        lines.findIndex((text) => text.includes('"compacted"')),
        next,
      )
      .map((text) =>
        text
          .replace('"total_tokens":302000', '"total_tokens":309500')
          .replace('"input_tokens":301000', '"input_tokens":308000')
          .replace('"output_tokens":1000', '"output_tokens":1500'),
      ),
  ];
  assert.deepEqual(told([...lines.slice(0, next), ...compaction, ...lines.slice(next)])[0], [
    alone,
    ['manual', 'standalone_turn', 7000, 7000],
  ]);
  const interrupted = lines.flatMap((text) =>
    text.includes('10:00:10.001Z')
      ? [event('2025-11-06T10:00:11.000Z', 'turn_aborted', { reason: 'interrupted' })]
      : text.includes('10:29:59')
        ? []
        : [text],
  );
  assert.deepEqual(
    factsOf(readRollout(interrupted), 'compaction').map(({ trigger, phase, turnId }) => [trigger, phase, turnId]),
    [['manual', 'standalone_turn', 'compaction-1']],
  );
});

test('items of extensions, and sleeps, are tool calls', () => {
  const outputs = shape('46-extension-and-sleep-items');
  assert.deepEqual(unread(outputs), []);
  assert.deepEqual(
    factsOf(outputs, 'tool_call')
      .map(({ itemId, tool, toolName, terminalStatus }) => [itemId, tool, toolName, terminalStatus])
      .slice(0, 2),
    [
      ['ext_1', 'web_search', 'web_search', 'completed'],
      ['sleep_1', 'control_tool_call', 'sleep', 'completed'],
    ],
  );
  const [other = ''] = shapeLines('46-extension-and-sleep-items').filter((text) => text.includes('ext_1'));
  const [call] = factsOf(
    readRollout([
      meta(at(0), old),
      other
        .replace(/"thread_id":"[^"]*"/, `"thread_id":"${old}"`)
        .replace('web.search', 'mail.send')
        .replace('"completed"', '"failed"'),
    ]),
    'tool_call',
  );
  assert.deepEqual([call?.tool, call?.toolName, call?.terminalStatus], ['dynamic_tool_call', 'mail.send', 'failed']);
});

test('the agent that a call started is known from events as from items, before or behind the answer', () => {
  const lines = shapeLines('22a-sub-agent-activity-event');
  const receivers = (some: readonly string[]) =>
    factsOf(readRollout(some), 'tool_call').map(({ itemId, toolName, terminalStatus, receiverThreadIds }) => [
      itemId,
      toolName,
      terminalStatus,
      receiverThreadIds.join(),
    ]);
  const right = [['call_sp', 'spawn_agent', 'completed', '019f93ff-31b8-79c6-8000-060a522f57e6']];
  assert.deepEqual(receivers(lines), right);
  const [activity = '', answer = ''] = ['sub_agent_activity', 'function_call_output'].map(
    (type) => lines.find((text) => text.includes(`"${type}"`)) ?? '',
  );
  const swapped = lines.map((text) => (text === activity ? answer : text === answer ? activity : text));
  assert.deepEqual(receivers(swapped), right);
  assert.deepEqual(
    receivers(lines.filter((text) => !/"function_call(?:_output)?"/.test(text))),
    right,
    'without the call',
  );
  const ended = event('2026-07-24T12:00:03.010Z', 'collab_agent_spawn_end', {
    call_id: 'call_sp',
    sender_thread_id: 'x',
    new_thread_id: '019f93ff-31b8-79c6-8000-060a522f57e6',
    status: 'running',
  });
  assert.deepEqual(receivers(lines.map((text) => (text === activity ? ended : text))), right);
  const later = activity.replace('"call_sp"', '"other"').replace('"started"', '"interrupted"');
  assert.deepEqual(
    receivers([...lines.slice(0, -1), later, ...lines.slice(-1)]),
    right,
    'what the agent does later is no call',
  );
});

test("an extended history: its error is the turn's, its assessments are reviews", () => {
  const lines = shapeLines('21-extended-error-after-commentary');
  const outputs = readRollout(lines);
  assert.deepEqual(unread(outputs), []);
  assert.deepEqual(
    turnsOf(outputs).map(({ status, statusInferred, error, endInferred }) => [
      status,
      statusInferred,
      error,
      endInferred,
    ]),
    [['failed', false, 'usage_limit_exceeded', false]],
  );
  const reviews = (some: readonly string[]) =>
    factsOf(readRollout(some), 'guardian_review').map(
      ({ reviewId, terminalStatus, riskLevel, actionType, targetItemId, latencyMs }) => [
        reviewId,
        terminalStatus,
        riskLevel,
        actionType,
        targetItemId,
        latencyMs,
      ],
    );
  assert.deepEqual(reviews(lines), [['ga1', 'denied', 'high', 'shell', 'call_ext_1', 3000]]);
  assert.deepEqual(reviews(lines.filter((text) => !text.includes('"in_progress"'))), [
    ['ga1', 'denied', 'high', 'shell', 'call_ext_1', null],
  ]);
  assert.deepEqual(reviews(lines.filter((text) => !text.includes('"denied"'))), [
    ['ga1', null, null, 'shell', 'call_ext_1', null],
  ]);
  const failing = (info: unknown, end = true) =>
    turnsOf(
      readRollout(
        lines.flatMap((text) =>
          text.includes('"error"')
            ? [event('2026-04-25T07:55:07.001Z', 'error', { message: 'x', codex_error_info: info })]
            : !end && text.includes('task_complete')
              ? []
              : [text],
        ),
      ),
    ).map(({ status, error }) => [status, error]);
  assert.deepEqual(failing({ http_connection_failed: { http_status_code: 502 } }), [
    ['failed', 'http_connection_failed'],
  ]);
  assert.deepEqual(failing(undefined), [['failed', 'other']]);
  assert.deepEqual(failing('thread_rollback_failed'), [['completed', null]]);
  assert.deepEqual(
    failing('usage_limit_exceeded', false),
    [['failed', 'usage_limit_exceeded']],
    'the file ends behind the error',
  );
});

test('members in another order, with ordinals: the same rollout', () => {
  const lines = shapeLines('27-sorted-keys-with-ordinals');
  assert.ok(lines.every(isRolloutLine));
  const outputs = readRollout(lines);
  assert.deepEqual([turnsOf(outputs).length, tokensOf(outputs), titleOf(outputs)], [1, 5100, 'bild einfügen']);
  for (const order of [
    ['type', 'payload', 'timestamp', 'ordinal'],
    ['timestamp', 'payload', 'ordinal', 'type'],
    ['payload', 'type', 'timestamp', 'ordinal'],
    ['ordinal', 'timestamp', 'payload', 'type'],
  ]) {
    const again = lines.map((text) => {
      const record: Record<string, unknown> = JSON.parse(text);
      return JSON.stringify(Object.fromEntries(order.map((key) => [key, record[key]])));
    });
    assert.ok(again.every(isRolloutLine), order.join());
    assert.deepEqual(readRollout(again), outputs, order.join());
  }
  for (const other of [
    '{"payload":{"a":1},"type":"x"}',
    '{"ordinal":1,"payload":{"a":1},"timestamp":"x"}',
    '{"payload":{"timestamp":"x","type":"y"}}',
  ])
    assert.ok(!isRolloutLine(other), other);
});

test('bare lines of August 2025: the folder is in the environment block', () => {
  const outputs = shape('02-bare-era-2025-08');
  assert.deepEqual(
    [unread(outputs), factsOf(outputs, 'thread').map(({ cwd }) => cwd), turnsOf(outputs).length, titleOf(outputs)],
    [[], ['/work/beta'], 2, 'Explain the parser'],
  );
  const [head = '', ...rest] = shapeLines('02-bare-era-2025-08').filter(
    (text) => !text.includes('environment_context'),
  );
  const within = (text: string) =>
    factsOf(
      readRollout([
        head,
        JSON.stringify({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }),
        ...rest,
      ]),
      'thread',
    )[0]?.cwd;
  assert.equal(
    within(
      '<environment_context>\nCurrent working directory: /work/old one\nApproval policy: on-request\n</environment_context>',
    ),
    '/work/old one',
  );
  assert.equal(
    within('<environment_context>\n  <cwd>C:\\work\\a &amp; b</cwd>\n</environment_context>'),
    'C:\\work\\a & b',
  );
  assert.equal(within('<user_instructions>\n<cwd>/no</cwd>\n</user_instructions>'), null);
});

test('a preamble of multi-agent mode is no prompt', () => {
  const lines = shapeLines('39d-title-root');
  assert.equal(titleOf(readRollout(lines)), 'Real words');
  for (const preamble of [
    "You are /root, the primary agent in a team of agents collaborating to fulfill the user's goals.\n\nMore.",
    'You are an agent in a team of agents collaborating to complete a task.',
    '<multi_agent_mode>Do.</multi_agent_mode>',
  ]) {
    assert.equal(
      titleOf(
        readRollout(
          lines.map((text) =>
            text.replace(
              'You are `/root`, the primary agent in a team of agents. Do things.',
              JSON.stringify(preamble).slice(1, -1),
            ),
          ),
        ),
      ),
      'Real words',
      preamble,
    );
  }
  assert.equal(
    titleOf(readRollout(lines.map((text) => text.replace('Real words', 'You are a careful reviewer. Look at x')))),
    'You are a careful reviewer. Look at x',
  );
});
