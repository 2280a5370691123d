/** The analytics event types of tools (`schema.md` §4.8), without `codex_` and `_event`. */
const commands: ReadonlySet<string> = new Set([
  'exec_command',
  'write_stdin',
  'shell',
  'shell_command',
  'local_shell',
  'container.exec',
  'unified_exec',
  'exec',
]);
const agents: ReadonlySet<string> = new Set([
  'spawn_agent',
  'send_input',
  'resume_agent',
  'wait_agent',
  'wait',
  'close_agent',
  'send_message',
  'followup_task',
  'assign_task',
  'interrupt_agent',
  'list_agents',
]);
const controls: ReadonlySet<string> = new Set([
  'update_plan',
  'request_permissions',
  'request_user_input',
  'get_goal',
  'create_goal',
  'update_goal',
  'set_goal',
  'tool_search',
  'view_image',
]);
const agentNamespace = /^(?:multi_agent|collaboration|agents)/;

/**
 * Returns the tool of a function call, by its name and namespace. Names that Codex does not have are the client's: a
 * dynamic tool.
 */
export function toolOf(name: string, namespace: string | null): string {
  if (namespace?.startsWith('mcp__') || name.startsWith('mcp__')) return 'mcp_tool_call';
  if (agents.has(name) && (namespace === null || agentNamespace.test(namespace))) return 'collab_agent_tool_call';
  if (commands.has(name)) return 'command_execution';
  if (name === 'apply_patch') return 'file_change';
  if (name === 'web_search') return 'web_search';
  if (name === 'image_generation') return 'image_generation';
  return controls.has(name) ? 'control_tool_call' : 'dynamic_tool_call';
}

/** Calls without an event in analytics: they belong to an earlier call, or change only the plan or the permissions. */
export const unreportedTools: ReadonlySet<string> = new Set(['write_stdin', 'update_plan', 'request_permissions']);

/** Returns the name of a tool in analytics. A command that was refused before it started is a `shell` there. */
export function toolNameOf(tool: string, name: string, wasRefused: boolean): string {
  if (tool === 'command_execution' && (name === 'exec_command' || name === 'unified_exec'))
    return wasRefused ? 'shell' : 'unified_exec';
  if (tool === 'command_execution' && name !== 'write_stdin') return name === 'user_shell' ? name : 'shell';
  if (tool === 'collab_agent_tool_call' && name === 'wait') return 'wait_agent';
  return name.startsWith('mcp__') ? name.slice(name.lastIndexOf('__') + 2) : name;
}

/** Items of `item_completed` that are tool calls. */
export const toolOfItem: ReadonlyMap<string, string> = new Map([
  ['CommandExecution', 'command_execution'],
  ['FileChange', 'file_change'],
  ['McpToolCall', 'mcp_tool_call'],
  ['CollabAgentToolCall', 'collab_agent_tool_call'],
  ['SubAgentActivity', 'collab_agent_tool_call'],
  ['WebSearch', 'web_search'],
  ['DynamicToolCall', 'dynamic_tool_call'],
  ['ImageGeneration', 'image_generation'],
  ['ImageView', 'control_tool_call'],
  ['ControlToolCall', 'control_tool_call'],
  ['Sleep', 'control_tool_call'],
  ['Extension', 'dynamic_tool_call'],
]);

/** Returns the tool of an extension's item, by its `kind`: extensions also replace tools of Codex. */
export const toolOfExtension = (kind: string | null): string =>
  (kind !== null && extensions.get(kind)) || 'dynamic_tool_call';
const extensions: ReadonlyMap<string, string> = new Map([
  ['web.search', 'web_search'],
  ['web.open', 'web_search'],
  ['web.find', 'web_search'],
  ['image.generation', 'image_generation'],
  ['image.generate', 'image_generation'],
]);

/** The names of calls without a line of their own, by the `kind` of their `SubAgentActivity`. */
const activityNames: ReadonlyMap<string, string> = new Map([
  ['started', 'spawn_agent'],
  ['interacted', 'send_message'],
  ['interrupted', 'interrupt_agent'],
]);
export const activityNameOf = (kind: string | null): string | null =>
  kind === null ? null : (activityNames.get(kind) ?? null);

const commandNames: ReadonlyMap<string, string> = new Map([
  ['agent', 'shell'],
  ['user_shell', 'user_shell'],
  ['userShell', 'user_shell'],
]);
/** Returns the name of a command's tool, by the `source` of its item. */
export const commandNameOf = (source: string | null): string =>
  source === null ? 'unified_exec' : (commandNames.get(source) ?? 'unified_exec');

/** Maps the statuses of items, which older and newer versions spell differently. */
export function statusOfItem(status: string | null): 'completed' | 'failed' | 'rejected' | null {
  if (status === 'completed' || status === 'failed') return status;
  return status === 'declined' || status === 'rejected' ? 'rejected' : null;
}
