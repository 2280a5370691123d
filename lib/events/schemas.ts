import { z } from 'zod';
import {
  count,
  flag,
  id,
  lineage,
  milliseconds,
  momentInMilliseconds,
  origin,
  smallCount,
  text,
  timeInMilliseconds,
  timeInSeconds,
  usage,
  integer,
} from './fields.ts';

/**
 * One schema for the `event_params` of each event type, in strip mode: fields that no figure and no page needs stay in
 * the event's text only.
 */

/** `schema.md` §4.1. `created_at` is the thread's creation, also when the event reports a resumption. */
export const ThreadInitialized = z.object({
  thread_id: id,
  ...lineage,
  ...origin,
  model: text,
  ephemeral: flag,
  initialization_mode: text,
  forked_from_thread_id: id.nullish(),
  created_at: timeInSeconds,
});

/** A plain kind is a string, a kind with data an object with one key (`schema.md` §4.2). */
const turnError = z.union([z.string(), z.record(z.string(), z.unknown())]).nullish();

const turn = {
  thread_id: id,
  turn_id: id,
  ...lineage,
  ...origin,
  root_turn_id: text,
  turn_trigger: text,
  model: text,
  sandbox_policy: text,
  reasoning_effort: text,
  approval_policy: text,
  approvals_reviewer: text,
  status: text,
  turn_error: turnError,
  codex_error_kind: text,
  steer_count: smallCount,
  total_tool_call_count: smallCount,
  ...usage,
  before_first_sampling_ms: milliseconds,
  sampling_ms: milliseconds,
  compaction_ms: milliseconds,
  between_sampling_overhead_ms: milliseconds,
  tool_blocking_ms: milliseconds,
  after_last_sampling_ms: milliseconds,
  duration_ms: milliseconds,
};
/** Null, or not there, unless `critical_path_status` says that Codex followed it. */
const criticalPath = {
  critical_path_status: text,
  critical_path_duration_ms: milliseconds,
  critical_path_inference_ms: milliseconds,
  critical_path_sampling_ms: milliseconds,
  critical_path_compaction_ms: milliseconds,
  critical_path_auto_review_ms: milliseconds,
  critical_path_auto_review_overhead_ms: milliseconds,
  critical_path_user_wait_ms: milliseconds,
  critical_path_tools_ms: milliseconds,
  critical_path_overhead_ms: milliseconds,
  critical_path_unknown_ms: milliseconds,
};
/** `schema.md` §4.2. `workspaces` is read by `turn-metadata.ts`. */
export const Turn = z.object({
  ...turn,
  ...criticalPath,
  sandbox_network_access: flag,
  codex_error_http_status_code: smallCount,
  workspaces: z.unknown().optional(),
  started_at: timeInSeconds,
  completed_at: timeInSeconds,
});

/** `schema.md` §4.3. */
export const TurnSteer = z.object({
  thread_id: id,
  ...lineage,
  accepted_turn_id: text,
  result: text,
  created_at: timeInSeconds,
});

const compaction = {
  thread_id: id,
  turn_id: id,
  ...lineage,
  trigger: text,
  reason: text,
  implementation: text,
  phase: text,
  strategy: text,
  status: text,
  error: text,
  codex_error_kind: text,
  active_context_tokens_before: count,
  active_context_tokens_after: count,
  compaction_summary_tokens: count,
  duration_ms: milliseconds,
};
/** `schema.md` §4.4. `error` is the free text of 0.120 to 0.131, `codex_error_kind` its successor. */
export const Compaction = z.object({ ...compaction, started_at: timeInSeconds, completed_at: timeInSeconds });

/** `schema.md` §4.5: no time, no id. */
export const HookRun = z.object({
  thread_id: id.nullish(),
  turn_id: id.nullish(),
  model_slug: text,
  hook_name: text,
  hook_source: text,
  handler_type: text,
  execution_mode: text,
  status: text,
});

const guardianReview = {
  session_id: text,
  review_id: id,
  target_item_id: text,
  approval_request_source: text,
  reviewed_action: z.object({ type: text }).nullish(),
  decision: text,
  terminal_status: text,
  failure_reason: text,
  attempt_count: smallCount,
  risk_level: text,
  user_authorization: text,
  outcome: text,
  guardian_thread_id: id.nullish(),
  guardian_session_kind: text,
  guardian_model: text,
  review_timeout_ms: milliseconds,
  time_to_first_token_ms: milliseconds,
  completion_latency_ms: milliseconds,
  ...usage,
};
/** `schema.md` §4.6. `thread_id` and `turn_id` are those under review. */
export const GuardianReview = z.object({
  thread_id: id,
  turn_id: id,
  ...guardianReview,
  started_at: timeInSeconds,
  completed_at: timeInSeconds,
});

/**
 * `codex_review_event`, `schema.md` §4.7: `review_id` of a user's approval repeats, so the start belongs to its
 * identity.
 */
export const Approval = z.object({
  thread_id: id,
  turn_id: id,
  ...lineage,
  review_id: id,
  item_id: text,
  subject_kind: text,
  subject_name: text,
  reviewer: text,
  trigger: text,
  status: text,
  resolution: text,
  started_at_ms: momentInMilliseconds,
  completed_at_ms: timeInMilliseconds,
  duration_ms: milliseconds,
});

const toolCall = {
  thread_id: id,
  turn_id: id,
  item_id: id,
  ...lineage,
  tool_name: text,
  started_at_ms: timeInMilliseconds,
  completed_at_ms: timeInMilliseconds,
  duration_ms: milliseconds,
  execution_duration_ms: milliseconds,
  final_approval_outcome: text,
  terminal_status: text,
  failure_kind: text,
  tool_event_type: text,
  cell_id: text,
  parent_call_id: text,
};
/** `schema.md` §4.8, common base. */
export const ToolCall = z.object(toolCall);
export const CommandExecution = z.object({ ...toolCall, exit_code: integer });
export const McpToolCall = z.object({ ...toolCall, mcp_server_name: text, mcp_tool_name: text });
/** A `spawn_agent` with receivers proves a parent and its children. */
export const CollabAgentToolCall = z.object({
  ...toolCall,
  sender_thread_id: id.nullish(),
  receiver_thread_ids: z.array(id).nullish(),
});
/** The schema that reads all of them. */
export const AnyToolCall = z.object({ ...CommandExecution.shape, ...McpToolCall.shape, ...CollabAgentToolCall.shape });

/** Known events without figures of their own: they say that a thread or turn was there, and when. */
export const Other = z.object({
  thread_id: id.nullish(),
  turn_id: id.nullish(),
  ...lineage,
  occurred_at_ms: timeInMilliseconds,
  completed_at: timeInSeconds,
  action: text,
  status: text,
  event_kind: text,
  outcome: text,
  decision: text,
});

/**
 * The metadata of a turn that Codex sends with each request to the model; found by `lib/formats/har`.
 * `turn-metadata.ts` names its sources.
 */
export const TurnMetadataEvent = z.object({
  thread_id: id.nullish(),
  turn_id: id.nullish(),
  session_id: text,
  thread_source: text,
  parent_thread_id: id.nullish(),
  workspaces: z.unknown().optional(),
  turn_started_at_unix_ms: timeInMilliseconds,
});

/*
 * The facts that `lib/formats/rollout` reads from rollouts (`schema.md` §8): events of our own, with the names of
 * analytics events where they say the same. Their times are milliseconds.
 */
const span = { started_at_ms: timeInMilliseconds, completed_at_ms: timeInMilliseconds };
/** How many records of its file were read when it was settled: one copy of a file may go further than another. */
const extent = { records_read: smallCount };

export const RolloutThread = z.object({
  thread_id: id,
  ...lineage,
  ...origin,
  forked_from_thread_id: id.nullish(),
  model: text,
  model_provider: text,
  created_at_ms: timeInMilliseconds,
  last_active_at_ms: timeInMilliseconds,
  segment_started_at_ms: timeInMilliseconds,
  segment_first_line_at_ms: timeInMilliseconds,
  last_turn_at_ms: timeInMilliseconds,
  ...extent,
  title: text,
  cwd: text,
  git_branch: text,
  git_commit: text,
  git_repository: text,
  agent_nickname: text,
  agent_role: text,
  agent_path: text,
  depth: smallCount,
});
/** A name that a user gave to a thread, or took back. `told_by`: the thread's `rollout`, or the `session_index`. */
export const RolloutThreadName = z.object({
  thread_id: id,
  name: text,
  named_at_ms: timeInMilliseconds,
  told_by: text,
  ...extent,
});
/**
 * `task`: the purpose of the turn. `reported`: analytics would have a turn event for it. `status_inferred`: the rollout
 * does not say how it ended. `end_inferred`: no line ends it, so it ends with its last line and lasts as long as its
 * lines span. `context_tokens`: tokens in the context at its end.
 */
export const RolloutTurn = z.object({
  ...turn,
  ...span,
  ...extent,
  permissions: text,
  network: text,
  cwd: text,
  task: text,
  reported: flag,
  status_inferred: flag,
  end_inferred: flag,
  time_to_first_token_ms: milliseconds,
  context_window: count,
  context_tokens: count,
});
/** Only a completed compaction leaves a trace. Its trigger and phase are inferred from its place. */
export const RolloutCompaction = z.object({
  ...compaction,
  turn_id: id.nullish(),
  ...span,
  ...extent,
  before_is_exact: flag,
});
/** `review_id` is made of the guardian's thread and turn. Older rollouts do not say what was reviewed. */
export const RolloutGuardianReview = z.object({
  thread_id: id.nullish(),
  turn_id: id.nullish(),
  ...guardianReview,
  ...span,
  ...extent,
});
/** `tool`: the name of the analytics event for such a call. `reported`: analytics would have one. */
export const RolloutToolCall = z.object({
  ...CollabAgentToolCall.shape,
  turn_id: id.nullish(),
  ...extent,
  tool: id,
  exit_code: integer,
  reported: flag,
});
