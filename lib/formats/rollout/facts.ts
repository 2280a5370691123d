import type { Permissions } from '../../events/permissions.ts';

/**
 * The facts of rollouts (`schema.md` §8), in the terms of the analytics events. Times are ms since the epoch (UTC),
 * durations ms; null is "not said". Each fact has the line on which its subject begins: a thread's `session_meta`, a
 * turn's start, a `compacted` line, a call. That line stays the same when the file grows.
 */

/** Sums as `codex_turn_event` gives them: `input` includes `cachedInput`, `output` includes `reasoningOutput`. */
export interface Tokens {
  readonly input: number;
  readonly cachedInput: number;
  readonly output: number;
  readonly reasoningOutput: number;
  readonly total: number;
}

/** The place of one file among the files of its thread: Codex may continue a thread in another file. */
export interface Segment {
  /**
   * From its `session_meta`, else the time of its first line. Some versions repeat the thread's creation in every
   * segment.
   */
  readonly startedAt: number | null;
  readonly firstLineAt: number | null;
  /** The start of its latest turn; null without turns. */
  readonly lastTurnAt: number | null;
}

export interface ThreadFact {
  readonly kind: 'thread';
  readonly threadId: string;
  readonly parentThreadId: string | null;
  readonly forkedFromThreadId: string | null;
  readonly sessionId: string | null;
  /**
   * As in analytics. Versions before 0.131 do not write it; it is derived from the session's source, as they did
   * themselves.
   */
  readonly threadSource: string | null;
  /**
   * `thread_spawn`, `guardian`, `review`, `compact`, `memory_consolidation` or another label; null for a user's thread.
   */
  readonly subagentSource: string | null;
  /** The stated depth of a spawned thread below its root. */
  readonly depth: number | null;
  readonly createdAt: number | null;
  readonly lastActiveAt: number | null;
  readonly segment: Segment;
  readonly cwd: string | null;
  readonly git: {
    readonly branch: string | null;
    readonly commit: string | null;
    readonly repositoryUrl: string | null;
  };
  /** `product_client_id` in analytics. */
  readonly originator: string | null;
  readonly cliVersion: string | null;
  /** Of the latest turn. */
  readonly model: string | null;
  readonly modelProvider: string | null;
  readonly agentNickname: string | null;
  readonly agentRole: string | null;
  readonly agentPath: string | null;
  readonly title: string | null;
}

/** A name that the user gave to the thread; null takes it back. */
export interface ThreadNameFact {
  readonly kind: 'thread_name';
  readonly threadId: string;
  readonly name: string | null;
  readonly namedAt: number | null;
}

export type TurnStatus = 'completed' | 'failed' | 'interrupted';
/** The purpose of a task. Only a regular one is a turn in analytics. */
export type TaskKind = 'regular' | 'compaction' | 'review' | 'shell';

export interface TurnFact {
  readonly kind: 'turn';
  readonly threadId: string;
  readonly turnId: string;
  /** Null when no line says how the turn ended: the file or the process ended before, or the version writes none. */
  readonly status: TurnStatus | null;
  /** Before 0.150 a failed turn ends like a completed one, and is recognised by its missing answer. */
  readonly statusInferred: boolean;
  /** The kind of error in snake_case, such as `context_window_exceeded`; never its text. */
  readonly error: string | null;
  readonly task: TaskKind;
  /**
   * True if analytics would have a `codex_turn_event` for it: not for other tasks, prompts that a hook blocked, and
   * turns that end in their first compaction.
   */
  readonly reported: boolean;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  /** No line ends the turn: `completedAt` is the time of its last own line, `durationMs` the span of its lines. */
  readonly endInferred: boolean;
  readonly durationMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  readonly model: string | null;
  readonly reasoningEffort: string | null;
  readonly approvalPolicy: string | null;
  readonly approvalsReviewer: string | null;
  readonly permissions: Permissions | null;
  readonly cwd: string | null;
  /** Null when no usage arrived. */
  readonly tokens: Tokens | null;
  readonly rootTurnId: string | null;
  readonly turnTrigger: string | null;
  /** Tokens that the model's context holds. */
  readonly contextWindow: number | null;
  /** Tokens in the context at its end: input and output of the last answer; null without usage before. */
  readonly contextTokens: number | null;
  readonly toolCalls: number;
}

export interface CompactionFact {
  readonly kind: 'compaction';
  readonly threadId: string;
  readonly turnId: string;
  readonly tokensBefore: number | null;
  /**
   * False when analytics would count some tokens more: tools' answers since the last count, or the request of a remote
   * compaction.
   */
  readonly tokensBeforeExact: boolean;
  readonly tokensAfter: number | null;
  /** Inferred, like `phase`, from the line's place in its task; null when the file ends too early. */
  readonly trigger: 'manual' | 'auto' | null;
  readonly phase: 'standalone_turn' | 'pre_turn' | 'mid_turn' | null;
  readonly time: number | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly durationMs: number | null;
  readonly windowNumber: number | null;
}

export interface GuardianReviewFact {
  readonly kind: 'guardian_review';
  /**
   * `<guardian's thread>/<its own turn of the first attempt>` from the guardian's rollout; the review's own id from an
   * assessment in the reviewed thread's.
   */
  readonly reviewId: string;
  /** Null in an assessment, which does not name it. */
  readonly guardianThreadId: string | null;
  readonly guardianTurnId: string | null;
  /** The call under review, which only an assessment names. */
  readonly targetItemId: string | null;
  readonly reviewedThreadId: string | null;
  readonly reviewedTurnId: string | null;
  /** Null while the file does not show an end. */
  readonly terminalStatus: 'approved' | 'denied' | 'failed_closed' | 'timed_out' | 'aborted' | null;
  readonly decision: 'approved' | 'denied' | 'aborted' | null;
  readonly failureReason: 'parse_error' | 'session_error' | 'timeout' | 'cancelled' | null;
  readonly outcome: 'allow' | 'deny' | null;
  readonly riskLevel: string | null;
  readonly userAuthorization: string | null;
  readonly actionType: string | null;
  readonly attempts: number;
  readonly model: string | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  /** From the first attempt's start to the last one's end; analytics adds some ms of preparation. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** Of the last attempt, as in analytics. */
  readonly tokens: Tokens | null;
}

export interface ToolCallFact {
  readonly kind: 'tool_call';
  readonly threadId: string;
  readonly turnId: string | null;
  /** Codex's `call_id`, the `item_id` of analytics. */
  readonly itemId: string;
  /** The analytics event type without `codex_` and `_event`, such as `command_execution`. */
  readonly tool: string;
  readonly toolName: string | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  readonly durationMs: number | null;
  readonly terminalStatus: 'completed' | 'failed' | 'rejected' | 'interrupted' | null;
  readonly exitCode: number | null;
  /**
   * True if analytics would have an event for it: not for calls that never reached a tool, nor for those without an
   * item.
   */
  readonly reported: boolean;
  /** The cell of a call that ran on after its answer, or that a call waits for. */
  readonly cellId: string | null;
  readonly senderThreadId: string | null;
  readonly receiverThreadIds: readonly string[];
}

export type RolloutFact = ThreadFact | ThreadNameFact | TurnFact | CompactionFact | GuardianReviewFact | ToolCallFact;

export type RolloutOutput =
  | { readonly kind: 'fact'; readonly line: number; readonly fact: RolloutFact }
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly code: 'invalid_json' | 'truncated_json' | 'nested_too_deep' | 'not_a_rollout';
      readonly message: string;
      readonly text: string;
    }
  /**
   * A record of a type that no known version has: `rollout.<type>`, `rollout.event_msg.<type>`,
   * `rollout.response_item.<type>`, `rollout.item_completed.<type>`.
   */
  | { readonly kind: 'unknown'; readonly line: number; readonly type: string };
