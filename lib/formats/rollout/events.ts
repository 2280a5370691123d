import type { JsonObject } from '../../events/json-object.ts';
import type {
  CompactionFact,
  GuardianReviewFact,
  RolloutFact,
  RolloutOutput,
  ThreadFact,
  ThreadNameFact,
  Tokens,
  ToolCallFact,
  TurnFact,
} from './facts.ts';

const usageOf = (tokens: Tokens | null): JsonObject =>
  tokens === null
    ? {}
    : {
        input_tokens: tokens.input,
        cached_input_tokens: tokens.cachedInput,
        output_tokens: tokens.output,
        reasoning_output_tokens: tokens.reasoningOutput,
        total_tokens: tokens.total,
      };

const threadParams = (fact: ThreadFact): JsonObject => ({
  thread_id: fact.threadId,
  session_id: fact.sessionId,
  parent_thread_id: fact.parentThreadId,
  forked_from_thread_id: fact.forkedFromThreadId,
  thread_source: fact.threadSource,
  subagent_source: fact.subagentSource,
  depth: fact.depth,
  created_at_ms: fact.createdAt,
  last_active_at_ms: fact.lastActiveAt,
  segment_started_at_ms: fact.segment.startedAt,
  segment_first_line_at_ms: fact.segment.firstLineAt,
  last_turn_at_ms: fact.segment.lastTurnAt,
  title: fact.title,
  cwd: fact.cwd,
  git_branch: fact.git.branch,
  git_commit: fact.git.commit,
  git_repository: fact.git.repositoryUrl,
  app_server_client: { product_client_id: fact.originator },
  runtime: { codex_rs_version: fact.cliVersion },
  model: fact.model,
  model_provider: fact.modelProvider,
  agent_nickname: fact.agentNickname,
  agent_role: fact.agentRole,
  agent_path: fact.agentPath,
});

const threadNameParams = (fact: ThreadNameFact): JsonObject => ({
  thread_id: fact.threadId,
  name: fact.name,
  named_at_ms: fact.namedAt,
  told_by: 'rollout',
});

const turnParams = (fact: TurnFact): JsonObject => ({
  thread_id: fact.threadId,
  turn_id: fact.turnId,
  root_turn_id: fact.rootTurnId,
  turn_trigger: fact.turnTrigger,
  task: fact.task,
  reported: fact.reported,
  status: fact.status,
  status_inferred: fact.statusInferred,
  end_inferred: fact.endInferred,
  codex_error_kind: fact.error,
  started_at_ms: fact.startedAt,
  completed_at_ms: fact.completedAt,
  duration_ms: fact.durationMs,
  time_to_first_token_ms: fact.timeToFirstTokenMs,
  model: fact.model,
  reasoning_effort: fact.reasoningEffort,
  approval_policy: fact.approvalPolicy,
  approvals_reviewer: fact.approvalsReviewer,
  permissions: fact.permissions?.enforcedBy ?? null,
  network: fact.permissions?.network ?? null,
  cwd: fact.cwd,
  ...usageOf(fact.tokens),
  context_window: fact.contextWindow,
  context_tokens: fact.contextTokens,
  total_tool_call_count: fact.toolCalls,
});

const compactionParams = (fact: CompactionFact): JsonObject => ({
  thread_id: fact.threadId,
  turn_id: fact.turnId,
  status: 'completed',
  trigger: fact.trigger,
  phase: fact.phase,
  active_context_tokens_before: fact.tokensBefore,
  before_is_exact: fact.tokensBeforeExact,
  active_context_tokens_after: fact.tokensAfter,
  started_at_ms: fact.startedAt,
  completed_at_ms: fact.completedAt ?? fact.time,
  duration_ms: fact.durationMs,
});

const guardianReviewParams = (fact: GuardianReviewFact): JsonObject => ({
  thread_id: fact.reviewedThreadId,
  turn_id: fact.reviewedTurnId,
  review_id: fact.reviewId,
  ...(fact.targetItemId === null ? {} : { target_item_id: fact.targetItemId }),
  guardian_thread_id: fact.guardianThreadId,
  terminal_status: fact.terminalStatus,
  decision: fact.decision,
  failure_reason: fact.failureReason,
  outcome: fact.outcome,
  risk_level: fact.riskLevel,
  user_authorization: fact.userAuthorization,
  reviewed_action: { type: fact.actionType },
  attempt_count: fact.attempts,
  guardian_model: fact.model,
  started_at_ms: fact.startedAt,
  completed_at_ms: fact.completedAt,
  completion_latency_ms: fact.latencyMs,
  time_to_first_token_ms: fact.timeToFirstTokenMs,
  ...usageOf(fact.tokens),
});

const toolCallParams = (fact: ToolCallFact): JsonObject => ({
  thread_id: fact.threadId,
  turn_id: fact.turnId,
  item_id: fact.itemId,
  tool: fact.tool,
  tool_name: fact.toolName,
  reported: fact.reported,
  started_at_ms: fact.startedAt,
  completed_at_ms: fact.completedAt,
  duration_ms: fact.durationMs,
  terminal_status: fact.terminalStatus,
  exit_code: fact.exitCode,
  ...(fact.cellId === null ? {} : { cell_id: fact.cellId }),
  ...(fact.receiverThreadIds.length > 0
    ? { sender_thread_id: fact.senderThreadId, receiver_thread_ids: fact.receiverThreadIds }
    : {}),
});

function eventOf(fact: RolloutFact): { readonly event_type: string; readonly event_params: JsonObject } {
  switch (fact.kind) {
    case 'thread':
      return { event_type: 'rollout_thread', event_params: threadParams(fact) };
    case 'thread_name':
      return { event_type: 'rollout_thread_name', event_params: threadNameParams(fact) };
    case 'turn':
      return { event_type: 'rollout_turn', event_params: turnParams(fact) };
    case 'compaction':
      return { event_type: 'rollout_compaction', event_params: compactionParams(fact) };
    case 'guardian_review':
      return { event_type: 'rollout_guardian_review', event_params: guardianReviewParams(fact) };
    case 'tool_call':
      return { event_type: 'rollout_tool_call', event_params: toolCallParams(fact) };
  }
}

/**
 * Turns a fact of a rollout into an event of the catalogue. `recordsRead` is how many records of its file were read
 * when it was settled: of two copies of a file, the longer says more. A record of an unknown type becomes an event of
 * an unknown type, without its content.
 */
export function rolloutEvent(output: Exclude<RolloutOutput, { kind: 'broken' }>, recordsRead: number): JsonObject {
  if (output.kind === 'unknown') return { event_type: output.type, event_params: {} };
  const { event_type, event_params } = eventOf(output.fact);
  return { event_type, event_params: { ...event_params, records_read: recordsRead } };
}
