#!/usr/bin/env node
// Writes a large synthetic Codex analytics log with the shapes and sizes of the real one, and beside it the truth about
// it.
//
//   node gen-log.mjs --events 400000 --out big.jsonl [--seed 1] [--format capture|sink|bare|backend] [--shuffle]
//
// Every event is a real event of ../../public/samples/codex-0.169.0.jsonl with its ids, times, links and outcomes
// replaced, so field sets and line sizes are real. The same arguments give the same bytes. BIG.truth.json holds totals
// that were counted while generating, not by reading the log back.
//   capture  one POST body a line, 1 to 4 events each      sink     one envelope a line, with recorded_at_epoch_millis
//   bare     one event a line                              backend  the collector's text log (Python literals)
//   --shuffle   events arrive out of order within windows of 200 (parents may come after their children)
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: opt } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    out: { type: 'string', default: 'big.jsonl' },
    seed: { type: 'string', default: '1' },
    format: { type: 'string', default: 'capture' },
    shuffle: { type: 'boolean', default: false },
  },
});

// xoshiro128** seeded through splitmix32
function randomSource(seed) {
  let s = seed >>> 0;
  const mix = () => {
    s = (s + 0x9e3779b9) | 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let [a, b, c, d] = [mix(), mix(), mix(), mix()];
  return () => {
    const r = Math.imul(((b * 5) << 7) | ((b * 5) >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return r / 4294967296;
  };
}
const random = randomSource(Number(opt.seed));
const int = (lo, hi) => lo + Math.floor(random() * (hi - lo + 1));
const pick = (list) => list[Math.floor(random() * list.length)];
const weighted = (table) => {
  let r = random() * table.reduce((n, [, w]) => n + w, 0);
  for (const [v, w] of table) if ((r -= w) < 0) return v;
  return table.at(-1)[0];
};
const hex = (n) => {
  let s = '';
  while (s.length < n)
    s += Math.floor(random() * 4294967296)
      .toString(16)
      .padStart(8, '0');
  return s.slice(0, n);
};
const uuid = (ms) => {
  const t = ms.toString(16).padStart(12, '0');
  return `${t.slice(0, 8)}-${t.slice(8)}-7${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
};

const corpus = path.join(import.meta.dirname, '../../public/samples/codex-0.169.0.jsonl');
const samples = new Map();
for (const line of fs.readFileSync(corpus, 'utf8').split('\n')) {
  if (!line) continue;
  for (const event of JSON.parse(line).events) {
    if (!samples.has(event.event_type)) samples.set(event.event_type, []);
    samples.get(event.event_type).push(event);
  }
}
const sample = (type, change) => {
  const e = structuredClone(pick(samples.get(type)));
  Object.assign(e.event_params, change);
  return e;
};

const truth = {
  events: 0,
  lines: 0,
  threads: { total: 0, user: 0, subagent: 0, guardian: 0 },
  maxDepth: 0,
  rootsByTreeSize: {},
  turns: { total: 0, completed: 0, failed: 0, interrupted: 0 },
  tokens: { input: 0, output: 0, total: 0 },
  compactions: { total: 0, completed: 0, failed: 0, interrupted: 0, tokensBefore: 0, tokensAfter: 0, tokensSaved: 0 },
  compactionsByTriggerPhase: {},
  hooks: { total: 0, completed: 0, failed: 0, blocked: 0, stopped: 0 },
  hooksByNameSource: {},
  guardian: { total: 0, approved: 0, denied: 0, aborted: 0, timedOut: 0, failedClosed: 0 },
  guardianByRiskDecision: {},
  timeRange: { from: null, to: null },
};
const count = (table, key, n = 1) => {
  table[key] = (table[key] ?? 0) + n;
};
const camel = { timed_out: 'timedOut', failed_closed: 'failedClosed' };

const out = fs.openSync(opt.out, 'w');
let buffered = '';
const write = (line) => {
  truth.lines++;
  buffered += line + '\n';
  if (buffered.length > 1 << 20) {
    fs.writeSync(out, buffered);
    buffered = '';
  }
};
const python = (v) =>
  v === null || v === undefined
    ? 'None'
    : v === true
      ? 'True'
      : v === false
        ? 'False'
        : typeof v === 'number'
          ? String(v)
          : typeof v === 'string'
            ? v.includes("'") && !v.includes('"')
              ? `"${v.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}"`
              : `'${v.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
            : Array.isArray(v)
              ? `[${v.map(python).join(', ')}]`
              : `{${Object.entries(v)
                  .map(([k, x]) => `${python(k)}: ${python(x)}`)
                  .join(', ')}}`;
let batch = [];
let batchSize = 1;
const emitters = {
  capture({ event }) {
    batch.push(event);
    if (batch.length >= batchSize) flushBatch();
  },
  bare({ event }) {
    write(JSON.stringify(event));
  },
  sink({ event, at }) {
    const p = event.event_params;
    write(
      JSON.stringify({
        schema_version: 1,
        recorded_at_epoch_millis: at,
        record_type: 'codex_analytics_event',
        session_id: p.session_id ?? null,
        thread_id: p.thread_id ?? null,
        turn_id: p.turn_id ?? null,
        payload: event,
      }),
    );
  },
  backend({ event, at }) {
    write(
      `INFO | ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} | codex_backend.routers.analytics_events | analytics_events.track_analytics_events:526 | Tracked ${event.event_type} event params=${python(event.event_params)} | `,
    );
  },
};
const flushBatch = () => {
  if (batch.length) write(JSON.stringify({ events: batch }));
  batch = [];
  batchSize = weighted([
    [1, 8],
    [2, 1],
    [4, 1],
  ]);
};
const emit =
  emitters[opt.format] ??
  (() => {
    throw new Error(`unknown format ${opt.format}`);
  });
let window = [];
const send = (event, at) => {
  truth.events++;
  if (!opt.shuffle) return emit({ event, at });
  window.push({ event, at });
  if (window.length >= 200) drain();
};
const drain = () => {
  for (let i = window.length - 1; i > 0; i--) {
    const j = int(0, i);
    [window[i], window[j]] = [window[j], window[i]];
  }
  window.forEach(emit);
  window = [];
};

const target = Number(opt.events);
let now = 1_776_000_000_000; // 2026-04-12, ms
const seen = (ms) => {
  truth.timeRange.from = Math.min(truth.timeRange.from ?? ms, ms);
  truth.timeRange.to = Math.max(truth.timeRange.to ?? ms, ms);
};
const models = [
  ['gpt-5.3-codex', 6],
  ['gpt-5.5', 3],
  ['gpt-6-sol', 1],
];
const versions = [
  ['0.160.0', 2],
  ['0.166.0', 3],
  ['0.169.0', 5],
];

while (truth.events < target) tree();
if (opt.shuffle) drain();
if (opt.format === 'capture') flushBatch();
fs.writeSync(out, buffered);
fs.closeSync(out);
fs.writeFileSync(opt.out.replace(/\.[^./]*$/, '') + '.truth.json', JSON.stringify(truth, null, 2) + '\n');
console.log(`${truth.events} events, ${truth.lines} lines, ${fs.statSync(opt.out).size} bytes`);

/** Makes one user thread with its subagents: widths and depths vary, a few trees are deep. */
function tree() {
  now += int(1_000, 120_000);
  const root = {
    session: null,
    codex: weighted(versions),
    model: weighted(models),
    source: weighted([
      ['cli', 5],
      ['vscode', 4],
      ['exec', 2],
    ]),
    size: 0,
  };
  thread(
    root,
    null,
    0,
    weighted([
      [0, 50],
      [1, 25],
      [2, 15],
      [4, 6],
      [8, 3],
      [40, 1],
    ]),
  );
  count(truth.rootsByTreeSize, root.size);
}
function common(root, id, parent, kind) {
  const client = { cli: 'codex-tui', vscode: 'codex_vscode', exec: 'codex_exec' }[root.source];
  return {
    thread_id: id,
    session_id: (root.session ??= id),
    app_server_client: {
      product_client_id: client,
      client_name: client,
      client_version: root.codex,
      rpc_transport: root.source === 'vscode' ? 'stdio' : 'in_process',
      experimental_api_enabled: true,
    },
    runtime: {
      codex_rs_version: root.codex,
      runtime_os: 'linux',
      runtime_os_version: '12.0.0',
      runtime_arch: 'x86_64',
    },
    thread_source: { user: 'user', subagent: 'subagent', guardian: 'guardian_review' }[kind],
    subagent_source: { user: null, subagent: 'thread_spawn', guardian: 'guardian' }[kind],
    parent_thread_id: parent,
  };
}
function thread(root, parent, depth, maxDepth, kind = parent ? 'subagent' : 'user') {
  now += int(5, 900);
  const id = uuid(now);
  const base = common(root, id, parent, kind);
  root.size++;
  truth.threads.total++;
  truth.threads[kind]++;
  truth.maxDepth = Math.max(truth.maxDepth, depth);
  const created = Math.floor(now / 1000);
  seen(created * 1000);
  send(
    sample('codex_thread_initialized', {
      ...base,
      model: root.model,
      ephemeral: false,
      initialization_mode: 'new',
      forked_from_thread_id: null,
      created_at: created,
    }),
    now,
  );
  if (kind === 'guardian') return id;
  const turns = depth === 0 ? int(1, 8) : int(1, 2);
  for (let i = 0; i < turns; i++) turn(root, base, depth, i === 0);
  // wide near the root, a chain below: a tree 40 deep has tens of threads, not millions
  const children =
    depth >= maxDepth
      ? 0
      : depth > 3
        ? 1
        : weighted([
            [1, 6],
            [2, 3],
            [5, 1],
          ]);
  for (let i = 0; i < children; i++) thread(root, id, depth + 1, maxDepth);
  return id;
}
function turn(root, base, depth, first) {
  const id = uuid(now);
  const started = Math.floor(now / 1000);
  hook(base, id, root, 'UserPromptSubmit');
  if (random() < 0.12) compaction(base, id, 'auto', 'pre_turn');
  const tools = int(0, 6);
  for (let i = 0; i < tools; i++) {
    hook(base, id, root, 'PreToolUse');
    now += int(20, 4_000);
    if (random() < 0.06) {
      guardian(root, base, id, depth);
    }
    const ms = int(3, 2_500);
    send(
      sample('codex_command_execution_event', {
        ...base,
        turn_id: id,
        root_turn_id: id,
        item_id: `call_${hex(24)}`,
        started_at_ms: now,
        completed_at_ms: now + ms,
        duration_ms: ms,
        execution_duration_ms: ms,
        exit_code: weighted([
          [0, 9],
          [1, 1],
        ]),
        terminal_status: 'completed',
        failure_kind: null,
      }),
      now + ms,
    );
    seen(now);
    seen(now + ms);
    now += ms;
    hook(base, id, root, 'PostToolUse');
    if (random() < 0.03) compaction(base, id, 'auto', 'mid_turn');
  }
  now += int(200, 9_000);
  const status = weighted([
    ['completed', 90],
    ['failed', 4],
    ['interrupted', 6],
  ]);
  const input = int(2_000, 240_000),
    output = int(50, 6_000);
  const completed = Math.floor(now / 1000);
  seen(started * 1000);
  seen(completed * 1000);
  truth.turns.total++;
  truth.turns[status]++;
  truth.tokens.input += input;
  truth.tokens.output += output;
  truth.tokens.total += input + output;
  send(
    sample('codex_turn_event', {
      ...base,
      turn_id: id,
      root_turn_id: id,
      model: root.model,
      status,
      turn_error: status === 'failed' ? 'internalServerError' : null,
      is_first_turn: first,
      total_tool_call_count: tools,
      shell_command_count: tools,
      file_change_count: 0,
      mcp_tool_call_count: 0,
      dynamic_tool_call_count: 0,
      subagent_tool_call_count: 0,
      web_search_count: 0,
      image_generation_count: 0,
      input_tokens: input,
      cached_input_tokens: Math.floor(input * 0.7),
      output_tokens: output,
      reasoning_output_tokens: Math.floor(output / 3),
      total_tokens: input + output,
      duration_ms: (completed - started) * 1000,
      started_at: started,
      completed_at: completed,
    }),
    now,
  );
  hook(base, id, root, 'Stop');
  if (depth === 0 && random() < 0.04) compaction(base, uuid(now), 'manual', 'standalone_turn');
}
function compaction(base, turnId, trigger, phase) {
  const started = Math.floor(now / 1000);
  now += int(2_000, 20_000);
  const completed = Math.floor(now / 1000);
  seen(started * 1000);
  seen(completed * 1000);
  const status = weighted([
    ['completed', 93],
    ['failed', 5],
    ['interrupted', 2],
  ]);
  const before = int(20_000, 258_000);
  const after = status === 'completed' ? (random() < 0.01 ? before + int(1, 500) : int(3_000, 40_000)) : before;
  const t = truth.compactions;
  t.total++;
  t[status]++;
  if (status === 'completed') {
    t.tokensBefore += before;
    t.tokensAfter += after;
    t.tokensSaved += before - after;
  }
  count(truth.compactionsByTriggerPhase, `${trigger} ${phase} ${status}`);
  send(
    sample('codex_compaction_event', {
      ...base,
      turn_id: turnId,
      trigger,
      reason: trigger === 'manual' ? 'user_requested' : 'context_limit',
      implementation: weighted([
        ['responses', 1],
        ['responses_compaction_v2', 3],
      ]),
      phase,
      strategy: 'memento',
      status,
      codex_error_kind: status === 'failed' ? 'stream' : null,
      active_context_tokens_before: before,
      active_context_tokens_after: after,
      started_at: started,
      completed_at: completed,
      duration_ms: (completed - started) * 1000,
    }),
    now,
  );
}
function hook(base, turnId, root, name) {
  if (random() < 0.35) return;
  const source = weighted([
    ['user', 5],
    ['project', 4],
    ['plugin', 1],
  ]);
  const status = weighted([
    ['completed', 93],
    ['failed', 3],
    ['blocked', 3],
    ['stopped', 1],
  ]);
  truth.hooks.total++;
  truth.hooks[status]++;
  count(truth.hooksByNameSource, `${name} ${source} ${status}`);
  send(
    {
      event_type: 'codex_hook_run',
      event_params: {
        thread_id: base.thread_id,
        turn_id: turnId,
        product_client_id: base.app_server_client.product_client_id,
        model_slug: root.model,
        hook_name: name,
        hook_source: source,
        handler_type: 'command',
        execution_mode: 'sync',
        status,
      },
    },
    now,
  );
}
function guardian(root, base, turnId, depth) {
  const guardianThread = thread(root, base.thread_id, depth + 1, 0, 'guardian');
  const started = Math.floor(now / 1000);
  const ms = int(700, 20_000);
  now += ms;
  const completed = Math.floor(now / 1000);
  seen(started * 1000);
  seen(completed * 1000);
  const status = weighted([
    ['approved', 80],
    ['denied', 12],
    ['failed_closed', 4],
    ['timed_out', 2],
    ['aborted', 2],
  ]);
  const judged = status === 'approved' || status === 'denied';
  const risk = judged
    ? status === 'approved'
      ? weighted([
          ['low', 7],
          ['medium', 2],
          ['high', 1],
        ])
      : weighted([
          ['high', 3],
          ['critical', 1],
        ])
    : null;
  const decision = status === 'approved' ? 'approved' : status === 'aborted' ? 'aborted' : 'denied';
  truth.guardian.total++;
  truth.guardian[camel[status] ?? status]++;
  count(truth.guardianByRiskDecision, `${risk} ${decision}`);
  send(
    sample('codex_guardian_review', {
      ...base,
      thread_source: undefined,
      subagent_source: undefined,
      parent_thread_id: undefined,
      turn_id: turnId,
      review_id: uuid(now),
      target_item_id: `call_${hex(24)}`,
      decision,
      terminal_status: status,
      failure_reason:
        { failed_closed: pick(['parse_error', 'session_error']), timed_out: 'timeout', aborted: 'cancelled' }[status] ??
        null,
      risk_level: risk,
      user_authorization: judged ? pick(['high', 'medium', 'low', 'unknown']) : null,
      outcome: judged ? (status === 'approved' ? 'allow' : 'deny') : null,
      guardian_thread_id: guardianThread,
      completion_latency_ms: ms,
      time_to_first_token_ms: Math.floor(ms / 3),
      started_at: started,
      completed_at: completed,
    }),
    now,
  );
}
