/**
 * Lines of a rollout as Codex writes them, for cases that no recorded rollout has. Times are ISO texts; `at` of a turn
 * is its start, and it lasts 20 s.
 */
export interface WrittenTurn {
  readonly at: string;
  readonly turnId: string;
  readonly model: string;
  readonly prompt?: string;
  readonly tokens: { readonly last: number; readonly total: number };
}
export interface WrittenFile {
  readonly threadId: string;
  /** The time of its first line. */
  readonly at: string;
  /** The time of its `session_meta`, when that differs. */
  readonly createdAt?: string;
  readonly meta?: object;
  readonly turns: readonly WrittenTurn[];
}

const after = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();
const lineOf = (timestamp: string, type: string, payload: object): string =>
  JSON.stringify({ timestamp, type, payload });
const usage = (tokens: number) => ({
  input_tokens: tokens - 100,
  cached_input_tokens: 0,
  output_tokens: 100,
  reasoning_output_tokens: 0,
  total_tokens: tokens,
});

function turnLines({ at, turnId, model, prompt, tokens }: WrittenTurn): string[] {
  return [
    lineOf(at, 'event_msg', {
      type: 'task_started',
      turn_id: turnId,
      started_at: Math.floor(Date.parse(at) / 1000),
      model_context_window: 258_400,
    }),
    lineOf(after(at, 5), 'turn_context', {
      turn_id: turnId,
      cwd: '/work',
      approval_policy: 'on-request',
      sandbox_policy: { type: 'workspace-write' },
      model,
      summary: 'auto',
    }),
    ...(prompt === undefined
      ? []
      : [
          lineOf(after(at, 10), 'response_item', {
            type: 'message',
            role: 'user',
            content: [{ type: 'input_text', text: prompt }],
          }),
          lineOf(after(at, 10), 'event_msg', { type: 'user_message', message: prompt, images: [] }),
        ]),
    lineOf(after(at, 1000), 'event_msg', {
      type: 'token_count',
      info: {
        total_token_usage: usage(tokens.total),
        last_token_usage: usage(tokens.last),
        model_context_window: 258_400,
      },
    }),
    lineOf(after(at, 19_000), 'event_msg', { type: 'agent_message', message: 'ok' }),
    lineOf(after(at, 20_000), 'event_msg', {
      type: 'task_complete',
      turn_id: turnId,
      last_agent_message: 'ok',
      completed_at: Math.floor(Date.parse(at) / 1000) + 20,
      duration_ms: 20_000,
    }),
  ];
}

/** Returns the lines of one file of a thread, without line breaks. */
export function fileLines({ threadId, at, createdAt = at, meta = {}, turns }: WrittenFile): string[] {
  return [
    lineOf(at, 'session_meta', {
      id: threadId,
      session_id: threadId,
      timestamp: createdAt,
      cwd: '/work',
      originator: 'codex-tui',
      cli_version: '0.153.4',
      source: 'cli',
      thread_source: 'user',
      model_provider: 'openai',
      ...meta,
    }),
    ...turns.flatMap(turnLines),
  ];
}
export const logOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
/** Returns the line for a name that the user gives to the thread; without a name, it removes the old one. */
export const nameLine = (threadId: string, at: string, name?: string): string =>
  lineOf(at, 'event_msg', {
    type: 'thread_name_updated',
    thread_id: threadId,
    ...(name === undefined ? {} : { thread_name: name }),
  });
