import type { CodexEvent, EventOf, Params } from '../events/event.ts';
import { isInnerCall } from '../events/inner-call.ts';
import { isObject } from '../events/json-object.ts';
import { permissionsOfTurnEvent } from '../events/permissions.ts';
import { workspaces } from '../events/turn-metadata.ts';
import type { Fact, FactTable } from '../store/fact-tables.ts';
import type { EventTime } from './times.ts';

/** Takes one row for a table. Rows leave in the order of events. */
export type FactSink = <T extends FactTable>(table: T, fact: Fact<T>) => void;

type Described = EventOf<'thread_initialized' | 'rollout' | 'turn'>['params'];
export const clientOf = (params: Described): string | null => params.app_server_client?.product_client_id ?? null;
export const versionOf = (params: Described): string | null => params.runtime?.codex_rs_version ?? null;
/** A plain kind is a string, a kind with data an object with one key (`schema.md` §4.2). */
const errorName = (error: EventOf<'turn'>['params']['turn_error']): string | null =>
  typeof error === 'object' && error !== null ? (Object.keys(error)[0] ?? null) : (error ?? null);
/** The status stands in a field of its own, or in the data of the error. */
function errorHttpStatus({ source, params }: EventOf<'turn'>): number | null {
  const [status, error] = [source === 'analytics' ? params.codex_error_http_status_code : null, params.turn_error];
  if (status !== undefined && status !== null) return status;
  const [data] = typeof error === 'object' && error !== null ? Object.values(error) : [];
  const held = isObject(data) ? data.httpStatusCode : null;
  return typeof held === 'number' && Number.isInteger(held) && held >= 0 && held < 1000 ? held : null;
}
type Usage = Pick<
  EventOf<'turn'>['params'],
  'input_tokens' | 'cached_input_tokens' | 'output_tokens' | 'reasoning_output_tokens' | 'total_tokens'
>;
const usageOf = (params: Usage) => ({
  input_tokens: params.input_tokens ?? null,
  cached_input_tokens: params.cached_input_tokens ?? null,
  output_tokens: params.output_tokens ?? null,
  reasoning_output_tokens: params.reasoning_output_tokens ?? null,
  total_tokens: params.total_tokens ?? null,
});

type PermissionColumns = Pick<Fact<'logged_turns'>, 'permissions' | 'network'>;
function permissionsIn({ source, params }: EventOf<'turn'>): PermissionColumns {
  if (source === 'rollout') return { permissions: params.permissions ?? null, network: params.network ?? null };
  const stated = permissionsOfTurnEvent(params);
  return { permissions: stated?.enforcedBy ?? null, network: stated?.network ?? null };
}

const rolloutFact = (
  { params, threadId, turnId }: EventOf<'rollout'>,
  { time }: EventTime,
): Fact<'logged_rollouts'> => ({
  thread_id: threadId,
  turn_id: turnId,
  time,
  title: params.title ?? null,
  cwd: params.cwd ?? null,
  git_branch: params.git_branch ?? null,
  git_commit: params.git_commit ?? null,
  git_repository: params.git_repository ?? null,
  agent_nickname: params.agent_nickname ?? null,
  agent_role: params.agent_role ?? null,
  agent_path: params.agent_path ?? null,
  model_provider: params.model_provider ?? null,
  depth: params.depth ?? null,
  last_active_at: params.last_active_at_ms ?? null,
  segment_started_at: params.segment_started_at_ms ?? null,
  segment_first_line_at: params.segment_first_line_at_ms ?? null,
  last_turn_at: params.last_turn_at_ms ?? null,
  records_read: params.records_read ?? null,
});

/** The fields of a turn that only a rollout has. */
type OwnOfRollout = Pick<
  Fact<'logged_turns'>,
  | 'cwd'
  | 'task'
  | 'reported'
  | 'status_inferred'
  | 'end_inferred'
  | 'context_window'
  | 'time_to_first_token_ms'
  | 'context_tokens'
>;
const notOfRollout: OwnOfRollout = {
  cwd: null,
  task: null,
  reported: true,
  status_inferred: false,
  end_inferred: false,
  context_window: null,
  time_to_first_token_ms: null,
  context_tokens: null,
};
const ownOfRollout = ({ source, params }: EventOf<'turn'>): OwnOfRollout =>
  source === 'analytics'
    ? notOfRollout
    : {
        cwd: params.cwd ?? null,
        task: params.task ?? null,
        reported: params.reported ?? true,
        status_inferred: params.status_inferred ?? false,
        end_inferred: params.end_inferred ?? false,
        context_window: params.context_window ?? null,
        time_to_first_token_ms: params.time_to_first_token_ms ?? null,
        context_tokens: params.context_tokens ?? null,
      };

function turnFact(event: EventOf<'turn'>, { time }: EventTime): Fact<'logged_turns'> {
  const { params } = event;
  return {
    source: event.source,
    thread_id: event.threadId,
    turn_id: event.turnId,
    time,
    status: params.status ?? null,
    error: errorName(params.turn_error),
    error_kind: params.codex_error_kind ?? null,
    started_at: event.startedAt,
    completed_at: event.endedAt,
    duration_ms: params.duration_ms ?? null,
    model: params.model ?? null,
    client: clientOf(params),
    codex_version: versionOf(params),
    ...usageOf(params),
    tool_calls: params.total_tool_call_count ?? null,
    steers: params.steer_count ?? null,
    before_first_sampling_ms: params.before_first_sampling_ms ?? null,
    sampling_ms: params.sampling_ms ?? null,
    compaction_ms: params.compaction_ms ?? null,
    between_sampling_overhead_ms: params.between_sampling_overhead_ms ?? null,
    tool_blocking_ms: params.tool_blocking_ms ?? null,
    after_last_sampling_ms: params.after_last_sampling_ms ?? null,
    root_turn_id: params.root_turn_id ?? null,
    turn_trigger: params.turn_trigger ?? null,
    approval_policy: params.approval_policy ?? null,
    approvals_reviewer: params.approvals_reviewer ?? null,
    sandbox_policy: params.sandbox_policy ?? null,
    reasoning_effort: params.reasoning_effort ?? null,
    ...permissionsIn(event),
    ...ownOfRollout(event),
    error_http_status: errorHttpStatus(event),
  };
}

const criticalPathFact = (
  params: Params['analytics']['turn'],
  { threadId, turnId }: CodexEvent,
  { time }: EventTime,
): Fact<'logged_critical_paths'> => ({
  thread_id: threadId,
  turn_id: turnId,
  time,
  status: params.critical_path_status ?? null,
  duration_ms: params.critical_path_duration_ms ?? null,
  inference_ms: params.critical_path_inference_ms ?? null,
  sampling_ms: params.critical_path_sampling_ms ?? null,
  compaction_ms: params.critical_path_compaction_ms ?? null,
  auto_review_ms: params.critical_path_auto_review_ms ?? null,
  auto_review_overhead_ms: params.critical_path_auto_review_overhead_ms ?? null,
  user_wait_ms: params.critical_path_user_wait_ms ?? null,
  tools_ms: params.critical_path_tools_ms ?? null,
  overhead_ms: params.critical_path_overhead_ms ?? null,
  unknown_ms: params.critical_path_unknown_ms ?? null,
});

const compactionFact = (
  { source, params, threadId, turnId, startedAt, endedAt }: EventOf<'compaction'>,
  { time }: EventTime,
): Fact<'logged_compactions'> => ({
  source,
  thread_id: threadId,
  turn_id: turnId,
  time,
  trigger: params.trigger ?? null,
  reason: params.reason ?? null,
  implementation: params.implementation ?? null,
  phase: params.phase ?? null,
  strategy: params.strategy ?? null,
  status: params.status ?? null,
  error_kind: params.codex_error_kind ?? params.error ?? null,
  tokens_before: params.active_context_tokens_before ?? null,
  tokens_after: params.active_context_tokens_after ?? null,
  summary_tokens: params.compaction_summary_tokens ?? null,
  started_at: startedAt,
  completed_at: endedAt,
  duration_ms: params.duration_ms ?? null,
  before_is_exact: source === 'analytics' || (params.before_is_exact ?? true),
});

const hookRunFact = (
  { params, threadId, turnId }: EventOf<'hook_run'>,
  { time, source }: EventTime,
): Fact<'logged_hook_runs'> => ({
  thread_id: threadId,
  turn_id: turnId,
  time,
  time_source: source,
  hook_name: params.hook_name ?? null,
  hook_source: params.hook_source ?? null,
  handler_type: params.handler_type ?? null,
  execution_mode: params.execution_mode ?? null,
  status: params.status ?? null,
  model: params.model_slug ?? null,
});

const guardianReviewFact = (
  { source, params, threadId, turnId, startedAt, endedAt }: EventOf<'guardian_review'>,
  { time }: EventTime,
): Fact<'logged_guardian_reviews'> => ({
  source,
  thread_id: threadId,
  turn_id: turnId,
  time,
  review_id: params.review_id,
  target_item_id: params.target_item_id ?? null,
  request_source: params.approval_request_source ?? null,
  action_type: params.reviewed_action?.type ?? null,
  decision: params.decision ?? null,
  terminal_status: params.terminal_status ?? null,
  failure_reason: params.failure_reason ?? null,
  risk_level: params.risk_level ?? null,
  user_authorization: params.user_authorization ?? null,
  outcome: params.outcome ?? null,
  guardian_thread_id: params.guardian_thread_id ?? null,
  session_kind: params.guardian_session_kind ?? null,
  guardian_model: params.guardian_model ?? null,
  attempt_count: params.attempt_count ?? null,
  review_timeout_ms: params.review_timeout_ms ?? null,
  latency_ms: params.completion_latency_ms ?? null,
  time_to_first_token_ms: params.time_to_first_token_ms ?? null,
  started_at: startedAt,
  completed_at: endedAt,
  ...usageOf(params),
});

const approvalFact = (
  { params, threadId, turnId, startedAt, endedAt }: EventOf<'approval'>,
  { time }: EventTime,
): Fact<'logged_approvals'> => ({
  thread_id: threadId,
  turn_id: turnId,
  time,
  review_id: params.review_id,
  item_id: params.item_id ?? null,
  subject_kind: params.subject_kind ?? null,
  subject_name: params.subject_name ?? null,
  reviewer: params.reviewer ?? null,
  trigger: params.trigger ?? null,
  status: params.status ?? null,
  resolution: params.resolution ?? null,
  started_at: startedAt,
  completed_at: endedAt,
  duration_ms: params.duration_ms ?? null,
});

function detailOf({ source, params }: EventOf<'tool_call'>): string | null {
  if (source === 'analytics' && params.mcp_server_name)
    return `${params.mcp_server_name} / ${params.mcp_tool_name ?? ''}`;
  return params.receiver_thread_ids?.join(' ') || null;
}

/** Returns `command_execution` for `codex_command_execution_event`; a rollout's call names its tool. */
const toolOf = ({ source, type, params }: EventOf<'tool_call'>): string =>
  source === 'rollout'
    ? params.tool
    : type.slice('codex_'.length, type.endsWith('_event') ? -'_event'.length : undefined);

function toolCallFact(event: EventOf<'tool_call'>, { time }: EventTime): Fact<'logged_tool_calls'> {
  const { source, params } = event;
  return {
    source,
    thread_id: event.threadId,
    turn_id: event.turnId,
    time,
    item_id: params.item_id,
    tool: toolOf(event),
    tool_name: params.tool_name ?? null,
    detail: detailOf(event),
    started_at: event.startedAt,
    completed_at: event.endedAt,
    duration_ms: params.duration_ms ?? null,
    execution_duration_ms: params.execution_duration_ms ?? null,
    approval_outcome: params.final_approval_outcome ?? null,
    terminal_status: params.terminal_status ?? null,
    failure_kind: params.failure_kind ?? null,
    exit_code: params.exit_code ?? null,
    reported: source === 'analytics' || (params.reported ?? true),
    inner_call: isInnerCall(params),
    parent_call_id: params.parent_call_id ?? null,
    cell_id: params.cell_id ?? null,
  };
}

function addWorkspaces(stated: unknown, { threadId, turnId }: CodexEvent, { time }: EventTime, add: FactSink): void {
  if (stated === undefined || stated === null) return;
  for (const { path, remoteUrls, commit, hasChanges } of workspaces.parse(stated)) {
    const remote = remoteUrls.find(({ name }) => name === 'origin') ?? remoteUrls[0];
    add('logged_workspaces', {
      thread_id: threadId,
      turn_id: turnId,
      time,
      path,
      remote: remote?.url ?? null,
      commit,
      has_changes: hasChanges,
    });
  }
}

/** Adds the typed rows of an event to the tables of its kind. */
export function addFacts(
  event: CodexEvent,
  when: EventTime & { /** Of its log. */ readonly line: number },
  add: FactSink,
): void {
  switch (event.kind) {
    case 'rollout':
      return add('logged_rollouts', rolloutFact(event, when));
    case 'thread_name':
      return add('logged_thread_names', {
        thread_id: event.threadId,
        told_by: event.params.told_by ?? null,
        name: event.params.name ?? null,
        named_at: event.startedAt,
        line: when.line,
      });
    case 'turn':
      add('logged_turns', turnFact(event, when));
      if (event.source !== 'analytics') return undefined;
      if (typeof event.params.critical_path_duration_ms === 'number')
        add('logged_critical_paths', criticalPathFact(event.params, event, when));
      return addWorkspaces(event.params.workspaces, event, when, add);
    case 'turn_metadata':
      return addWorkspaces(event.params.workspaces, event, when, add);
    case 'compaction':
      return add('logged_compactions', compactionFact(event, when));
    case 'hook_run':
      return add('logged_hook_runs', hookRunFact(event, when));
    case 'guardian_review':
      return add('logged_guardian_reviews', guardianReviewFact(event, when));
    case 'approval':
      return add('logged_approvals', approvalFact(event, when));
    case 'tool_call':
      return add('logged_tool_calls', toolCallFact(event, when));
    case 'thread_initialized':
    case 'other':
    case 'unknown':
      return undefined;
  }
}
