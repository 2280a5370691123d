import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogue } from './catalogue.ts';
import { unknownsIn } from './inventory.ts';
import { knownFields } from './known-fields.ts';

const logs = [
  'lib/testing/logs/codex-0.122.0.jsonl',
  'lib/testing/logs/codex-0.142.5.jsonl',
  'public/samples/codex-0.169.0.jsonl',
];

for (const log of logs) {
  test(`nothing in ${log} is unknown`, () => {
    const events = readFileSync(log, 'utf8')
      .trimEnd()
      .split('\n')
      .flatMap((line) => JSON.parse(line).events);
    assert.ok(events.length > 600);
    for (const { event_type, event_params } of events)
      assert.deepEqual(unknownsIn(event_type, event_params), [], event_type);
  });
}

test('every event type of Codex has an inventory, except the one whose fields nobody has seen', () => {
  const fromCodex = [...catalogue.keys()].filter((type) => !type.startsWith('rollout_') && type !== 'turn_metadata');
  assert.deepEqual(
    fromCodex.filter((type) => !Object.hasOwn(knownFields, type)),
    ['codex_cua_tool_call_started'],
  );
  assert.deepEqual(
    Object.keys(knownFields).filter((type) => !catalogue.has(type)),
    [],
  );
  assert.deepEqual(unknownsIn('codex_cua_tool_call_started', { anything: 1 }), []);
});

test('a new field is unknown wherever the inventory looks, by its path', () => {
  const params = {
    thread_id: 't',
    mood: 'fine',
    app_server_client: { client_name: 'codex-tui', theme: 'dark' },
    runtime: { codex_rs_version: '0.200.0', libc: 'musl' },
  };
  assert.deepEqual(unknownsIn('codex_compaction_event', params), [
    { what: 'field', field: 'mood' },
    { what: 'field', field: 'app_server_client.theme' },
    { what: 'field', field: 'runtime.libc' },
  ]);
});

test('a field of one event is unknown in another', () => {
  assert.deepEqual(unknownsIn('codex_hook_run', { hook_name: 'Stop', duration_ms: 5 }), [
    { what: 'field', field: 'duration_ms' },
  ]);
  assert.deepEqual(unknownsIn('codex_plugin_enabled', { plugin_id: 'p', decision: 'approved' }), [
    { what: 'field', field: 'decision' },
  ]);
});

test('fields and values of older versions stay known', () => {
  assert.deepEqual(
    unknownsIn('codex_compaction_event', { error: 'Stopped by release freeze.', implementation: 'responses_compact' }),
    [],
  );
  assert.deepEqual(
    unknownsIn('codex_turn_event', { approval_policy: 'on-failure', approvals_reviewer: 'guardian_subagent' }),
    [],
  );
  assert.deepEqual(unknownsIn('skill_invocation', { repo_url: null }), []);
});

test('what a collector adds is known', () => {
  assert.deepEqual(unknownsIn('codex_thread_initialized', { thread_id: 't', product_surface: 'codex' }), []);
  assert.deepEqual(
    unknownsIn('codex_guardian_review', {
      thread_id: 't',
      thread_source: null,
      subagent_source: null,
      parent_thread_id: null,
    }),
    [],
  );
});

test('a new value of an enum is unknown', () => {
  assert.deepEqual(unknownsIn('codex_hook_run', { hook_name: 'PreDeploy', hook_source: 'user', status: 'skipped' }), [
    { what: 'value', field: 'hook_name', value: 'PreDeploy' },
    { what: 'value', field: 'status', value: 'skipped' },
  ]);
  assert.deepEqual(unknownsIn('codex_turn_event', { app_server_client: { rpc_transport: 'pigeon' } }), [
    { what: 'value', field: 'app_server_client.rpc_transport', value: 'pigeon' },
  ]);
});

test('an open set has no unknown values', () => {
  assert.deepEqual(
    unknownsIn('codex_turn_event', {
      thread_source: 'release-train',
      model: 'new',
      turn_trigger: 'new',
      subagent_source: 'new',
      reasoning_effort: 'new',
    }),
    [],
  );
});

test('an enum value is only judged when it is a string', () => {
  assert.deepEqual(
    unknownsIn('codex_turn_event', {
      status: null,
      sandbox_policy: 5,
      approval_policy: { granular: true },
      turn_error: { newKind: { a: 1 } },
    }),
    [],
  );
  assert.deepEqual(unknownsIn('codex_turn_event', { turn_error: 'newKind' }), [
    { what: 'value', field: 'turn_error', value: 'newKind' },
  ]);
});

test('a reviewed action is judged by its type', () => {
  const review = (reviewed_action: unknown) => unknownsIn('codex_guardian_review', { reviewed_action });
  assert.deepEqual(
    review({
      type: 'unified_exec',
      sandbox_permissions: 'require_escalated',
      additional_permissions: { file_system: { read: ['/'] } },
      tty: false,
    }),
    [],
  );
  assert.deepEqual(review({ type: 'shell', sandbox_permissions: 'use_nothing', tty: true }), [
    { what: 'value', field: 'reviewed_action.sandbox_permissions', value: 'use_nothing' },
    { what: 'field', field: 'reviewed_action.tty' },
  ]);
  assert.deepEqual(review({ type: 'browse', url: 'x' }), [
    { what: 'value', field: 'reviewed_action.type', value: 'browse' },
  ]);
  for (const action of [null, 'shell', [], {}, { type: 5, url: 'x' }]) assert.deepEqual(review(action), []);
});

test('free forms are not looked into', () => {
  assert.deepEqual(
    unknownsIn('codex_accepted_line_fingerprints', { line_fingerprints: [{ path_hash: 'a', new_hash: 'b' }] }),
    [],
  );
  assert.deepEqual(unknownsIn('codex_plugin_measurement_event', { dimensions: { region: 'eu' } }), []);
});

test('hostile names are unknown fields and do no harm', () => {
  const params = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":5,"toString":"x","status":"constructor","reviewed_action":{"type":"__proto__"},"runtime":{"__proto__":1}}',
  );
  assert.deepEqual(unknownsIn('codex_guardian_review', params), [
    { what: 'field', field: '__proto__' },
    { what: 'field', field: 'constructor' },
    { what: 'field', field: 'toString' },
    { what: 'field', field: 'status' },
    { what: 'value', field: 'reviewed_action.type', value: '__proto__' },
    { what: 'field', field: 'runtime.__proto__' },
  ]);
  assert.deepEqual(unknownsIn('__proto__', params), []);
  assert.equal(Reflect.get({}, 'polluted'), undefined);
});

test('long names and values are cut to 100 characters', () => {
  const long = 'x'.repeat(5000);
  assert.deepEqual(unknownsIn('codex_turn_event', { [long]: 1, status: long, runtime: { [long]: 1 } }), [
    { what: 'field', field: 'x'.repeat(100) },
    { what: 'value', field: 'status', value: 'x'.repeat(100) },
    { what: 'field', field: `runtime.${'x'.repeat(92)}` },
  ]);
});
