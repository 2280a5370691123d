import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from './outcomes.ts';
import { titleOf } from './title.ts';

test("a title is the user's first words, on one line, cut between words", () => {
  assert.equal(titleOf('  Fix\n\tthe   build  '), 'Fix the build');
  const long = titleOf('word '.repeat(60));
  assert.ok(long && long.length <= 101 && long.endsWith('word…'));
  assert.equal(titleOf('x'.repeat(300)), `${'x'.repeat(100)}…`);
  assert.equal(titleOf('👍'.repeat(150)), `${'👍'.repeat(100)}…`);
  assert.equal(titleOf('a\u202eb\u0000c'), 'a b c');
});

test('instructions and environment blocks are no title', () => {
  for (const message of [
    '',
    '<environment_context><cwd>/x</cwd></environment_context>',
    '<user_instructions>\nBe brief.\n</user_instructions>',
    '<turn_aborted>\nstopped',
    '<hook_prompt hook_run_id="1">Lint</hook_prompt>',
    '# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\nBe brief.\n</INSTRUCTIONS>',
    '<subagent_notification>{}</subagent_notification>',
    '<INSTRUCTIONS>a</INSTRUCTIONS>',
  ])
    assert.equal(titleOf(message), null, message);
  assert.equal(
    titleOf('<environment_context>x</environment_context>\n<user_instructions>y</user_instructions>\nHello'),
    'Hello',
  );
  assert.equal(titleOf('# AGENTS.md instructions for /x\n<INSTRUCTIONS>a</INSTRUCTIONS>\nHello'), 'Hello');
  assert.equal(
    titleOf('# Context from my IDE setup:\n## Open tabs:\n- a.ts\n## My request for Codex:\nHello'),
    'Hello',
  );
  assert.equal(titleOf('<div>why is this not centred?</div>'), '<div>why is this not centred?</div>');
});

test('what a call answered says how it ended', () => {
  const of = (tool: string, output: unknown) => {
    const { terminalStatus, exitCode, reached } = outcomeOf(
      tool,
      JSON.stringify({ type: 'function_call_output', call_id: 'c', output }),
    );
    return [terminalStatus, exitCode, reached];
  };
  assert.deepEqual(
    of(
      'command_execution',
      'Chunk ID: 1\nWall time: 0.1 seconds\nProcess exited with code 0\nOutput:\nrejected by user',
    ),
    ['completed', 0, true],
  );
  assert.deepEqual(of('command_execution', '{"output":"…","metadata":{"exit_code":127,"duration_seconds":0.1}}'), [
    'failed',
    127,
    true,
  ]);
  assert.deepEqual(of('command_execution', 'Exit code: 1\nWall time: 0.1 seconds'), ['failed', 1, true]);
  assert.deepEqual(
    of('command_execution', 'exec_command failed: CreateProcess { message: "Rejected(\\"rejected by user\\")" }'),
    ['rejected', null, true],
  );
  assert.deepEqual(of('command_execution', 'Command blocked by PreToolUse hook: no. Command: ls'), [
    'rejected',
    null,
    false,
  ]);
  assert.deepEqual(of('command_execution', 'aborted by user after 1.9s'), ['failed', null, false]);
  assert.deepEqual(of('file_change', 'apply_patch verification failed: no such line'), ['failed', null, false]);
  assert.deepEqual(of('mcp_tool_call', [{ type: 'input_text', text: 'order 3 paid' }]), ['completed', null, true]);
  assert.deepEqual(of('dynamic_tool_call', 'unsupported call: x'), ['failed', null, false]);
});
