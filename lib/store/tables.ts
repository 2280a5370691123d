/**
 * Every table of the store, declared once: the engine's DDL, the bulk loader's column order and the row types all come
 * from here.
 *
 * Three layers. *Facts* (`logged_…`) hold what one import said and are never changed: they are added with an import and
 * deleted with it. *Derived* tables are a function of the facts. *Ledgers* say what came in. Times are UTC milliseconds
 * since the epoch; durations are milliseconds; tokens are whole numbers.
 */
export type ColumnType = 'integer' | 'bigint' | 'text' | 'boolean' | 'bytes' | 'digest';
export type Columns = Readonly<Record<string, ColumnType>>;

/**
 * Event ids are given one after another, in the order of imports and of the events in each, and never again: `next_ids`
 * holds the next one.
 */
const origin = { event_id: 'bigint', import_id: 'integer' } as const;
const place = { thread_id: 'text', turn_id: 'text', time: 'bigint' } as const;
const usage = {
  input_tokens: 'bigint',
  cached_input_tokens: 'bigint',
  output_tokens: 'bigint',
  reasoning_output_tokens: 'bigint',
  total_tokens: 'bigint',
} as const;

/** Where the duration of a turn went. Together they are all of it. */
const anatomy = {
  before_first_sampling_ms: 'bigint',
  sampling_ms: 'bigint',
  compaction_ms: 'bigint',
  between_sampling_overhead_ms: 'bigint',
  tool_blocking_ms: 'bigint',
  after_last_sampling_ms: 'bigint',
} as const;

export const anatomyColumns = keysOf(anatomy);
export const usageColumns = keysOf(usage);

/** Which kind of log says it (`semantics.md`, "Sources"): `analytics` or `rollout`. */
const source = { source: 'text' } as const;

/**
 * One row an occurrence of an event, duplicates included. `kind` groups types (`tool_call`, …, `unknown` for types that
 * the catalogue lacks); `outcome` is its status, whatever the field is called; `identity` says which other occurrence
 * is the same event. It stands on `line` of a log of the import (`import_logs`), and is event `item` (from 0) of a
 * record, whose text is `text_length` bytes of UTF-8 from `text_start` in block `text_block` of `event_texts`;
 * `checksum` is their CRC-32. What a rollout says was settled when `records_read` of its records were read.
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
} as const satisfies Columns;

/**
 * What any event or rollout says about where a thread belongs: see `semantics.md`, "Threads and trees". `source` says
 * what kind of evidence it is.
 */
const thread_evidence = {
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
} as const satisfies Columns;

/**
 * What one file of a thread's rollout says of it (`schema.md` §8). `cwd` is where it began; `depth` as the rollout
 * states it. `segment_started_at` and `segment_first_line_at` place the file among the files of its thread,
 * `last_turn_at` is when its latest turn began, and a copy that goes further has more `records_read`.
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
} as const satisfies Columns;

/**
 * Names that users gave to threads, or took back; `told_by` is `rollout` or `session_index`, and `line` the line of its
 * log.
 */
const logged_thread_names = {
  ...origin,
  thread_id: 'text',
  told_by: 'text',
  name: 'text',
  named_at: 'bigint',
  line: 'integer',
} as const satisfies Columns;

/**
 * `permissions` is who enforces them: `managed`, `disabled` or `external`; `network` is `open` or `restricted`. `task`
 * is what a rollout's turn was for. A turn is `reported` when analytics has a turn event for it, or would have;
 * `status_inferred` says that the rollout does not tell how it ended, `end_inferred` that no line ends it, so that its
 * end and duration are those of its lines. `context_tokens` is what the context held at the end of a rollout's turn.
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
} as const satisfies Columns;

/**
 * The critical path of a turn, when Codex followed it, which is seldom: `inference_ms` is sampling and compaction,
 * `auto_review_overhead_ms` a part of `auto_review_ms` (`schema.md` §4.2).
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
} as const satisfies Columns;

/** `before_is_exact` is false where a rollout only tells about what `tokens_before` was. */
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
} as const satisfies Columns;

/**
 * Every tool item event (`schema.md` §4.8) and every call in a rollout; `tool` is the event type without `codex_` and
 * `_event`. An `inner_call` was made by a cell of code mode; `parent_call_id` is the `item_id` of the cell's call, as
 * far as the event says it.
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
} as const satisfies Columns;

/** The git workspaces that a turn began with, one a row; `has_changes` is about what was not committed. */
const logged_workspaces = {
  ...origin,
  ...place,
  path: 'text',
  remote: 'text',
  commit: 'text',
  has_changes: 'boolean',
} as const satisfies Columns;

/**
 * The fields of events that count as null, because they had a wrong type or were out of range (`docs/semantics.md`,
 * "Unknown and broken input"): `field` is a path in `event_params`.
 */
const logged_repairs = { ...origin, field: 'text' } as const satisfies Columns;

/**
 * Where events of another format begin than that of the event before: an event was read as what the last of these up to
 * it says.
 */
const logged_formats = { ...origin, format: 'text' } as const satisfies Columns;

/**
 * Occurrences that say what a better or earlier occurrence says: they are kept, and count nowhere. They change with the
 * facts.
 */
const duplicates = { event_id: 'bigint' } as const satisfies Columns;

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

/** What counts: each view is its `logged_` table without the duplicates. Queries read these. */
export const countedViews = {
  events: 'logged_events',
  compactions: 'logged_compactions',
  hook_runs: 'logged_hook_runs',
  guardian_reviews: 'logged_guardian_reviews',
  tool_calls: 'logged_tool_calls',
  approvals: 'logged_approvals',
  workspaces: 'logged_workspaces',
  critical_paths: 'logged_critical_paths',
} as const satisfies Record<string, keyof typeof factTables>;

/** Counted records with what follows from the others of their thread. */
export const measuredViews = {
  measured_compactions:
    'SELECT compactions.*, refill_turns, refill_ms, coalesce(storm, FALSE) AS storm FROM compactions LEFT JOIN compaction_measures USING (event_id)',
  placed_tool_calls: `SELECT tool_calls.* REPLACE (coalesce(tool_calls.parent_call_id, call_parents.parent_call_id) AS parent_call_id)
    FROM tool_calls LEFT JOIN (SELECT event_id, parent_call_id FROM call_parents) AS call_parents USING (event_id)`,
} as const;

export const ledgerTables = {
  /**
   * One row a drop, be it of one log or of thousands. `state` is `complete`, or `incomplete` while logs are still to
   * come: a drop that was cut off stays so until it is dropped again. `sha256` and `bytes` are of what was sent; the
   * digest is empty when it came in several requests.
   */
  imports: {
    import_id: 'integer',
    name: 'text',
    state: 'text',
    sha256: 'text',
    bytes: 'bigint',
    started_at: 'bigint',
    finished_at: 'bigint',
  },
  /**
   * The logs of an import, by their number in it and by their `path`, which is null for a file that was sent alone.
   * `state`: `read`; `already_in` when the same bytes are in as a log of `other_import_id`; `replaced` when that import
   * brought a later version, and nothing of this one is left; `passed_over` for the reason `passed_over`, which
   * `detail` explains. `sha256` is of the log's own bytes, `first_line` and `prefixes` tell a log that was rewritten
   * (`log-digest.ts`). Its events have the ids from `first_event_id` on, its texts the blocks from `first_block` on.
   */
  import_logs: {
    import_id: 'integer',
    log: 'integer',
    path: 'text',
    state: 'text',
    passed_over: 'text',
    detail: 'text',
    other_import_id: 'integer',
    sha256: 'text',
    first_line: 'text',
    prefixes: 'bytes',
    bytes: 'bigint',
    lines_total: 'bigint',
    lines_blank: 'bigint',
    lines_rejected: 'bigint',
    events: 'bigint',
    events_unknown: 'bigint',
    events_repaired: 'bigint',
    first_event_id: 'bigint',
    first_block: 'integer',
    blocks: 'integer',
  },
  /** Lines of a log by the format they were read as; of values that stand on several lines, the values. */
  log_formats: { import_id: 'integer', log: 'integer', format: 'text', lines: 'bigint' },
  /** How many events of each type a log brought, by the format of their lines. Duplicates are in it. */
  import_counts: {
    import_id: 'integer',
    log: 'integer',
    format: 'text',
    type: 'text',
    kind: 'text',
    events: 'bigint',
    repaired: 'bigint',
  },
  /**
   * What a log said that Dendro does not know: `what` is `type`, `field` or `value`, with how often, the first and last
   * event, and their times (null when they have none of their own).
   */
  unknowns: {
    import_id: 'integer',
    log: 'integer',
    what: 'text',
    type: 'text',
    field: 'text',
    value: 'text',
    occurrences: 'bigint',
    first_event_id: 'bigint',
    last_event_id: 'bigint',
    first_time: 'bigint',
    last_time: 'bigint',
  },
  /**
   * The first rejects of an import; `reject_counts` has how many there were, by code, with the message of the first.
   */
  rejects: { import_id: 'integer', log: 'integer', line: 'bigint', code: 'text', message: 'text', excerpt: 'text' },
  reject_counts: { import_id: 'integer', log: 'integer', code: 'text', rejects: 'bigint', example: 'text' },
  /**
   * The texts of records that hold events, one after another, in blocks of at most about 512 KiB, each of one log and
   * compressed with zstd.
   */
  event_texts: { import_id: 'integer', text_block: 'integer', compressed: 'bytes' },
} as const satisfies Record<string, Columns>;

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
 * The place of a thread in its tree, as `lib/forest` gives it. A tree is named by its root. `place` counts the tree's
 * threads in pre-order from 0; places `place` … `subtree_end` (inclusive) are a thread's subtree, with `height` levels
 * below it. `id_time` is the time that a UUIDv7 holds.
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

/**
 * What a filter selects records by, beside their time: the import, and what describes the thread; those are null for a
 * record of no thread, and so is its tree.
 */
const selectedBy = {
  tree: 'integer',
  import_id: 'integer',
  thread_kind: 'text',
  thread_model: 'text',
  thread_client: 'text',
  thread_codex_version: 'text',
} as const satisfies Columns;

/**
 * The hour that the time of the records lies in, as ms since the epoch at its beginning; null for those without a time.
 */
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
 * Each a function of the facts, kept in step with them: the transaction that changes facts makes the rows of the trees
 * that it touches anew (`lib/trees`).
 */
export const derivedTables = {
  /** What all files of a thread's rollout say of it together (`docs/semantics.md`, "A thread in several files"). */
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
  },
  /**
   * Refills and storms of compactions (`docs/semantics.md`, "Compactions"); none for a compaction that neither refilled
   * nor was in a storm. `refill_ms` is null where a time is missing. `begins_storm` is true for one compaction of each
   * storm.
   */
  compaction_measures: {
    event_id: 'bigint',
    thread_id: 'text',
    refill_turns: 'integer',
    refill_ms: 'bigint',
    storm: 'boolean',
    begins_storm: 'boolean',
  },
  /**
   * The call that holds a call, where the event that counts does not say it and it follows from others
   * (`docs/semantics.md`, "Tool calls").
   */
  call_parents: { event_id: 'bigint', thread_id: 'text', parent_call_id: 'text' },
  /** The name that a thread has now; null where it was taken back. */
  thread_names: { thread_id: 'text', name: 'text' },
  /** One row a node of the forest, with its figures. */
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
  /** Which threads an import names, by their numbers. */
  named_threads: { import_id: 'integer', ...numbers },
  /** One row a turn that any event names. */
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
  },
  /**
   * The records that count, by tree, hour, and what they are selected and counted by: a tenth of the records and less,
   * so that figures under a filter cost no pass over records. `counts.ts` says how they follow from the records.
   */
  event_counts,
  hook_run_counts,
  turn_counts,
  /**
   * One row a record of the kinds that have medians, which no sums give: what it is selected and counted by, so that no
   * thread has to be found for it.
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

/** The numbers that threads have been given: once for each, when a record first names it. */
const thread_numbers = { thread: 'integer', thread_id: 'text' } as const satisfies Columns;
/** One row: the id that the next event gets. */
const next_ids = { event_id: 'bigint' } as const satisfies Columns;

/**
 * What a change is working on; empty between changes, and seen by the writer alone. `leaving_logs` and `leaving_events`
 * are taken out, `moving_logs` and `moving_events` go to another import, `settling_logs` have times to be settled,
 * `suspects` are events that may begin or cease to count, `dirty_threads` are those of which facts have changed,
 * `touched_threads` those of all trees that may change with them, `batch_threads` those of the trees that are made anew
 * at a time, with their nodes and events.
 */
export const workingTables = {
  leaving_logs: { import_id: 'integer', log: 'integer' },
  leaving_events: { event_id: 'bigint' },
  moving_events: { event_id: 'bigint', to_import: 'integer' },
  moving_logs: {
    import_id: 'integer',
    log: 'integer',
    to_import: 'integer',
    to_log: 'integer',
    first_block: 'integer',
    to_block: 'integer',
    blocks: 'integer',
  },
  settling_logs: {
    import_id: 'integer',
    log: 'integer',
    first_event_id: 'bigint',
    last_event_id: 'bigint',
    clock_offset: 'bigint',
    first_time: 'bigint',
    time_source: 'text',
  },
  suspects: { event_id: 'bigint' },
  dirty_threads: { thread_id: 'text' },
  touched_threads: { thread_id: 'text' },
  touched_numbers: { thread: 'integer', thread_id: 'text', is_new: 'boolean' },
  batch_numbers: { thread: 'integer' },
  batch_threads: { thread: 'integer', thread_id: 'text' },
  batch_evidence: thread_evidence,
  batch_nodes: { thread_id: 'text', created_at: 'bigint' },
  batch_trees: {
    thread_id: 'text',
    tree: 'integer',
    kind: 'text',
    model: 'text',
    client: 'text',
    codex_version: 'text',
  },
  batch_events: {
    event_id: 'bigint',
    import_id: 'integer',
    thread_id: 'text',
    turn_id: 'text',
    type: 'text',
    kind: 'text',
    time: 'bigint',
    time_source: 'text',
    ended_at: 'bigint',
    outcome: 'text',
  },
} as const satisfies Record<string, Columns>;

export const tables = {
  ...ledgerTables,
  ...factTables,
  duplicates,
  thread_numbers,
  next_ids,
  ...derivedTables,
} as const;
export type TableName = keyof typeof tables;
export type FactTable = keyof typeof factTables;
/** Tables that spool files are loaded into. */
export type LoadedTable = FactTable | 'rejects';
/** Tables that rows are appended to. */
export type AppendedTable = TableName | keyof typeof workingTables;

export function keysOf<T extends object>(record: T): Extract<keyof T, string>[] {
  const keys: Extract<keyof T, string>[] = [];
  for (const key in record) keys.push(key);
  return keys;
}
export const factTableNames = keysOf(factTables);
export const ledgerTableNames = keysOf(ledgerTables);
export const derivedTableNames = keysOf(derivedTables);

type Value<T extends ColumnType> = T extends 'text'
  ? string
  : T extends 'boolean'
    ? boolean
    : T extends 'bytes'
      ? Uint8Array
      : T extends 'digest'
        ? string
        : number;
/**
 * A fact as the log states it, before it has an import: the loader adds `import_id` and turns the ordinal into
 * `event_id`. Null is "no value".
 */
export type Fact<T extends FactTable> = {
  -readonly [
    C in Exclude<keyof (typeof factTables)[T], 'event_id' | 'import_id'>
  ]: (typeof factTables)[T][C] extends ColumnType ? Value<(typeof factTables)[T][C]> | null : never;
};
