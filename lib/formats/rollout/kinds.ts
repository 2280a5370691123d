/** Records that hold text for the model or the screen, and nothing that is told here: they are passed over. Other records are unknown. */
const passedOver: Readonly<Record<string, readonly string[]>> = {
  record: ['world_state', 'inter_agent_communication', 'inter_agent_communication_metadata', 'security_risk_score', 'retained_context', 'realtime_item', 'ghost_snapshot'],
  response_item: [
    'reasoning', 'compaction', 'compaction_summary', 'compaction_trigger', 'context_compaction', 'additional_tools', 'configuration_update', 'ghost_snapshot',
    'tool_search_call', 'tool_search_output', 'other',
  ],
  event_msg: [
    'agent_message', 'agent_message_delta', 'agent_message_content_delta', 'agent_reasoning', 'agent_reasoning_delta', 'agent_reasoning_raw_content', 'agent_reasoning_raw_content_delta',
    'agent_reasoning_section_break', 'reasoning_content_delta', 'reasoning_raw_content_delta', 'context_compacted', 'background_event', 'warning', 'stream_error', 'plan_update',
    'plan_delta', 'turn_diff', 'session_configured', 'shutdown_complete', 'thread_rolled_back', 'thread_goal_updated', 'undo_started', 'undo_completed', 'item_started',
    'item_updated', 'exec_command_begin', 'exec_command_output_delta', 'patch_apply_begin', 'patch_apply_updated', 'mcp_tool_call_begin', 'web_search_begin', 'terminal_interaction',
    'view_image_tool_call', 'image_generation_begin', 'image_generation_end', 'dynamic_tool_call_request', 'dynamic_tool_call_response', 'exec_approval_request',
    'apply_patch_approval_request', 'request_permissions', 'request_user_input', 'elicitation_request', 'guardian_warning',
    'model_reroute', 'model_verification', 'deprecation_notice', 'hook_started', 'hook_completed', 'collab_agent_spawn_begin', 'collab_agent_interaction_begin', 'collab_agent_interaction_end', 'collab_waiting_begin',
    'collab_waiting_end', 'collab_close_begin', 'collab_close_end', 'collab_resume_begin', 'collab_resume_end', 'skills_update_available', 'raw_response_item',
  ],
  item_completed: ['AgentMessage', 'Reasoning', 'HookPrompt', 'Plan'],
};
const sets = new Map(Object.entries(passedOver).map(([kind, types]) => [kind, new Set(types)]));

/** Whether a type of a record, or of what is inside of one, is known to be of no use here. */
export const isPassedOver = (kind: 'record' | 'response_item' | 'event_msg' | 'item_completed', type: string): boolean => sets.get(kind)?.has(type) ?? false;
