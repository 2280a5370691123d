/** Codex gives what a cell of code mode calls an id of this form, in its events and in its rollouts. */
const innerId = /^exec-[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Whether a call was made by the JavaScript of a cell, as far as its id says. */
export const hasInnerId = (itemId: string): boolean => innerId.test(itemId);

interface Call {
  readonly item_id: string;
  readonly tool_name?: string | null | undefined;
  readonly tool_event_type?: string | null | undefined;
  readonly parent_call_id?: string | null | undefined;
}

/**
 * Whether a call was made by a cell and not by the model. Newer versions say so in `tool_event_type`, but not of a call
 * that ends after its turn. A `wait` names its cell as its parent too, and is the model's own call.
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
