import { shortId } from '../formats.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/**
 * The place of a match in a thread, when its row may not show it; `value` is the text that holds it, null for an error,
 * because rows have no errors.
 */
export interface FoundIn {
  readonly place: 'id' | 'model' | 'path' | 'git workspace' | 'errors';
  readonly value: string | null;
}

/** The fields that a search looks into, besides errors. */
type Searched = Pick<
  ThreadRow,
  'threadId' | 'title' | 'agentNickname' | 'agentRole' | 'model' | 'cwd' | 'agentPath' | 'gitRepository' | 'gitBranch'
>;

/** Returns null when the name of the thread shows the match. */
export function foundIn(thread: Searched, text: string): FoundIn | null {
  const part = text.toLowerCase();
  const holds = (value: string | null): value is string => value?.toLowerCase().includes(part) ?? false;
  const { threadId, title, agentNickname, agentRole, model, cwd, agentPath, gitRepository, gitBranch } = thread;
  if (holds(title) || holds(agentNickname) || holds(agentRole) || shortId(threadId).toLowerCase().includes(part))
    return null;
  const [head = ''] = part.split('…');
  if (threadId.toLowerCase().startsWith(head)) return part.includes('…') ? null : { place: 'id', value: threadId };
  if (holds(model)) return { place: 'model', value: model };
  const path = [cwd, agentPath].find(holds);
  if (path !== undefined) return { place: 'path', value: path };
  const workspace = [gitRepository, gitBranch].find(holds);
  return workspace === undefined ? { place: 'errors', value: null } : { place: 'git workspace', value: workspace };
}
