import { z } from 'zod';
import { isObject } from './json-object.ts';
import { lastMillisecond } from './moments.ts';

/** A git working copy that a turn worked in. Null: git did not say. */
export interface Workspace {
  readonly path: string;
  /** By the name of the remote. Names and passwords are taken out of the URLs. */
  readonly remoteUrls: readonly { readonly name: string; readonly url: string }[];
  readonly commit: string | null;
  /** True if there were uncommitted changes. */
  readonly hasChanges: boolean | null;
}

const text = z
  .string()
  .min(1)
  .max(4096)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);
const time = z
  .int()
  .min(1)
  .max(lastMillisecond)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/** A turn has one working copy, seldom two; more than these are hostile. */
const mostWorkspaces = 32;
const mostRemotes = 32;

/** Takes names and passwords out of the URLs of a text. */
export const withoutUsers = (text: string): string =>
  text.replace(/([a-z][a-z0-9+.-]{0,20}:\/\/)[^/?#"\s]{1,1000}@/gi, '$1');
/** Keys come from the log, so no object is built from them. */
const membersOf = (value: unknown, most: number): [string, unknown][] =>
  isObject(value) ? Object.entries(value).slice(0, most) : [];

const WorkspaceFields = z.object({
  associated_remote_urls: z.unknown().optional(),
  latest_git_commit_hash: text,
  has_changes: flag,
});

/**
 * Reads the workspaces of a turn, `{path: {associated_remote_urls: {name: url}, latest_git_commit_hash, has_changes}}`,
 * as in the turn metadata and on turn events. Anything of another shape is left out, never an error.
 */
export const workspaces = z.unknown().transform((value): readonly Workspace[] =>
  membersOf(value, mostWorkspaces).flatMap(([path, fields]) => {
    const { data } = WorkspaceFields.safeParse(fields);
    if (!data || path === '' || path.length > 4096) return [];
    const remoteUrls = membersOf(data.associated_remote_urls, mostRemotes).flatMap(([name, url]) =>
      typeof url === 'string' && url.length <= 4096 ? [{ name, url: withoutUsers(url) }] : [],
    );
    return [{ path, remoteUrls, commit: data.latest_git_commit_hash, hasChanges: data.has_changes }];
  }),
);

/**
 * The metadata of a turn that Codex sends with each request to the model: header `x-codex-turn-metadata`, or
 * `client_metadata` of the request's body. Older versions send only `session_id`: first the thread's own id, later that
 * of the root thread, so it is never read as the thread. `parent_thread_id` and `forked_from_thread_id` are sent for
 * subagents at any depth.
 */
export const TurnMetadata = z
  .object({
    thread_id: text,
    session_id: text,
    turn_id: text,
    thread_source: text,
    parent_thread_id: text,
    forked_from_thread_id: text,
    subagent_kind: text,
    request_kind: text,
    turn_started_at_unix_ms: time,
    workspaces,
  })
  .transform((fields) => ({
    threadId: fields.thread_id,
    sessionId: fields.session_id,
    turnId: fields.turn_id,
    threadSource: fields.thread_source,
    parentThreadId: fields.parent_thread_id,
    forkedFromThreadId: fields.forked_from_thread_id,
    subagentKind: fields.subagent_kind,
    requestKind: fields.request_kind,
    turnStartedAt: fields.turn_started_at_unix_ms,
    workspaces: fields.workspaces,
  }));
export type TurnMetadata = Readonly<z.output<typeof TurnMetadata>>;
