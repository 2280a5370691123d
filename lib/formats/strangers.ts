import type { JsonObject } from '../events/json-object.ts';

/** Files that people keep beside their logs: what each is, and what to import instead. */
export const strangers = {
  prompts_history:
    'This is the prompt history (history.jsonl), which has no turns or tokens. Import the rollouts in ~/.codex/sessions instead.',
  exec_stream:
    'This is the output of codex exec --json, which Dendro does not read. Import the rollout of the same thread from ~/.codex/sessions instead.',
  first_cli_session:
    'This is a session of the first Codex CLI (early 2025), which has no turns or tokens. Import rollouts of a later Codex from ~/.codex/sessions instead.',
  sqlite_database:
    'This is an SQLite database, such as the one Codex uses to find its rollouts (state_5.sqlite). Import the rollouts in ~/.codex/sessions instead.',
} as const;
export type StrangerCode = keyof typeof strangers;

export const isStrangerCode = (code: string): code is StrangerCode => Object.hasOwn(strangers, code);

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const execTypes = /^(?:thread\.started|turn\.(?:started|completed|failed)|item\.(?:started|updated|completed)|error)$/;

function isExecLine(value: JsonObject): boolean {
  if (typeof value.type === 'string')
    return execTypes.test(value.type) && value.timestamp === undefined && value.payload === undefined;
  // Until autumn 2025: a line of settings, one of the prompt, and messages with the number of the one they answer.
  if (isObjectLike(value.msg)) return typeof value.id === 'string' && typeof value.msg.type === 'string';
  return (
    (typeof value.workdir === 'string' && typeof value.model === 'string') ||
    (typeof value.prompt === 'string' && Object.keys(value).length === 1)
  );
}

/** Returns which of these files a JSON object belongs to; null for everything else. */
export function strangerOf(value: JsonObject): StrangerCode | null {
  if (typeof value.session_id === 'string' && typeof value.ts === 'number' && typeof value.text === 'string')
    return 'prompts_history';
  if (isObjectLike(value.session) && Array.isArray(value.items) && typeof value.session.id === 'string')
    return 'first_cli_session';
  return isExecLine(value) ? 'exec_stream' : null;
}
