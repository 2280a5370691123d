import { shortId } from '../formats.ts';
import type { ThreadRow } from '@/lib/queries/shapes.ts';

/**
 * Where a text was found in a thread, when its row may not show it; `value` is what holds it, null for an error, which
 * rows do not have.
 */
export interface FoundIn {
  readonly place: 'id' | 'model' | 'path' | 'git workspace' | 'errors';
  readonly value: string | null;
}

/** What a search looks into, beside errors. */
type Searched = Pick<
  ThreadRow,
  'threadId' | 'title' | 'agentNickname' | 'agentRole' | 'model' | 'cwd' | 'agentPath' | 'gitRepository' | 'gitBranch'
>;

/** Null when the name of the thread shows it. */
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
