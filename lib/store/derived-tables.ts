import { anatomy, usage, type Columns, type ColumnType } from './columns.ts';

/** The figures of a thread that add up along a tree, each also present as `subtree_…`. Whole numbers. */
export const threadFigures = [
  'turns',
  'turns_completed',
  'turns_failed',
  'turns_interrupted',
  'turns_unreported',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'total_tokens',
  'guardian_tokens',
  'compactions',
  'compactions_completed',
  'tokens_saved',
  'storms',
  'hooks_completed',
  'hooks_failed',
  'hooks_blocked',
  'hooks_stopped',
  'guardian_approved',
  'guardian_denied',
  'guardian_failed_closed',
  'guardian_timed_out',
  'guardian_aborted',
] as const;
const figureColumns = (prefix: string): Columns =>
  Object.fromEntries(threadFigures.map((figure): [string, ColumnType] => [prefix + figure, 'bigint']));

/**
 * The place of a thread in its tree, from `lib/forest`. A tree is named by its root. `place` counts the tree's threads
 * in pre-order from 0; places `place` … `subtree_end` (inclusive) are a thread's subtree, with `height` levels below
 * it. `id_time` is the time in a UUIDv7.
 */
export const placeColumns = {
  thread_id: 'text',
  parent_thread_id: 'text',
  parent_source: 'text',
  root_thread_id: 'text',
  root_created_at: 'bigint',
  place: 'integer',
  subtree_end: 'integer',
  depth: 'integer',
  height: 'integer',
  children: 'integer',
  kind: 'text',
  seen: 'text',
  cycle: 'boolean',
  created_at: 'bigint',
  created_at_inferred: 'boolean',
  id_time: 'bigint',
  parent_created_at: 'bigint',
} as const satisfies Columns;

/** A thread's stable number, and that of the root of its tree. */
const numbers = { thread: 'integer', tree: 'integer' } as const satisfies Columns;
const numbered = { thread: 'integer' } as const satisfies Columns;

/**
 * The columns that filters use, beside the time: the import, and those that describe the thread. The latter and the
 * tree are null for a record of no thread.
 */
const selectedBy = {
  tree: 'integer',
  import_id: 'integer',
  thread_kind: 'text',
  thread_model: 'text',
  thread_client: 'text',
  thread_codex_version: 'text',
} as const satisfies Columns;

/** The hour of the records' time, as ms since the epoch at its beginning; null for those without a time. */
const hourly = { hour: 'bigint' } as const satisfies Columns;

/** `times_known` and `ends_known` are how many of the events have one. */
const event_counts = {
  ...selectedBy,
  ...hourly,
  type: 'text',
  kind: 'text',
  time_source: 'text',
  events: 'bigint',
  times_known: 'bigint',
  first_time: 'bigint',
  last_time: 'bigint',
  ends_known: 'bigint',
  last_end: 'bigint',
} as const satisfies Columns;
const hook_run_counts = {
  ...selectedBy,
  ...hourly,
  hook_name: 'text',
  hook_source: 'text',
  handler_type: 'text',
  execution_mode: 'text',
  status: 'text',
  model: 'text',
  hook_runs: 'bigint',
} as const satisfies Columns;
const turn_counts = {
  ...selectedBy,
  ...hourly,
  reported: 'boolean',
  status: 'text',
  turns: 'bigint',
  ...usage,
} as const satisfies Columns;

/**
 * Each is a function of the facts and stays in step with them: the transaction that changes facts makes the rows of the
 * affected trees again (`lib/trees`).
 */
export const derivedTables = {
  /** One row for each thread with rollouts, from all their files (`docs/semantics.md`, "A thread in several files"). */
  rollouts: {
    thread_id: 'text',
    forked_from_thread_id: 'text',
    title: 'text',
    cwd: 'text',
    git_branch: 'text',
    git_commit: 'text',
    git_repository: 'text',
    agent_nickname: 'text',
    agent_role: 'text',
    agent_path: 'text',
    model: 'text',
    client: 'text',
    codex_version: 'text',
    last_active_at: 'bigint',
    ...numbered,
  },
  /**
   * Refills and storms of compactions (`docs/semantics.md`, "Compactions"); only compactions that refilled or were in a
   * storm. `refill_ms` is null where a time is missing. `begins_storm` is true for one compaction of each storm.
   */
  compaction_measures: {
    event_id: 'bigint',
    thread_id: 'text',
    refill_turns: 'integer',
    refill_ms: 'bigint',
    storm: 'boolean',
    begins_storm: 'boolean',
    ...numbered,
  },
  /**
   * The call that holds a call, if inferred from other events because its own does not state it (`docs/semantics.md`,
   * "Tool calls").
   */
  call_parents: { event_id: 'bigint', thread_id: 'text', parent_call_id: 'text', ...numbered },
  /** The present name of a thread; null where it was taken back. */
  thread_names: { thread_id: 'text', name: 'text', ...numbered },
  /** One row for each node of the forest, with its figures. */
  threads: {
    ...numbers,
    ...placeColumns,
    forked_from_thread_id: 'text',
    in_analytics: 'boolean',
    in_rollouts: 'boolean',
    title: 'text',
    cwd: 'text',
    git_branch: 'text',
    git_commit: 'text',
    git_repository: 'text',
    agent_nickname: 'text',
    agent_role: 'text',
    agent_path: 'text',
    model: 'text',
    client: 'text',
    codex_version: 'text',
    last_active_at: 'bigint',
    resumptions: 'bigint',
    ...figureColumns(''),
    ...figureColumns('subtree_'),
  },
  /** The threads that an import names, by their numbers. */
  named_threads: { import_id: 'integer', ...numbers },
  /** One row for each turn that any event names. */
  turns: {
    thread_id: 'text',
    thread_created_at: 'bigint',
    turn_id: 'text',
    reported: 'boolean',
    in_analytics: 'boolean',
    in_rollouts: 'boolean',
    event_id: 'bigint',
    import_id: 'integer',
    time: 'bigint',
    status: 'text',
    error: 'text',
    error_kind: 'text',
    error_http_status: 'integer',
    started_at: 'bigint',
    completed_at: 'bigint',
    duration_ms: 'bigint',
    model: 'text',
    ...usage,
    tool_calls: 'bigint',
    inner_calls: 'bigint',
    steers: 'bigint',
    compactions: 'bigint',
    ...anatomy,
    root_turn_id: 'text',
    turn_trigger: 'text',
    context_tokens: 'bigint',
    task: 'text',
    reasoning_effort: 'text',
    approval_policy: 'text',
    approvals_reviewer: 'text',
    permissions: 'text',
    network: 'text',
    cwd: 'text',
    status_inferred: 'boolean',
    end_inferred: 'boolean',
    context_window: 'bigint',
    time_to_first_token_ms: 'bigint',
    hooks_completed: 'bigint',
    hooks_failed: 'bigint',
    hooks_blocked: 'bigint',
    hooks_stopped: 'bigint',
    guardian_approved: 'bigint',
    guardian_denied: 'bigint',
    guardian_failed_closed: 'bigint',
    guardian_timed_out: 'bigint',
    guardian_aborted: 'bigint',
    ...numbered,
  },
  /**
   * The records that count, grouped by tree, hour and the columns of filters and counts: at most a tenth of the
   * records, so that figures under a filter need no pass over records. `counts.ts` defines them.
   */
  event_counts,
  hook_run_counts,
  turn_counts,
  /**
   * One row for each record of the kinds with medians, which sums cannot give. It has the columns of filters and
   * counts, so that no thread has to be looked up.
   */
  selected_compactions: {
    event_id: 'bigint',
    ...selectedBy,
    time: 'bigint',
    trigger: 'text',
    reason: 'text',
    implementation: 'text',
    phase: 'text',
    strategy: 'text',
    status: 'text',
    tokens_before: 'bigint',
    tokens_after: 'bigint',
    duration_ms: 'bigint',
  },
  selected_guardian_reviews: {
    event_id: 'bigint',
    ...selectedBy,
    time: 'bigint',
    decision: 'text',
    terminal_status: 'text',
    failure_reason: 'text',
    risk_level: 'text',
    user_authorization: 'text',
    outcome: 'text',
    action_type: 'text',
    request_source: 'text',
    session_kind: 'text',
    guardian_model: 'text',
    latency_ms: 'bigint',
    total_tokens: 'bigint',
  },
} as const satisfies Record<string, Columns>;
