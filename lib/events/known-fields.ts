import type { z } from 'zod';
import * as schemas from './schemas.ts';

/**
 * The known facts of a field: that it exists (`null`), every value that its enum has had, the fields of its object, or
 * those of each kind of object by `type`.
 */
export type KnownField =
  | null
  | { readonly values: readonly string[] }
  | { readonly fields: KnownFields }
  | { readonly fieldsByType: Readonly<Record<string, KnownFields>> };
export type KnownFields = Readonly<Record<string, KnownField>>;

const plain = (fields: readonly string[]): KnownFields => Object.fromEntries(fields.map((field) => [field, null]));
/** The fields that a figure or a page needs are declared in the event's schema, and not again here. */
const usedIn = (schema: z.ZodObject): KnownFields => plain(Object.keys(schema.shape));
/** Names are listed in one text, separated by spaces or line breaks. */
const namesIn = (text: string): readonly string[] => text.trim().split(/\s+/);
const named = (fields: string): KnownFields => plain(namesIn(fields));
const oneOf = (values: string): KnownField => ({ values: namesIn(values) });

/** `schema.md` §2.2. */
const runtime: KnownFields = {
  runtime: { fields: named('codex_rs_version runtime_os runtime_os_version runtime_arch') },
};

/** `schema.md` §2.1. */
const connection: KnownFields = {
  ...runtime,
  app_server_client: {
    fields: {
      ...named('product_client_id client_name client_version experimental_api_enabled'),
      rpc_transport: oneOf('stdio websocket in_process'),
    },
  },
};
const lineage = named('thread_source subagent_source parent_thread_id');
/** `schema.md` §6c: the fields of an event that is bound to a thread's context. */
const context: KnownFields = { ...named('thread_id session_id'), ...lineage, ...connection };

const initializationMode = oneOf('new forked resumed');
const workStatus = oneOf('completed failed interrupted');
const elicitationType = oneOf('auth_or_link approval');
const guardianContextMode = oneOf('legacy independent thread_owned');
const invokeType = oneOf('explicit implicit');

/** `schema.md` §5. */
const errorKind = oneOf(`
  turn_aborted session_budget_exceeded stream content_filter rate_limit_exceeded context_window_exceeded
  thread_not_found agent_limit_reached session_configured_not_first_event timeout request_timeout spawn interrupted
  unexpected_status invalid_request invalid_prompt tool_collision invalid_image_request usage_limit_reached
  server_overloaded flex_unavailable cyber_policy bio_policy misalignment_policy_violation response_stream_failed
  connection_failed quota_exceeded usage_not_included internal_server_error retry_limit internal_agent_died sandbox
  landlock_sandbox_executable_not_provided unsupported_operation refresh_token_failed fatal io json landlock_ruleset
  landlock_path_fd tokio_join env_var
`);
const failure: KnownFields = {
  codex_error_kind: errorKind,
  ...named('codex_error_http_status_code usage_limit_window_minutes'),
};

/** `schema.md` §5: the kinds that are written as a string. Kinds with data are objects and are not checked. */
const turnError = oneOf(`
  contextWindowExceeded sessionBudgetExceeded usageLimitExceeded rateLimitExceeded flexUnavailable serverOverloaded
  cyberPolicy bioPolicy misalignmentPolicyViolation tooManyDenials internalServerError unauthorized badRequest
  invalidPrompt sandboxError threadRollbackFailed other
`);

/** `schema.md` §4.2. `workspaces` is in logs of turns whose metadata was joined to them. */
const turn: KnownFields = {
  ...usedIn(schemas.Turn),
  ...connection,
  ...failure,
  ...named(`
    codex_turn_source active_plugin_ids_at_turn_start voice_session_id ephemeral model_provider reasoning_summary
    service_tier guardian_v2_enabled personality workspace_kind workspaces num_input_images image_preparations
    is_first_turn explicit_client_interrupt_requested_at_ms shell_command_count file_change_count mcp_tool_call_count
    dynamic_tool_call_count subagent_tool_call_count web_search_count image_generation_count cache_write_input_tokens
    sampling_request_count sampling_retry_count tools_change_count
  `),
  turn_error: turnError,
  submission_type: oneOf('default queued'),
  initialization_mode: initializationMode,
  sandbox_policy: oneOf('full_access read_only workspace_write external_sandbox'),
  approval_policy: oneOf('untrusted on-failure on-request granular never'),
  approvals_reviewer: oneOf('user guardian_subagent auto_review'),
  multi_agent_version: oneOf('disabled v1 v2'),
  collaboration_mode: oneOf('default plan'),
  status: workStatus,
};

/** `schema.md` §4.3; an early version called `created_at` `started_at`. */
const turnSteer: KnownFields = {
  ...usedIn(schemas.TurnSteer),
  ...connection,
  ...named('expected_turn_id num_input_images started_at'),
  result: oneOf('accepted rejected'),
  rejection_reason: oneOf(`
    no_active_turn expected_turn_mismatch non_steerable_review non_steerable_compact empty_input input_too_large
  `),
};

/** `schema.md` §4.4. */
const compaction: KnownFields = {
  ...usedIn(schemas.Compaction),
  ...connection,
  ...failure,
  ...named('voice_session_id retained_image_count cached_input_tokens cache_write_input_tokens'),
  trigger: oneOf('manual auto'),
  reason: oneOf('user_requested context_limit model_downshift comp_hash_changed'),
  implementation: oneOf('responses responses_compact responses_compaction_v2'),
  phase: oneOf('standalone_turn pre_turn mid_turn post_turn'),
  strategy: oneOf('memento prefix_compaction'),
  status: workStatus,
};

/** `schema.md` §4.5 and §5; the hooks around a model request were seen with 0.169. */
const hookRun: KnownFields = {
  ...usedIn(schemas.HookRun),
  ...named('product_client_id'),
  hook_name: oneOf(`
    PreToolUse PermissionRequest PostToolUse SessionStart UserPromptSubmit Stop PreCompact PostCompact SubagentStart
    SubagentStop SessionEnd Interrupt PreModelRequest PostModelRequest
  `),
  hook_source: oneOf(`
    system user project mdm session_flags legacy_managed_config_file legacy_managed_config_mdm unknown plugin
    cloud_requirements cloud_managed_config
  `),
  handler_type: oneOf('command mcp_tool prompt agent'),
  execution_mode: oneOf('sync async'),
  status: oneOf('completed failed blocked stopped'),
};

/** The requested permissions, which have a free form. */
const permissions: KnownFields = {
  sandbox_permissions: oneOf('use_default require_escalated with_additional_permissions'),
  additional_permissions: null,
};

/** `schema.md` §4.6. Collector text also has the lineage, as `None`. */
const guardianReview: KnownFields = {
  ...usedIn(schemas.GuardianReview),
  ...lineage,
  ...connection,
  ...named(`
    reviewed_action_truncated guardian_reasoning_effort guardian_default_review_model_id
    guardian_catalog_contains_auto_review guardian_review_model_overridden guardian_review_model_override
    guardian_model_provider_id had_prior_review_context tool_call_count cache_write_input_tokens
  `),
  reviewed_action: {
    fieldsByType: {
      shell: permissions,
      unified_exec: { ...permissions, tty: null },
      write_stdin: named('tty'),
      execve: { source: oneOf('shell unified_exec'), program: null, additional_permissions: null },
      apply_patch: {},
      network_access: { protocol: oneOf('http https socks5_tcp socks5_udp'), port: null },
      mcp_tool_call: named('server tool_name connector_id connector_name tool_title'),
      request_permissions: {},
    },
  },
  guardian_context_mode: guardianContextMode,
  approval_request_source: oneOf('main_turn delegated_subagent'),
  decision: oneOf('approved denied aborted'),
  terminal_status: oneOf('approved denied aborted timed_out failed_closed'),
  failure_reason: oneOf('timeout cancelled prompt_build_error session_error parse_error stale_authorization'),
  risk_level: oneOf('low medium high critical'),
  user_authorization: oneOf('unknown low medium high'),
  outcome: oneOf('allow deny'),
  guardian_session_kind: oneOf('trunk_new trunk_reused ephemeral_forked'),
};

/** `schema.md` §4.7. */
const approval: KnownFields = {
  ...usedIn(schemas.Approval),
  ...connection,
  subject_kind: oneOf('command_execution write_stdin file_change mcp_tool_call permissions network_access'),
  reviewer: oneOf('guardian user'),
  trigger: oneOf('initial sandbox_denial network_policy_denial execve_intercept'),
  status: oneOf('approved denied aborted timed_out'),
  resolution: oneOf('none session_approval exec_policy_amendment network_policy_amendment'),
};

/**
 * `schema.md` §4.8. `turn_trigger` was only seen in commands and agents' calls, but is expected in all these events:
 * they have one base.
 */
const toolCall: KnownFields = {
  ...usedIn(schemas.ToolCall),
  ...connection,
  ...named(`
    root_turn_id turn_trigger cell_id parent_call_id originating_response_id subsequent_response_id review_count
    guardian_review_count user_review_count requested_additional_permissions requested_network_access
  `),
  tool_event_type: oneOf('model_tool_call inner_tool_call'),
  final_approval_outcome: oneOf(`
    unknown not_needed config_allowed policy_forbidden guardian_approved guardian_denied guardian_aborted
    user_approved user_approved_for_session user_denied user_aborted
  `),
  terminal_status: oneOf('completed failed rejected interrupted'),
  failure_kind: oneOf('tool_error approval_denied approval_aborted sandbox_denied policy_forbidden'),
};

const app: KnownFields = {
  ...named('connector_id thread_id turn_id app_name product_client_id model_slug'),
  invoke_type: invokeType,
};
const plugin = named(`
  plugin_id remote_plugin_id plugin_name marketplace_name has_skills mcp_server_count connector_ids product_client_id
`);
const onboarding = named('import_id source provider_id type product_client_id');
const guardianV2: KnownFields = {
  ...context,
  ...named('turn_id item_id model occurred_at_ms'),
  guardian_context_mode: guardianContextMode,
};

/**
 * Every field of `event_params` that any version of Codex is documented or observed to send, by event type, with older
 * versions and names (`schema.md` §4). If a type is missing here, such as `codex_cua_tool_call_started`, nobody has
 * described its fields.
 */
export const knownFields: Readonly<Record<string, KnownFields>> = {
  codex_thread_initialized: {
    ...usedIn(schemas.ThreadInitialized),
    ...connection,
    ...named('is_worktree'),
    initialization_mode: initializationMode,
  },
  codex_turn_event: turn,
  codex_turn_steer_event: turnSteer,
  codex_compaction_event: compaction,
  codex_hook_run: hookRun,
  codex_guardian_review: guardianReview,
  codex_review_event: approval,
  codex_command_execution_event: {
    ...usedIn(schemas.CommandExecution),
    ...toolCall,
    ...named(`
      sandbox_backend model_slug reasoning_effort plugin_id script_path command_total_action_count
      command_read_action_count command_list_files_action_count command_search_action_count
      command_unknown_action_count
    `),
    command_execution_source: oneOf('agent userShell unifiedExecStartup unifiedExecInteraction'),
  },
  codex_file_change_event: {
    ...toolCall,
    ...named('file_change_count file_add_count file_update_count file_delete_count file_move_count'),
  },
  codex_mcp_tool_call_event: {
    ...usedIn(schemas.McpToolCall),
    ...toolCall,
    ...named('mcp_error_present plugin_id connector_id voice_session_id'),
    elicitation_type: elicitationType,
  },
  codex_dynamic_tool_call_event: {
    ...toolCall,
    ...named(`
      dynamic_tool_name success output_content_item_count output_text_item_count output_image_item_count
      output_audio_item_count
    `),
  },
  codex_control_tool_call_event: { ...toolCall, ...named('success') },
  codex_collab_agent_tool_call_event: {
    ...usedIn(schemas.CollabAgentToolCall),
    ...toolCall,
    ...named(`
      receiver_thread_count requested_model requested_reasoning_effort agent_state_count completed_agent_count
      failed_agent_count
    `),
  },
  codex_web_search_event: {
    ...toolCall,
    ...named('query_present query_count'),
    web_search_action: oneOf('search open_page find_in_page other'),
  },
  codex_image_generation_event: {
    ...toolCall,
    ...named('revised_prompt_present saved_path_present transparent_background imagegen_request_id generation_id'),
  },
  // From here on: what `schema.md` §3 calls other.
  codex_artifact_operation: {
    ...runtime,
    ...named(`
      thread_id turn_id item_id occurred_at_ms product_client_id model_slug plugin_id script_path skill artifact_type
      operation_kind expected_output_count output_format execution_backend
    `),
    lifecycle: oneOf('started'),
  },
  codex_plugin_measurement_event: named(`
    thread_id turn_id item_id originator model_slug reasoning_effort plugin_id execution_id operation measurement_name
    number_value dimensions
  `),
  codex_accepted_line_fingerprints: named(`
    event_type thread_id turn_id product_surface model_slug completed_at repo_hash accepted_added_lines
    accepted_deleted_lines line_fingerprints
  `),
  codex_goal_event: {
    ...context,
    ...named('turn_id goal_id has_token_budget cumulative_tokens_accounted cumulative_time_accounted_seconds'),
    event_kind: oneOf('created usage_accounted status_changed cleared'),
    goal_status: oneOf('active paused blocked usage_limited budget_limited complete'),
  },
  codex_guardian_v2_classification: {
    ...guardianV2,
    duration_ms: null,
    outcome: oneOf('success superseded failure'),
    risk_level: oneOf('low high'),
  },
  codex_guardian_v2_fast_decision: { ...guardianV2, decision: oneOf('approved') },
  codex_thread_hint_status: { ...context, occurred_at_ms: null, status: oneOf('succeeded failed') },
  codex_thread_archive_event: {
    ...connection,
    ...named('thread_id occurred_at_ms thread_source parent_thread_id'),
    action: oneOf('archived unarchived'),
  },
  skill_invocation: {
    ...named('product_client_id plugin_id remote_plugin_id thread_id turn_id voice_session_id model_slug repo_url'),
    skill_scope: oneOf('user repo system admin'),
    invoke_type: invokeType,
  },
  codex_app_mentioned: app,
  codex_app_used: { ...app, voice_session_id: null, elicitation_type: elicitationType },
  codex_plugin_used: { ...plugin, ...named('mcp_server_names thread_id turn_id model_slug') },
  codex_plugin_installed: plugin,
  codex_plugin_uninstalled: plugin,
  codex_plugin_enabled: plugin,
  codex_plugin_disabled: plugin,
  codex_plugin_install_requested: {
    ...named('suggestion_id plugins thread_id turn_id model_slug product_client_id'),
    source: oneOf('endpoint_recommendation legacy_discovery'),
  },
  codex_plugin_install_failed: {
    ...plugin,
    ...named('error_type sub_error_type'),
    source: oneOf('manual external_agent_migration'),
  },
  codex_onboarding_external_agent_import_complete: { ...onboarding, ...named('success_count failed_count') },
  codex_onboarding_external_agent_import_failure: {
    ...onboarding,
    ...named('failure_stage error_type sub_error_type'),
  },
};
