/**
 * Errors of turns and compactions in words (`schema.md` §5: `turn_error` in camelCase and `codex_error_kind` in
 * snake_case). The sets grow: what is not here keeps its own name.
 */
const words: ReadonlyMap<string, string> = new Map(
  Object.entries({
    turn_aborted: 'The turn was called off.',
    interrupted: 'It was interrupted.',
    session_budget_exceeded: 'The budget of the session was used up.',
    context_window_exceeded: 'The context was larger than the model’s window.',
    usage_limit_exceeded: 'The usage limit of the account was reached.',
    usage_limit_reached: 'The usage limit of the account was reached.',
    usage_not_included: 'The account’s plan does not include this.',
    quota_exceeded: 'The quota of the account was used up.',
    rate_limit_exceeded: 'Too many requests were made in a short time.',
    agent_limit_reached: 'No more agents may run at once.',
    flex_unavailable: 'Flexible processing was not available.',
    server_overloaded: 'The model’s server was overloaded.',
    internal_server_error: 'The model’s server failed.',
    stream: 'The answer broke off while it was streamed.',
    response_stream_failed: 'The answer broke off while it was streamed.',
    response_stream_disconnected: 'The connection was lost while the answer was streamed.',
    response_stream_connection_failed: 'The connection for the answer could not be made.',
    response_too_many_failed_attempts: 'The request failed as often as it may be tried.',
    retry_limit: 'The request failed as often as it may be tried.',
    http_connection_failed: 'The model’s server answered with an error, or not at all.',
    connection_failed: 'The connection to the model’s server could not be made.',
    unexpected_status: 'The model’s server answered with an unexpected status.',
    timeout: 'It took longer than it may.',
    request_timeout: 'The request took longer than it may.',
    unauthorized: 'The login was not accepted.',
    refresh_token_failed: 'The login could not be renewed.',
    bad_request: 'The model’s server did not accept the request.',
    invalid_request: 'The model’s server did not accept the request.',
    invalid_prompt: 'The model’s server did not accept the prompt.',
    invalid_image_request: 'An image could not be used.',
    content_filter: 'A content filter withheld the answer.',
    cyber_policy: 'The policy on cyber security forbade it.',
    bio_policy: 'The policy on biology forbade it.',
    misalignment_policy_violation: 'The policy on misalignment forbade it.',
    too_many_denials: 'The guardian had denied too many actions, so the turn was ended.',
    tool_collision: 'Two tools had the same name.',
    thread_not_found: 'The thread that was addressed does not exist.',
    thread_rollback_failed: 'The thread could not be taken back to an earlier state.',
    active_turn_not_steerable: 'The running turn takes no input.',
    session_configured_not_first_event: 'The session did not begin as it should.',
    internal_agent_died: 'The agent’s own process ended.',
    unsupported_operation: 'Codex does not support this.',
    spawn: 'A process could not be started.',
    sandbox: 'The sandbox failed.',
    sandbox_error: 'The sandbox failed.',
    landlock_ruleset: 'The rules of the sandbox could not be set up.',
    landlock_path_fd: 'A path of the sandbox could not be opened.',
    landlock_sandbox_executable_not_provided: 'The program of the sandbox is missing.',
    fatal: 'Codex itself failed.',
    io: 'Reading or writing failed.',
    json: 'Something that should be JSON is not.',
    tokio_join: 'A task inside Codex ended without a result.',
    env_var: 'A variable of the environment is missing.',
  }),
);

/** `contextWindowExceeded` as `context_window_exceeded`. */
const snake = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** What went wrong, in a sentence; null for kinds that say nothing, and for unknown ones. */
export const errorWords = (kind: string): string | null => words.get(snake(kind)) ?? null;

/**
 * The sentence for an error that is told by a general and an exact kind: the exact one's, where there is one. `other`
 * is no kind of its own.
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
    : 'Codex gives a kind of error that says no more.';
}
