/*
 * A log with one of everything that the Data quality page is about.
 */
const line = (type: string, params: object): string => JSON.stringify({ event_type: type, event_params: params });

/** A user's thread whose id is of 2026-04-12T13:20:12.355Z, and a subagent's of a second later. */
export const oddThread = '019d81d9-9043-7bf2-a215-ca63256af089';
export const wrongClockThread = '019d81d9-942b-7bf2-a215-ca63256af08a';
const created = 1_776_000_012;
const user = { thread_id: oddThread, thread_source: 'user' };
const turn = (turnId: string, params: object): string =>
  line('codex_turn_event', {
    ...user,
    turn_id: turnId,
    status: 'completed',
    started_at: created + 8,
    completed_at: created + 18,
    ...params,
  });
const plainTurn = turn('plain', {
  duration_ms: 10_400,
  input_tokens: 100,
  cached_input_tokens: 50,
  output_tokens: 20,
  reasoning_output_tokens: 10,
  total_tokens: 120,
});
const compaction = (params: object): string =>
  line('codex_compaction_event', { ...user, turn_id: 'plain', status: 'completed', trigger: 'auto', ...params });
const plainCompaction = compaction({ started_at: created + 9, completed_at: created + 10 });
const hookRun = (turnId: string, params: object = {}): string =>
  line('codex_hook_run', {
    thread_id: oddThread,
    turn_id: turnId,
    hook_name: 'PreToolUse',
    hook_source: 'user',
    status: 'completed',
    ...params,
  });

export const oddLog: readonly string[] = [
  line('codex_thread_initialized', { ...user, initialization_mode: 'new', created_at: created }),
  plainTurn,
  plainTurn, // repeats
  turn('odd', {
    duration_ms: 900_000,
    started_at: created - 3600,
    completed_at: created - 3590,
    input_tokens: 10,
    cached_input_tokens: 20,
    output_tokens: 5,
    reasoning_output_tokens: 6,
    total_tokens: 15,
  }),
  turn('repaired', { steer_count: 'many', duration_ms: -1 }), // no usage
  line('codex_thread_initialized', {
    thread_id: wrongClockThread,
    parent_thread_id: oddThread,
    thread_source: 'subagent',
    subagent_source: 'thread_spawn',
    created_at: created + 7201,
  }),
  line('codex_thread_initialized', {
    thread_id: 'older than its parent',
    parent_thread_id: oddThread,
    thread_source: 'subagent',
    subagent_source: 'review',
    created_at: created - 60,
  }),
  line('codex_collab_agent_tool_call_event', {
    ...user,
    turn_id: 'plain',
    item_id: 'spawn',
    tool_name: 'spawn_agent',
    receiver_thread_ids: ['only mentioned'],
    started_at_ms: created * 1000 + 9000,
  }),
  line('codex_hook_run', { thread_id: 'hen', turn_id: 'egg turn', status: 'completed' }),
  line('codex_turn_steer_event', { thread_id: 'hen', parent_thread_id: 'egg', created_at: created + 20 }),
  line('codex_turn_steer_event', { thread_id: 'egg', parent_thread_id: 'hen', created_at: created + 21 }),
  line('codex_turn_steer_event', { thread_id: 'orphan', thread_source: 'subagent', created_at: created + 22 }),
  hookRun('unreported'),
  hookRun('unreported', { mood: 'merry', hook_source: 'moon' }),
  hookRun('plain', { mood: 'grim' }),
  JSON.stringify({
    record_type: 'codex_analytics_event',
    recorded_at_epoch_millis: created * 1000 + 30_000,
    payload: {
      event_type: 'codex_hook_run',
      event_params: { thread_id: oddThread, turn_id: 'plain', status: 'failed' },
    },
  }),
  plainCompaction,
  plainCompaction, // repeats
  compaction({ started_at: created + 40, completed_at: created + 30 }),
  compaction({ started_at: 4_102_444_800 }),
  compaction({ started_at: 1_000_000_000 }),
  line('codex_dream_event', { thread_id: oddThread, occurred_at_ms: created * 1000 + 31_000, dream: 1 }),
  line('codex_dream_event', { thread_id: oddThread, occurred_at_ms: created * 1000 + 61_000, dream: 2 }),
  'this is no JSON',
  '{"events": [',
  '{"an": "object"}',
  line('codex_turn_event', { turn_id: 'nowhere' }),
  line('codex_turn_event', { ...user, turn_id: 'wrong', total_tokens: 'some' }),
  line('codex_turn_event', { ...user, turn_id: 'negative', total_tokens: -1 }),
];
