import { anatomy, usage, type Columns, type ColumnType } from './columns.ts';

/**
 * Event ids are given one after another, in the order of imports and of the events in each, and never used again:
 * `next_ids` holds the next one.
 */
const origin = { event_id: 'bigint', import_id: 'integer' } as const;
const place = { thread_id: 'text', turn_id: 'text', time: 'bigint' } as const;

/**
 * The number of the thread in `thread_id`. The loader adds it. Lookups use it: comparing numbers costs a fourth of
 * comparing ids, and the engine skips the parts of a table that hold none of the threads.
 */
const numbered = { thread: 'integer' } as const;

/** The kind of log that the fact comes from (`semantics.md`, "Sources"): `analytics` or `rollout`. */
const source = { source: 'text' } as const;

/**
 * One row for each occurrence of an event, duplicates included. `kind` groups types (`tool_call`, …, `unknown` for
 * types that the catalogue lacks); `outcome` is its status, whatever the field is called; `identity` is the same for
 * all occurrences of one event. It stands on `line` of a log of the import (`import_logs`), and is event `item` (from
 * 0) of a record. The record's text is `text_length` bytes of UTF-8 from `text_start` in block `text_block` of
 * `event_texts`; `checksum` is their CRC-32. An event of a rollout was settled when `records_read` of its records were
 * read.
 */
const logged_events = {
  ...origin,
  log: 'integer',
  line: 'integer',
  item: 'integer',
  type: 'text',
  kind: 'text',
  ...place,
  time_source: 'text',
  ended_at: 'bigint',
  outcome: 'text',
  identity: 'digest',
  checksum: 'bigint',
  text_block: 'integer',
  text_start: 'integer',
  text_length: 'integer',
  records_read: 'integer',
  ...numbered,
} as const satisfies Columns;

/**
 * Evidence from any event or rollout for where a thread belongs: see `semantics.md`, "Threads and trees". `source` is
 * the kind of evidence. `parent` is the number of the thread in `parent_thread_id`.
 */
export const thread_evidence = {
  ...origin,
  thread_id: 'text',
  source: 'text',
  parent_thread_id: 'text',
  forked_from_thread_id: 'text',
  session_id: 'text',
  thread_source: 'text',
  subagent_source: 'text',
  initialization_mode: 'text',
  model: 'text',
  client: 'text',
  codex_version: 'text',
  created_at: 'bigint',
  time: 'bigint',
  ...numbered,
  parent: 'integer',
} as const satisfies Columns;

/**
 * One row for each file of a thread's rollout (`schema.md` §8). `cwd` is where it began; `depth` as the rollout states
 * it. `segment_started_at` and `segment_first_line_at` place the file among the files of its thread, `last_turn_at` is
 * when its latest turn began, and a copy that goes further has more `records_read`.
 */
const logged_rollouts = {
  ...origin,
  ...place,
  title: 'text',
  cwd: 'text',
  git_branch: 'text',
  git_commit: 'text',
  git_repository: 'text',
  agent_nickname: 'text',
  agent_role: 'text',
  agent_path: 'text',
  model_provider: 'text',
  depth: 'integer',
  last_active_at: 'bigint',
  segment_started_at: 'bigint',
  segment_first_line_at: 'bigint',
  last_turn_at: 'bigint',
  records_read: 'integer',
  ...numbered,
} as const satisfies Columns;

/**
 * Names that users gave to threads, or took back. `told_by` is `rollout` or `session_index`; `line` is the line of its
 * log.
 */
const logged_thread_names = {
  ...origin,
  thread_id: 'text',
  told_by: 'text',
  name: 'text',
  named_at: 'bigint',
  line: 'integer',
  ...numbered,
} as const satisfies Columns;

/**
 * `permissions` is who enforces them: `managed`, `disabled` or `external`; `network` is `open` or `restricted`. `task`
 * is the purpose of a rollout's turn. `reported`: analytics has a turn event for it, or would have. `status_inferred`:
 * the rollout does not say how it ended. `end_inferred`: no line ends it, so its end and duration are those of its
 * lines. `context_tokens`: tokens in the context at the end of a rollout's turn.
 */
const logged_turns = {
  ...origin,
  ...source,
  ...place,
  status: 'text',
  error: 'text',
  error_kind: 'text',
  started_at: 'bigint',
  completed_at: 'bigint',
  duration_ms: 'bigint',
  model: 'text',
  client: 'text',
  codex_version: 'text',
  ...usage,
  tool_calls: 'integer',
  steers: 'integer',
  ...anatomy,
  root_turn_id: 'text',
  turn_trigger: 'text',
  approval_policy: 'text',
  approvals_reviewer: 'text',
  sandbox_policy: 'text',
  reasoning_effort: 'text',
  permissions: 'text',
  network: 'text',
  cwd: 'text',
  task: 'text',
  reported: 'boolean',
  status_inferred: 'boolean',
  end_inferred: 'boolean',
  context_window: 'bigint',
  time_to_first_token_ms: 'bigint',
  context_tokens: 'bigint',
  error_http_status: 'integer',
  ...numbered,
} as const satisfies Columns;

/**
 * The critical path of a turn, when Codex followed it, which is seldom. `inference_ms` is sampling and compaction;
 * `auto_review_overhead_ms` is a part of `auto_review_ms` (`schema.md` §4.2).
 */
const logged_critical_paths = {
  ...origin,
  ...place,
  status: 'text',
  duration_ms: 'bigint',
  inference_ms: 'bigint',
  sampling_ms: 'bigint',
  compaction_ms: 'bigint',
  auto_review_ms: 'bigint',
  auto_review_overhead_ms: 'bigint',
  user_wait_ms: 'bigint',
  tools_ms: 'bigint',
  overhead_ms: 'bigint',
  unknown_ms: 'bigint',
  ...numbered,
} as const satisfies Columns;

/** `before_is_exact` is false where a rollout gives `tokens_before` only approximately. */
const logged_compactions = {
  ...origin,
  ...source,
  ...place,
  trigger: 'text',
  reason: 'text',
  implementation: 'text',
  phase: 'text',
  strategy: 'text',
  status: 'text',
  error_kind: 'text',
  tokens_before: 'bigint',
  tokens_after: 'bigint',
  summary_tokens: 'bigint',
  started_at: 'bigint',
  completed_at: 'bigint',
  duration_ms: 'bigint',
  before_is_exact: 'boolean',
  ...numbered,
} as const satisfies Columns;

const logged_hook_runs = {
  ...origin,
  ...place,
  time_source: 'text',
  hook_name: 'text',
  hook_source: 'text',
  handler_type: 'text',
  execution_mode: 'text',
  status: 'text',
  model: 'text',
  ...numbered,
} as const satisfies Columns;

const logged_guardian_reviews = {
  ...origin,
  ...source,
  ...place,
  review_id: 'text',
  target_item_id: 'text',
  request_source: 'text',
  action_type: 'text',
  decision: 'text',
  terminal_status: 'text',
  failure_reason: 'text',
  risk_level: 'text',
  user_authorization: 'text',
  outcome: 'text',
  guardian_thread_id: 'text',
  session_kind: 'text',
  guardian_model: 'text',
  attempt_count: 'integer',
  review_timeout_ms: 'bigint',
  latency_ms: 'bigint',
  time_to_first_token_ms: 'bigint',
  started_at: 'bigint',
  completed_at: 'bigint',
  ...usage,
  ...numbered,
} as const satisfies Columns;

/**
 * Every tool item event (`schema.md` §4.8) and every call in a rollout; `tool` is the event type without `codex_` and
 * `_event`. An `inner_call` was made by a cell of code mode; `parent_call_id` is the `item_id` of the cell's call, if
 * the event states it.
 */
const logged_tool_calls = {
  ...origin,
  ...source,
  ...place,
  item_id: 'text',
  tool: 'text',
  tool_name: 'text',
  detail: 'text',
  started_at: 'bigint',
  completed_at: 'bigint',
  duration_ms: 'bigint',
  execution_duration_ms: 'bigint',
  approval_outcome: 'text',
  terminal_status: 'text',
  failure_kind: 'text',
  exit_code: 'bigint',
  reported: 'boolean',
  inner_call: 'boolean',
  parent_call_id: 'text',
  cell_id: 'text',
  ...numbered,
} as const satisfies Columns;

/** `codex_review_event`: an approval asked of the user or of the guardian (`schema.md` §4.7). */
const logged_approvals = {
  ...origin,
  ...place,
  review_id: 'text',
  item_id: 'text',
  subject_kind: 'text',
  subject_name: 'text',
  reviewer: 'text',
  trigger: 'text',
  status: 'text',
  resolution: 'text',
  started_at: 'bigint',
  completed_at: 'bigint',
  duration_ms: 'bigint',
  ...numbered,
} as const satisfies Columns;

/** The git workspaces that a turn began with, one row each; `has_changes` is about uncommitted changes. */
const logged_workspaces = {
  ...origin,
  ...place,
  path: 'text',
  remote: 'text',
  commit: 'text',
  has_changes: 'boolean',
  ...numbered,
} as const satisfies Columns;

/**
 * The fields of events that count as null, because of a wrong type or a value out of range (`docs/semantics.md`,
 * "Unknown and broken input"): `field` is a path in `event_params`.
 */
const logged_repairs = { ...origin, field: 'text' } as const satisfies Columns;

/**
 * One row for each event with another format than the event before it. An event's format is in the last row up to it.
 */
const logged_formats = { ...origin, format: 'text' } as const satisfies Columns;

export const factTables = {
  logged_events,
  thread_evidence,
  logged_rollouts,
  logged_thread_names,
  logged_turns,
  logged_critical_paths,
  logged_compactions,
  logged_hook_runs,
  logged_guardian_reviews,
  logged_tool_calls,
  logged_approvals,
  logged_workspaces,
  logged_repairs,
  logged_formats,
} as const;
export type FactTable = keyof typeof factTables;

type Value<T extends ColumnType> = T extends 'text'
  ? string
  : T extends 'boolean'
    ? boolean
    : T extends 'bytes'
      ? Uint8Array
      : T extends 'digest'
        ? string
        : number;
/** The columns with the numbers of threads, each with the column of their ids. */
export const threadNumbers = { thread: 'thread_id', parent: 'parent_thread_id' } as const;
/**
 * A fact from the log, before it has an import: the loader adds `import_id` and the numbers of threads, and turns the
 * ordinal into `event_id`. Null is "no value".
 */
export type Fact<T extends FactTable> = {
  -readonly [
    C in Exclude<keyof (typeof factTables)[T], 'event_id' | 'import_id' | keyof typeof threadNumbers>
  ]: (typeof factTables)[T][C] extends ColumnType ? Value<(typeof factTables)[T][C]> | null : never;
};
