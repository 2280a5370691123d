/** The form of the ids that Codex gives to calls from a cell of code mode, in events and in rollouts. */
const innerId = /^exec-[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Tells by its id if a call was made by the JavaScript of a cell. */
export const hasInnerId = (itemId: string): boolean => innerId.test(itemId);

interface Call {
  readonly item_id: string;
  readonly tool_name?: string | null | undefined;
  readonly tool_event_type?: string | null | undefined;
  readonly parent_call_id?: string | null | undefined;
}

/**
 * Tells if a call was made by a cell and not by the model. Newer versions say so in `tool_event_type`, except for a
 * call that ends after its turn. A `wait` also names its cell as its parent, but is the model's own call.
 */
export function isInnerCall({
  item_id: itemId,
  tool_name: toolName,
  tool_event_type: type,
  parent_call_id: parent,
}: Call): boolean {
  if (type === 'inner_tool_call' || type === 'model_tool_call') return type === 'inner_tool_call';
  return hasInnerId(itemId) || (typeof parent === 'string' && toolName !== 'wait');
}
