/** `final_approval_outcome` of a tool call in words (`schema.md` §4.8). */
const outcomes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    not_needed: 'not needed',
    config_allowed: 'allowed by configuration',
    policy_forbidden: 'forbidden by policy',
    guardian_approved: 'approved by the guardian',
    guardian_denied: 'denied by the guardian',
    guardian_aborted: 'guardian review aborted',
    user_approved: 'approved by the user',
    user_approved_for_session: 'approved by the user for the session',
    user_denied: 'denied by the user',
    user_aborted: 'aborted by the user',
  }),
);
/** Returns null for a call without a known review. */
export const approvalOutcomeWords = (outcome: string | null): string | null =>
  outcome === null || outcome === 'unknown' ? null : (outcomes.get(outcome) ?? outcome);

/** The reasons for an approval request: `trigger` of an approval (`schema.md` §4.7). */
const triggers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    initial: 'asked before running',
    sandbox_denial: 'asked after the sandbox denied it',
    network_policy_denial: 'asked after the network policy denied it',
    execve_intercept: 'asked when it started a program',
  }),
);
export const approvalTriggerWords = (trigger: string | null): string | null =>
  trigger === null ? null : (triggers.get(trigger) ?? trigger);

/** The effects of an answer beside the call: `resolution` of an approval. */
const resolutions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    session_approval: 'for the session',
    exec_policy_amendment: 'adds a rule for similar commands',
    network_policy_amendment: 'adds a network rule',
  }),
);
export const resolutionWords = (resolution: string | null): string | null =>
  resolution === null || resolution === 'none' ? null : (resolutions.get(resolution) ?? resolution);

/** The reasons for a failed call: `failure_kind` of a tool call. */
const failures: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tool_error: 'tool failed',
    approval_denied: 'approval denied',
    approval_aborted: 'approval aborted',
    sandbox_denied: 'denied by the sandbox',
    policy_forbidden: 'forbidden by policy',
  }),
);
export const failureWords = (kind: string | null): string | null =>
  kind === null ? null : (failures.get(kind) ?? kind);

/** The reasons why the guardian could not review: `failure_reason` (`schema.md` §4.6). */
const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    timeout: 'took too long',
    cancelled: 'cancelled',
    prompt_build_error: 'prompt could not be built',
    session_error: 'session failed',
    parse_error: 'response could not be read',
    stale_authorization: 'authorization out of date',
  }),
);
export const failureReasonWords = (reason: string | null): string | null =>
  reason === null ? null : (reasons.get(reason) ?? reason);
