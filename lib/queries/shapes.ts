import { z } from 'zod';
import { threadKinds } from '../filter-url.ts';
import { count, id, textOrNull, time, timeOrNull, integer, integerOrNull, words } from './fields.ts';

/**
 * The shapes that more than one query returns: the contract of the HTTP API and the types of the pages' props. Times
 * are ISO 8601 UTC with milliseconds, or null; token counts and `…Ms` durations are integers.
 */
export const TokenUsage = z
  .object({ input: integer, cachedInput: integer, output: integer, reasoningOutput: integer, total: integer })
  .meta({ id: 'TokenUsage' });
export type TokenUsage = z.output<typeof TokenUsage>;
export const HookCounts = z
  .object({ completed: count, failed: count, blocked: count, stopped: count })
  .meta({ id: 'HookCounts' });
export type HookCounts = z.output<typeof HookCounts>;
export const GuardianCounts = z
  .object({ approved: count, denied: count, failedClosed: count, timedOut: count, aborted: count })
  .meta({ id: 'GuardianCounts' });
export type GuardianCounts = z.output<typeof GuardianCounts>;

/** The kinds of log that describe the same work: `semantics.md`, "Sources". */
export const sourceNames = ['analytics', 'rollout'] as const;
export const Source = z.enum(sourceNames);
export type Source = z.output<typeof Source>;
const sources = words(Source);
const source = Source.describe('The kind of log that records it.');

export const seenValues = ['initialized', 'active', 'mentioned'] as const;
export const parentSources = ['reported', 'rollout', 'spawn', 'review'] as const;
/** The source of an event's time: `semantics.md`, "Time". */
export const timeSources = ['event', 'envelope', 'turn', 'order', 'import'] as const;

/** A node of the forest. Figures are the whole thread's, whatever the filter: the filter chooses rows. */
export const ThreadRow = z
  .object({
    threadId: z.string(),
    parentThreadId: textOrNull,
    parentSource: z
      .enum(parentSources)
      .nullable()
      .describe('Where the parent comes from; `reported` means the thread itself.'),
    rootThreadId: z.string(),
    forkedFromThreadId: textOrNull,
    depth: count,
    kind: z.enum(threadKinds),
    seen: z
      .enum(seenValues)
      .describe(
        '`initialized`: its start is logged; `active`: it has other events of its own; `mentioned`: only other threads name it.',
      ),
    cycle: z.boolean().describe('True for a thread shown as a root because its parents form a loop.'),
    sources: sources.describe('The kinds of log with records of its own; empty for a thread that is only mentioned.'),
    title: textOrNull.describe('Its first user message, shortened; from its rollout, as all down to `agentPath`.'),
    cwd: textOrNull.describe('The working folder at its start.'),
    gitBranch: textOrNull,
    gitCommit: textOrNull,
    gitRepository: textOrNull,
    agentNickname: textOrNull,
    agentRole: textOrNull,
    agentPath: textOrNull,
    model: textOrNull,
    client: textOrNull,
    codexVersion: textOrNull,
    createdAt: timeOrNull,
    createdAtInferred: z
      .boolean()
      .describe("True when no event states the creation and it is read from the thread's UUIDv7."),
    lastActiveAt: timeOrNull,
    durationMs: integerOrNull.describe('From creation to the last known activity of the thread itself.'),
    resumptions: count,
    childCount: count,
    turns: count,
    turnsUnreported: count.describe('Unreported turns; not included in `turns`.'),
    turnsFailed: count,
    tokens: TokenUsage.describe('Of its own turns.'),
    compactions: count,
    tokensSaved: integer.describe("Before minus after over the thread's completed compactions; may be negative."),
    storms: count.describe('Storms: three or more compactions within ten turns.'),
    hooks: HookCounts,
    guardian: GuardianCounts,
    subtreeSize: count.describe('Includes the thread itself.'),
    height: count.describe('Levels of threads below it.'),
    subtreeTokens: integer.describe(
      'Total tokens of the thread and its descendants, excluding guardian threads below it.',
    ),
    subtreeGuardianTokens: integer.describe('Total tokens of the guardian threads below it.'),
    subtreeTurns: count,
    subtreeCompactions: count,
    subtreeTokensSaved: integer,
    subtreeStorms: count,
    subtreeHooks: HookCounts,
    subtreeGuardian: GuardianCounts,
    matches: z.boolean().describe('False for an ancestor listed only because a descendant matches the filter.'),
  })
  .meta({ id: 'ThreadRow' });
export type ThreadRow = z.output<typeof ThreadRow>;

/** `enforcedBy` is Codex's own sandbox (`managed`), nobody (`disabled`) or something around Codex (`external`). */
export const Permissions = z
  .object({
    enforcedBy: z.enum(['managed', 'disabled', 'external']),
    network: z.enum(['open', 'restricted']).nullable(),
  })
  .meta({ id: 'Permissions' });
export type Permissions = z.output<typeof Permissions>;

/** A git workspace that a turn began with. */
export const Workspace = z
  .object({
    path: textOrNull,
    remote: textOrNull,
    commit: textOrNull,
    hasChanges: z.boolean().nullable().describe('Whether it had uncommitted changes.'),
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.output<typeof Workspace>;

/**
 * The parts of a turn's duration, as Codex says them (`schema.md` §4.2); together they are all of it. A part that a
 * version does not say is null, which is not zero. The time blocked by tools includes their wait for an approval.
 */
export const TurnAnatomy = z
  .object({
    beforeFirstSamplingMs: integerOrNull,
    samplingMs: integerOrNull,
    toolBlockingMs: integerOrNull,
    compactionMs: integerOrNull,
    betweenSamplingOverheadMs: integerOrNull,
    afterLastSamplingMs: integerOrNull,
  })
  .meta({ id: 'TurnAnatomy' });
export type TurnAnatomy = z.output<typeof TurnAnatomy>;

/** The chain of work that a turn's duration depended on (`schema.md` §4.2). */
export const CriticalPath = z
  .object({
    status: textOrNull,
    durationMs: integerOrNull,
    inferenceMs: integerOrNull.describe('Sampling and compaction.'),
    samplingMs: integerOrNull,
    compactionMs: integerOrNull,
    autoReviewMs: integerOrNull,
    autoReviewOverheadMs: integerOrNull.describe('Part of the automatic review.'),
    userWaitMs: integerOrNull,
    toolsMs: integerOrNull,
    overheadMs: integerOrNull,
    unknownMs: integerOrNull,
  })
  .meta({ id: 'CriticalPath' });
export type CriticalPath = z.output<typeof CriticalPath>;

export const Turn = z
  .object({
    threadId: z.string(),
    turnId: z.string(),
    sources,
    reported: z
      .boolean()
      .describe('False for a turn that analytics has no event for, and would have none: it is in no count of turns.'),
    task: textOrNull.describe('What it was for: `regular`, `compaction`, `review` or `shell`; only its rollout says.'),
    status: textOrNull,
    statusInferred: z
      .boolean()
      .describe('True when a rollout does not say how the turn ended and the status follows from what it left.'),
    error: textOrNull,
    errorKind: textOrNull.describe('The kind of the error inside Codex, where it says it.'),
    errorHttpStatus: integerOrNull,
    turnTrigger: textOrNull.describe(
      'What made Codex begin it, where that was not a plain request of the client: `exec`, `goal`, `guardian_review`, or what the client said.',
    ),
    rootTurnId: textOrNull.describe(
      'The turn of the root thread that caused it; in a root thread it is the turn itself.',
    ),
    startedAt: timeOrNull,
    completedAt: timeOrNull,
    endInferred: z
      .boolean()
      .describe(
        'True when no log says when the turn ended: it is taken to end with the last line of its rollout that is its own, and to last as long as its lines span.',
      ),
    durationMs: integerOrNull,
    timeToFirstTokenMs: integerOrNull,
    anatomy: TurnAnatomy.nullable(),
    criticalPath: CriticalPath.nullable().describe('Null unless Codex tracked it, which is rare.'),
    model: textOrNull,
    reasoningEffort: textOrNull,
    approvalPolicy: textOrNull,
    approvalsReviewer: textOrNull,
    permissions: Permissions.nullable(),
    cwd: textOrNull,
    workspaces: z.array(Workspace).describe('The git workspaces at its start.'),
    contextWindow: integerOrNull.describe("Tokens that the model's context holds."),
    contextTokens: integerOrNull.describe("Tokens in the context at the turn's end; only its rollout says."),
    tokens: TokenUsage.nullable().describe('Null when Codex reported no usage: unknown, not zero.'),
    toolCalls: count.describe('Calls by the model: cells of code mode and plain calls.'),
    innerCalls: count.describe('Calls by its cells; not included in `toolCalls`.'),
    steers: integerOrNull.describe('How many times the user steered it.'),
    compactions: count,
    hooks: HookCounts,
    guardian: GuardianCounts,
    eventId: id.nullable().describe('The event that reported it.'),
  })
  .meta({ id: 'Turn' });
export type Turn = z.output<typeof Turn>;

/** The place of every record of a thread. */
const happening = { eventId: id, threadId: z.string(), turnId: textOrNull };

export const Compaction = z
  .object({
    ...happening,
    source,
    trigger: textOrNull,
    reason: textOrNull,
    implementation: textOrNull,
    phase: textOrNull,
    inferred: z
      .boolean()
      .describe('True when trigger and phase follow from where the compaction stands in its rollout.'),
    strategy: textOrNull,
    status: textOrNull,
    errorKind: textOrNull,
    tokensBefore: integerOrNull,
    tokensBeforeExact: z
      .boolean()
      .describe('False when the rollout gives only an approximate number of tokens before.'),
    tokensAfter: integerOrNull,
    tokensSaved: integerOrNull.describe('Before minus after, for a completed compaction only; may be negative.'),
    refillTurns: integerOrNull.describe(
      'Turns until the context refilled to its previous level; null if it never did.',
    ),
    refillMs: integerOrNull.describe('The same in milliseconds; also null when a time is missing.'),
    storm: z.boolean().describe('True for one of three or more compactions of its thread within ten turns.'),
    startedAt: timeOrNull,
    completedAt: timeOrNull,
    durationMs: integerOrNull,
  })
  .meta({ id: 'Compaction' });
export type Compaction = z.output<typeof Compaction>;

export const HookRun = z
  .object({
    ...happening,
    threadId: textOrNull.describe('Null when the event names no thread.'),
    hookName: textOrNull,
    hookSource: textOrNull,
    handlerType: textOrNull,
    executionMode: textOrNull,
    status: textOrNull,
    model: textOrNull,
    time: timeOrNull,
    timeSource: z.enum(timeSources),
  })
  .meta({ id: 'HookRun' });
export type HookRun = z.output<typeof HookRun>;

export const GuardianReview = z
  .object({
    ...happening,
    threadId: textOrNull.describe('Null when the rollout of the guardian does not say what it reviewed.'),
    source,
    reviewId: z.string(),
    targetItemId: textOrNull,
    requestSource: textOrNull,
    actionType: textOrNull,
    decision: textOrNull,
    terminalStatus: textOrNull,
    failureReason: textOrNull,
    riskLevel: textOrNull,
    userAuthorization: textOrNull,
    outcome: textOrNull,
    guardianThreadId: textOrNull,
    sessionKind: textOrNull,
    guardianModel: textOrNull,
    attemptCount: integerOrNull,
    reviewTimeoutMs: integerOrNull,
    latencyMs: integerOrNull,
    startedAt: timeOrNull,
    completedAt: timeOrNull,
    totalTokens: integerOrNull,
  })
  .meta({ id: 'GuardianReview' });
export type GuardianReview = z.output<typeof GuardianReview>;

export const ToolCall = z
  .object({
    ...happening,
    source,
    itemId: z.string(),
    tool: z.string(),
    toolName: textOrNull,
    detail: textOrNull.describe(
      'What the call was for, where the event says it: the MCP server and tool, or the subagents addressed.',
    ),
    startedAt: timeOrNull,
    completedAt: timeOrNull,
    durationMs: integerOrNull,
    executionDurationMs: integerOrNull,
    approvalOutcome: textOrNull,
    terminalStatus: textOrNull,
    failureKind: textOrNull,
    exitCode: integerOrNull,
    innerCall: z.boolean().describe('True for a call by a cell of code mode, not by the model.'),
    parentCallId: textOrNull.describe(
      'The `itemId` of the call that holds it: of an inner call its cell, of a `wait` the cell that it waits for. Where no log says it, the cell that ran when the call began.',
    ),
    cellId: textOrNull.describe('What Codex calls the cell, where it says it: its number in the session.'),
  })
  .meta({ id: 'ToolCall' });
export type ToolCall = z.output<typeof ToolCall>;

/** An approval asked of the user or of the guardian. */
export const Approval = z
  .object({
    ...happening,
    reviewId: textOrNull,
    itemId: textOrNull,
    subjectKind: textOrNull,
    subjectName: textOrNull,
    reviewer: textOrNull,
    trigger: textOrNull,
    status: textOrNull,
    resolution: textOrNull,
    startedAt: timeOrNull,
    completedAt: timeOrNull,
    durationMs: integerOrNull,
  })
  .meta({ id: 'Approval' });
export type Approval = z.output<typeof Approval>;

export const Reject = z
  .object({
    path: textOrNull.describe('The archive entry that contains it.'),
    line: count,
    code: z.string(),
    message: z.string(),
    excerpt: z.string(),
  })
  .meta({ id: 'Reject' });
export type Reject = z.output<typeof Reject>;

/** One log within an import: the file itself, or an entry of an archive. */
export const NextCursor = textOrNull.describe('For the next page; null on the last one.');

export const logStates = ['read', 'already_in', 'replaced', 'passed_over'] as const;
export const ImportLog = z
  .object({
    path: textOrNull.describe(
      'In the folder that was dropped, or as the archive says it; null for a file that was sent alone.',
    ),
    state: z
      .enum(logStates)
      .describe(
        '`already_in`: the same bytes are in, as a log of `otherImportId`. `replaced`: that import brought a later version, and nothing of this one is left. `passed_over`: no log, for the reason `passedOver`.',
      ),
    passedOver: textOrNull.describe('Why it is not a log; `no_events` when none of its lines is a Codex event.'),
    detail: textOrNull.describe('The place and what is wrong there, where that is known.'),
    otherImportId: id.nullable(),
    sha256: textOrNull.describe('Of its own bytes, decompressed; null for what is passed over.'),
    bytes: count.describe('Decompressed.'),
    lines: z.object({ total: count, blank: count, rejected: count }),
    events: count.describe('Includes repeats.'),
  })
  .meta({ id: 'ImportLog' });
export type ImportLog = z.output<typeof ImportLog>;
export const LogList = z
  .object({ logs: z.array(ImportLog), total: count, nextCursor: NextCursor })
  .meta({ id: 'LogList' });
export type LogList = z.output<typeof LogList>;

export const Import = z
  .object({
    id,
    name: z.string(),
    sha256: z.string().nullable().describe('Of what was sent; null when it came in several requests.'),
    bytes: count.describe('That were sent.'),
    state: z
      .enum(['complete', 'incomplete'])
      .describe(
        '`incomplete`: it was cut off, or more of it is on its way. Its logs are in; the others come in when it is sent again.',
      ),
    formats: z.record(z.string(), count).describe('Lines by the format they were read as.'),
    lines: z.object({ total: count, blank: count, rejected: count }).describe('Of the decompressed logs.'),
    events: z
      .object({ accepted: count, duplicate: count, unknown: count, repaired: count })
      .describe('`accepted` were stored by this import, unknown ones included; `duplicate` were already in.'),
    logs: z
      .object({ total: count, read: count, alreadyIn: count, replaced: count, passedOver: count })
      .describe(
        'The logs within it by what became of them: one, or those of a folder or an archive, whose folders are left out.',
      ),
    rejected: z
      .object({ total: count, kept: count })
      .describe(
        'Rejects: how many there were, and how many of them, the first ones, are kept one by one. A line of several events may be rejected more than once.',
      ),
    rejects: z.array(Reject).describe('The first 100.'),
    startedAt: time,
    finishedAt: time,
  })
  .meta({ id: 'Import' });
export type Import = z.output<typeof Import>;

/** An event of a log with its text, byte for byte. */
export const LoggedEvent = z.object({
  id,
  type: z.string(),
  time: timeOrNull,
  timeSource: z.enum(timeSources),
  threadId: textOrNull,
  turnId: textOrNull,
  importId: id,
  line: count.describe('The line of the log that it begins on, from 1.'),
  repairs: z
    .array(z.string())
    .describe('The fields of `event_params`, as paths, that had a wrong type or were out of range, and count as null.'),
  text: z.string(),
});
export type LoggedEvent = z.output<typeof LoggedEvent>;

/** One page of a list. */
export const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().optional().describe('The `nextCursor` of the page before; opaque.'),
});
export type Page = z.output<typeof Page>;
