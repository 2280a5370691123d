/**
 * Errors of turns and compactions in words (`schema.md` §5: `turn_error` in camelCase and `codex_error_kind` in
 * snake_case). The sets grow: an error without words here keeps its own name.
 */
const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    turn_aborted: 'The turn was aborted.',
    interrupted: 'Interrupted.',
    session_budget_exceeded: 'The session’s budget is used up.',
    context_window_exceeded: 'The context was larger than the model’s window.',
    usage_limit_exceeded: 'The usage limit of the account was reached.',
    usage_limit_reached: 'The usage limit of the account was reached.',
    usage_not_included: 'The account’s plan does not include this.',
    quota_exceeded: 'The account’s quota is used up.',
    rate_limit_exceeded: 'Too many requests in a short time.',
    agent_limit_reached: 'The limit on concurrent agents was reached.',
    flex_unavailable: 'Flexible processing was not available.',
    server_overloaded: 'The model server was overloaded.',
    internal_server_error: 'The model server failed.',
    stream: 'The response broke off while streaming.',
    response_stream_failed: 'The response broke off while streaming.',
    response_stream_disconnected: 'The connection dropped while the response was streaming.',
    response_stream_connection_failed: 'Could not connect to stream the response.',
    response_too_many_failed_attempts: 'The request failed after the maximum number of attempts.',
    retry_limit: 'The request failed after the maximum number of attempts.',
    http_connection_failed: 'The model server returned an error or did not respond.',
    connection_failed: 'Could not connect to the model server.',
    unexpected_status: 'The model server returned an unexpected status.',
    timeout: 'Timed out.',
    request_timeout: 'The request timed out.',
    unauthorized: 'The login was rejected.',
    refresh_token_failed: 'Could not renew the login.',
    bad_request: 'The model server rejected the request.',
    invalid_request: 'The model server rejected the request.',
    invalid_prompt: 'The model server rejected the prompt.',
    invalid_image_request: 'An image could not be used.',
    content_filter: 'A content filter withheld the response.',
    cyber_policy: 'Blocked by the cybersecurity policy.',
    bio_policy: 'Blocked by the biology policy.',
    misalignment_policy_violation: 'Blocked by the misalignment policy.',
    too_many_denials: 'The guardian denied too many actions, so the turn ended.',
    tool_collision: 'Two tools had the same name.',
    thread_not_found: 'The thread does not exist.',
    thread_rollback_failed: 'Could not roll back the thread.',
    active_turn_not_steerable: 'The running turn does not accept input.',
    session_configured_not_first_event: 'The session did not start as expected.',
    internal_agent_died: 'The agent’s process ended.',
    unsupported_operation: 'Codex does not support this.',
    spawn: 'Could not start a process.',
    sandbox: 'The sandbox failed.',
    sandbox_error: 'The sandbox failed.',
    landlock_ruleset: 'Could not set up the sandbox rules.',
    landlock_path_fd: 'Could not open a sandbox path.',
    landlock_sandbox_executable_not_provided: 'The sandbox program is missing.',
    fatal: 'Codex itself failed.',
    io: 'Reading or writing failed.',
    json: 'Invalid JSON.',
    tokio_join: 'A task inside Codex ended without a result.',
    env_var: 'An environment variable is missing.',
  }),
);

/** Returns `contextWindowExceeded` as `context_window_exceeded`. */
const snake = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Returns the error as a sentence; null for kinds that say nothing, and for unknown ones. */
export const errorWords = (kind: string): string | null => words.get(snake(kind)) ?? null;

/**
 * Returns the sentence for an error with a general and an exact kind: the exact one's, where there is one. `other`
 * counts as no kind.
 */
export function errorSentence({
  error,
  errorKind,
}: {
  readonly error: string | null;
  readonly errorKind: string | null;
}): string {
  for (const kind of [errorKind, error]) {
    const sentence = kind === null ? null : errorWords(kind);
    if (sentence !== null) return sentence;
  }
  return error === null && errorKind === null
    ? 'The log does not say what went wrong.'
    : 'Codex gives no details of this error.';
}
