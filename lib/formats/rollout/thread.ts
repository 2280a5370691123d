import type { JsonObject } from '../../events/json-object.ts';
import { timeOfId } from '../../events/moments.ts';
import type { ThreadFact } from './facts.ts';
import { countOf, objectOf, textOf, timeOf } from './values.ts';

interface Source {
  readonly subagent: string | null;
  readonly internal: string | null;
  readonly spawn: JsonObject;
}

/**
 * Reads `source` of a `session_meta`: a plain name, `{subagent: name | {other: name} | {thread_spawn: {…}}}`, or
 * `{internal: name}` (`schema.md` §8).
 */
function sourceOf(value: unknown): Source {
  const { subagent, internal } = objectOf(value);
  const kinds = objectOf(subagent);
  const [kind = null] = Object.keys(kinds);
  const name = typeof subagent === 'string' ? textOf(subagent) : (textOf(kinds.other) ?? kind);
  return { subagent: name, internal: textOf(internal), spawn: objectOf(kinds.thread_spawn) };
}

/** True if a version writes `thread_source` itself: from 0.131 on. Files without a version are older. */
function saysThreadSource(version: string | null): boolean {
  const [, major, minor] = /^(\d{1,9})\.(\d{1,9})/.exec(version ?? '') ?? [];
  return major !== undefined && minor !== undefined && (Number(major) > 0 || Number(minor) >= 131);
}

function threadSourceOf(meta: JsonObject, { subagent, internal }: Source): string | null {
  const said = textOf(meta.thread_source);
  if (said !== null) return said;
  if (internal !== null) return internal === 'guardian' ? 'guardian_review' : internal;
  if (saysThreadSource(textOf(meta.cli_version))) return null;
  return subagent === null ? 'user' : 'subagent';
}

export type ThreadStart = Omit<ThreadFact, 'model' | 'title' | 'lastActiveAt' | 'segment'>;

/** Reads the thread from the first `session_meta` of its rollout. Null without an id. */
export function threadOf(meta: JsonObject): ThreadStart | null {
  const threadId = textOf(meta.id);
  if (threadId === null) return null;
  const source = sourceOf(meta.source);
  const { spawn } = source;
  const git = objectOf(meta.git);
  const agentOf = (key: string): string | null => textOf(meta[key]) ?? textOf(spawn[key]);
  return {
    kind: 'thread',
    threadId,
    parentThreadId: textOf(meta.parent_thread_id) ?? textOf(spawn.parent_thread_id),
    forkedFromThreadId: textOf(meta.forked_from_id),
    sessionId: textOf(meta.session_id),
    threadSource: threadSourceOf(meta, source),
    subagentSource: source.subagent,
    depth: countOf(spawn.depth),
    createdAt: timeOf(meta.timestamp) ?? timeOfId(threadId),
    cwd: textOf(meta.cwd),
    git: { branch: textOf(git.branch), commit: textOf(git.commit_hash), repositoryUrl: textOf(git.repository_url) },
    originator: textOf(meta.originator),
    cliVersion: textOf(meta.cli_version),
    modelProvider: textOf(meta.model_provider),
    agentNickname: agentOf('agent_nickname'),
    agentRole: agentOf('agent_role') ?? textOf(meta.agent_type),
    agentPath: agentOf('agent_path'),
  };
}
