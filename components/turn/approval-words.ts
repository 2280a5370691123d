/** `final_approval_outcome` of a tool call in words (`schema.md` §4.8). */
const outcomes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    not_needed: 'needed none',
    config_allowed: 'allowed by the configuration',
    policy_forbidden: 'forbidden by the policy',
    guardian_approved: 'approved by the guardian',
    guardian_denied: 'denied by the guardian',
    guardian_aborted: 'the guardian’s review was called off',
    user_approved: 'approved by the user',
    user_approved_for_session: 'approved by the user for the session',
    user_denied: 'denied by the user',
    user_aborted: 'called off by the user',
  }),
);
/** Null for a call of which no review was seen. */
export const approvalOutcomeWords = (outcome: string | null): string | null =>
  outcome === null || outcome === 'unknown' ? null : (outcomes.get(outcome) ?? outcome);

/** Why somebody was asked: `trigger` of an approval (`schema.md` §4.7). */
const triggers: ReadonlyMap<string, string> = new Map(
  Object.entries({
    initial: 'before it ran',
    sandbox_denial: 'after the sandbox refused it',
    network_policy_denial: 'after the network policy refused it',
    execve_intercept: 'when it started a program',
  }),
);
export const approvalTriggerWords = (trigger: string | null): string | null =>
  trigger === null ? null : (triggers.get(trigger) ?? trigger);

/** What an answer changed beside the call: `resolution` of an approval. */
const resolutions: ReadonlyMap<string, string> = new Map(
  Object.entries({
    session_approval: 'for the session',
    exec_policy_amendment: 'with a rule for commands like it',
    network_policy_amendment: 'with a rule for the network',
  }),
);
export const resolutionWords = (resolution: string | null): string | null =>
  resolution === null || resolution === 'none' ? null : (resolutions.get(resolution) ?? resolution);

/** Why a call failed: `failure_kind` of a tool call. */
const failures: ReadonlyMap<string, string> = new Map(
  Object.entries({
    tool_error: 'the tool failed',
    approval_denied: 'the approval was denied',
    approval_aborted: 'the approval was called off',
    sandbox_denied: 'the sandbox refused it',
    policy_forbidden: 'the policy forbids it',
  }),
);
export const failureWords = (kind: string | null): string | null =>
  kind === null ? null : (failures.get(kind) ?? kind);

/** Why the guardian could not review: `failure_reason` (`schema.md` §4.6). */
const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    timeout: 'it took too long',
    cancelled: 'it was called off',
    prompt_build_error: 'its prompt could not be made',
    session_error: 'its session failed',
    parse_error: 'its answer could not be read',
    stale_authorization: 'the authorization was out of date',
  }),
);
export const failureReasonWords = (reason: string | null): string | null =>
  reason === null ? null : (reasons.get(reason) ?? reason);
