import assert from 'node:assert/strict';
import test from 'node:test';
import { codeModeAnalytics, codeModeCalls, codeModeRollouts, codeModeThread } from '../testing/code-mode.ts';
import { openDendro, type TestDendro } from '../testing/dendro.ts';
import { threadHappenings } from './happenings.ts';
import type { ToolCall } from './shapes.ts';
import { threadList } from './threads.ts';
import { threadOrigin } from './thread-origin.ts';
import { timelineSpan } from './timeline.ts';
import { turnDetail } from './turn.ts';
import { threadTurns } from './turns.ts';

const callsOf = async ({ store }: TestDendro): Promise<ToolCall[]> => {
  const { threads } = await threadList(store, {}, { limit: 100 });
  return (await Promise.all(threads.map(({ threadId }) => threadHappenings(store, threadId)))).flatMap(
    ({ toolCalls }) => toolCalls,
  );
};
const told = ({ itemId, parentCallId, innerCall }: Pick<ToolCall, 'itemId' | 'parentCallId' | 'innerCall'>): string =>
  `${itemId} ${innerCall ? 'inner' : 'model'} of ${parentCallId ?? 'none'}`;
const byModel = (calls: readonly ToolCall[], thread: string, turn: string): number =>
  calls.filter(({ threadId, turnId, innerCall }) => threadId === thread && turnId === turn && !innerCall).length;

/** The parents that no event states, because these calls ended after their turn: the cells that ran when they began. */
const late = new Map([
  ['exec-bc21af10-886c-4e73-a796-9d5ce36107ba', 'call_16_r0zo4qjq'],
  ['exec-2308b1e0-f84f-4fe9-821e-c2018fe59889', 'call_23_72ujagxf'],
]);
/** The calls as analytics states them. */
const known = codeModeCalls.map((params) => ({
  itemId: String(params.item_id),
  refused: params.terminal_status === 'rejected',
  line: told({
    itemId: String(params.item_id),
    parentCallId:
      late.get(String(params.item_id)) ?? (typeof params.parent_call_id === 'string' ? params.parent_call_id : null),
    innerCall: params.tool_event_type !== 'model_tool_call',
  }),
}));

const inTurns = async ({ store }: TestDendro): Promise<string[]> =>
  (await threadTurns(store, codeModeThread)).turns.map(({ toolCalls, innerCalls }) => `${toolCalls} and ${innerCalls}`);

const logs = {
  analytics: [codeModeAnalytics],
  rollouts: codeModeRollouts,
  'both, analytics first': [codeModeAnalytics, ...codeModeRollouts],
  'both, rollouts first': [...codeModeRollouts, codeModeAnalytics],
};
for (const [name, [first = '', ...rest]] of Object.entries(logs)) {
  test(`cells and their inner calls are one tree, each call once, from ${name}`, async () => {
    await using dendro = await openDendro(first, ...rest);
    const calls = await callsOf(dendro);
    // A call that was refused leaves nothing in its rollout.
    assert.deepEqual(
      calls.map(told).sort(),
      known
        .filter(({ refused }) => name !== 'rollouts' || !refused)
        .map(({ line }) => line)
        .sort(),
    );
    assert.ok(
      calls.every(({ tool, toolName }) => tool !== 'command_execution' || toolName !== 'exec'),
      'no cell is a command',
    );
    assert.equal(
      calls.filter(({ tool, toolName }) => tool === 'dynamic_tool_call' && toolName === 'exec').length,
      known.filter(({ itemId }) =>
        codeModeCalls.some((params) => params.item_id === itemId && params.tool_name === 'exec'),
      ).length,
    );
    assert.deepEqual(await inTurns(dendro), [
      '2 and 3',
      '2 and 1',
      '1 and 2',
      '4 and 0',
      '4 and 2',
      '1 and 12',
      '1 and 0',
      '1 and 1',
      '7 and 0',
      '3 and 0',
      name === 'rollouts' ? '0 and 0' : '1 and 0',
      '0 and 0',
    ]);
    const [twelve] = (await threadTurns(dendro.store, codeModeThread)).turns.filter(
      ({ innerCalls }) => innerCalls === 12,
    );
    assert.ok(twelve);
    const detail = await turnDetail(dendro.store, codeModeThread, twelve.turnId);
    assert.equal(detail?.toolCalls.length, 13);
    assert.equal(byModel(calls, codeModeThread, twelve.turnId), 1);
    const span = await timelineSpan(dendro.store, codeModeThread, { lanes: [0], from: 0, to: Number.MAX_SAFE_INTEGER });
    assert.ok(span);
    const { itemId, innerCall, parentCallId } = span.toolCalls;
    assert.deepEqual(
      itemId
        .map((id, index) =>
          told({ itemId: id, innerCall: innerCall[index] ?? false, parentCallId: parentCallId[index] ?? null }),
        )
        .sort(),
      calls
        .filter(({ threadId }) => threadId === codeModeThread)
        .map(told)
        .sort(),
    );
  });
}

const id = (last: number): string => `01a22896-0000-7000-8000-${String(last).padStart(12, '0')}`;
const at = (milliseconds: number): number => Date.UTC(2026, 10, 29, 18) + milliseconds;
const line = (milliseconds: number, type: string, payload: object): string =>
  JSON.stringify({ timestamp: new Date(at(milliseconds)).toISOString(), type, payload });
const cell = (milliseconds: number, callId: string, input: string): string =>
  line(milliseconds, 'response_item', { type: 'custom_tool_call', call_id: callId, name: 'exec', input });
const answer = (milliseconds: number, callId: string, words: string, type = 'custom_tool_call_output'): string =>
  line(milliseconds, 'response_item', {
    type,
    call_id: callId,
    output: [{ type: 'input_text', text: `${words}\nWall time 0.1 seconds\nOutput:\n` }],
  });
const ran = (milliseconds: number, last: number, item: object = {}): string =>
  line(milliseconds, 'event_msg', {
    type: 'item_completed',
    thread_id: id(1),
    turn_id: id(2),
    item: {
      type: 'CommandExecution',
      id: `exec-${id(last)}`,
      source: 'unified_exec_startup',
      status: 'completed',
      exit_code: 0,
      ...item,
    },
    started_at_ms: at(milliseconds - 5),
    completed_at_ms: at(milliseconds),
  });
/** Returns a rollout of one turn, in which this happened. */
const rolloutOf = (...lines: readonly string[]): string =>
  [
    line(0, 'session_meta', {
      id: id(1),
      timestamp: new Date(at(0)).toISOString(),
      cli_version: '0.150.0',
      source: 'cli',
    }),
    line(1, 'event_msg', { type: 'task_started', turn_id: id(2), started_at: at(0) / 1000 }),
    line(2, 'event_msg', { type: 'user_message', message: 'Work.' }),
    ...lines,
    line(9000, 'event_msg', {
      type: 'task_complete',
      turn_id: id(2),
      last_agent_message: 'Done.',
      completed_at: at(9000) / 1000,
      duration_ms: 9000,
    }),
    '',
  ].join('\n');
const treeOf = async (log: string): Promise<string[]> => {
  await using dendro = await openDendro(log);
  return (await callsOf(dendro))
    .map(
      ({ itemId, tool, toolName, terminalStatus, parentCallId }) =>
        `${itemId.replace(id(0).slice(0, -2), '')} ${tool} ${toolName ?? ''} ${terminalStatus ?? 'open'} < ${parentCallId ?? 'none'}`,
    )
    .sort();
};

test('a call belongs to the cell that ran when it began: of two of one answer to each its own, of one within another to the one within', async () => {
  assert.deepEqual(
    await treeOf(
      rolloutOf(
        cell(100, 'a', 'one'),
        cell(101, 'b', 'two'),
        ran(150, 11),
        answer(200, 'a', 'Script completed'),
        ran(250, 12),
        answer(300, 'b', 'Script failed'),
        cell(400, 'c', 'runs on'),
        answer(500, 'c', 'Script running with cell ID 7'),
        ran(550, 13),
        cell(600, 'd', 'within'),
        ran(650, 14),
        answer(700, 'd', 'Script completed'),
        line(800, 'response_item', { type: 'function_call', call_id: 'w', name: 'wait', arguments: '{"cell_id":"7"}' }),
        ran(850, 15),
        answer(900, 'w', 'Script completed', 'function_call_output'),
      ),
    ),
    [
      'a dynamic_tool_call exec completed < none',
      'b dynamic_tool_call exec failed < none',
      'c dynamic_tool_call exec completed < none',
      'd dynamic_tool_call exec completed < none',
      'exec-11 command_execution unified_exec completed < a',
      'exec-12 command_execution unified_exec completed < b',
      'exec-13 command_execution unified_exec completed < c',
      'exec-14 command_execution unified_exec completed < d',
      'exec-15 command_execution unified_exec completed < c',
      'w dynamic_tool_call wait completed < c',
    ],
  );
});

test('the shell tool of older versions that was called `exec` stays a command, and a wait for agents stays one', async () => {
  assert.deepEqual(
    await treeOf(
      rolloutOf(
        line(100, 'response_item', { type: 'function_call', call_id: 'old', name: 'exec', arguments: '{"cmd":"ls"}' }),
        line(200, 'response_item', { type: 'function_call_output', call_id: 'old', output: 'Exit code: 0\nOutput:\n' }),
        line(300, 'response_item', {
          type: 'function_call',
          call_id: 'agents',
          name: 'wait',
          arguments: '{"ids":["x"]}',
        }),
        line(400, 'response_item', { type: 'function_call_output', call_id: 'agents', output: '{}' }),
      ),
    ),
    ['agents collab_agent_tool_call wait_agent completed < none', 'old command_execution shell completed < none'],
  );
});

test('an agent that a cell starts is a subagent, and its call an inner one', async () => {
  const log = rolloutOf(
    cell(100, 'a', 'await tools.spawn_agent({})'),
    line(150, 'event_msg', {
      type: 'item_completed',
      thread_id: id(1),
      turn_id: id(2),
      item: { type: 'SubAgentActivity', id: `exec-${id(11)}`, kind: 'started', agent_thread_id: id(9) },
      started_at_ms: at(120),
      completed_at_ms: at(150),
    }),
    answer(200, 'a', 'Script completed'),
  );
  assert.deepEqual(await treeOf(log), [
    'a dynamic_tool_call exec completed < none',
    'exec-11 collab_agent_tool_call spawn_agent completed < a',
  ]);
  await using dendro = await openDendro(log);
  const { spawn } = await threadOrigin(dendro.store, { threadId: id(9), parentThreadId: id(1) });
  assert.equal(spawn?.parentCallId, 'a');
  const { threads } = await threadList(dendro.store, {}, { limit: 10 });
  assert.deepEqual(
    threads.map(({ threadId, childCount }) => [threadId, childCount]),
    [[id(1), 1]],
    'the agent stands below the thread of the cell',
  );
});

test('a call whose cell is in no log is still an inner one', async () => {
  assert.deepEqual(await treeOf(rolloutOf(ran(150, 11))), ['exec-11 command_execution unified_exec completed < none']);
});
