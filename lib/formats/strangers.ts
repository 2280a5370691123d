import type { JsonObject } from '../events/json-object.ts';

/** Files that people have beside their logs and that are no logs: what each is, and what to give instead. */
export const strangers = {
  prompts_history:
    'This is the history of prompts (history.jsonl), which holds no turns and no tokens: give the rollouts below ~/.codex/sessions instead.',
  exec_stream:
    'This is the output of codex exec --json, which Dendro does not read: give the rollout of the same thread instead, which is below ~/.codex/sessions.',
  first_cli_session:
    'This is a session of the first Codex CLI, of early 2025, which holds no turns and no tokens: give rollouts of a later Codex instead, which are below ~/.codex/sessions.',
  sqlite_database:
    'This is an SQLite database, as Codex keeps to find its rollouts (state_5.sqlite): give the rollouts below ~/.codex/sessions instead.',
} as const;
export type StrangerCode = keyof typeof strangers;

export const isStrangerCode = (code: string): code is StrangerCode => Object.hasOwn(strangers, code);

const isObjectLike = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const execTypes = /^(?:thread\.started|turn\.(?:started|completed|failed)|item\.(?:started|updated|completed)|error)$/;

function isExecLine(value: JsonObject): boolean {
  if (typeof value.type === 'string')
    return execTypes.test(value.type) && value.timestamp === undefined && value.payload === undefined;
  // Until autumn 2025: a line of settings, one of the prompt, and messages with the number of what they answer.
  if (isObjectLike(value.msg)) return typeof value.id === 'string' && typeof value.msg.type === 'string';
  return (
    (typeof value.workdir === 'string' && typeof value.model === 'string') ||
    (typeof value.prompt === 'string' && Object.keys(value).length === 1)
  );
}

/** What a JSON object is a part of, when it is one of these files; null for everything else. */
export function strangerOf(value: JsonObject): StrangerCode | null {
  if (typeof value.session_id === 'string' && typeof value.ts === 'number' && typeof value.text === 'string')
    return 'prompts_history';
  if (isObjectLike(value.session) && Array.isArray(value.items) && typeof value.session.id === 'string')
    return 'first_cli_session';
  return isExecLine(value) ? 'exec_stream' : null;
}
