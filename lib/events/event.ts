import type { z } from 'zod';
import type {
  Approval, CommandExecution, Compaction, GuardianReview, HookRun, McpToolCall, RolloutCompaction, RolloutGuardianReview, RolloutThread, RolloutToolCall, RolloutTurn,
  ThreadInitialized, ToolCall, Turn, TurnMetadataEvent,
} from './schemas.ts';

/**
 * What makes two records one (`semantics.md`, "Identity"): a key of its own, the whole event, or, when it has neither an id nor a time, its
 * place in the log.
 */
export type Identity = { readonly by: 'key'; readonly key: readonly (string | number)[] } | { readonly by: 'whole' } | { readonly by: 'place' };

/** What both kinds of log say of it, and whatever only one of them says. Its thread and turn are in the event's head. */
type Either<Analytics, Rollout> = Partial<Omit<Analytics & Rollout, 'thread_id' | 'turn_id'>>;
type AnyToolCall = Partial<z.output<typeof CommandExecution> & z.output<typeof McpToolCall> & z.output<typeof RolloutToolCall>>;
export type Params = {
  thread_initialized: z.output<typeof ThreadInitialized>;
  rollout: z.output<typeof RolloutThread>;
  turn_metadata: z.output<typeof TurnMetadataEvent>;
  turn: Either<z.output<typeof Turn>, z.output<typeof RolloutTurn>>;
  compaction: Either<z.output<typeof Compaction>, z.output<typeof RolloutCompaction>>;
  hook_run: z.output<typeof HookRun>;
  guardian_review: Either<z.output<typeof GuardianReview>, z.output<typeof RolloutGuardianReview>>;
  approval: z.output<typeof Approval>;
  tool_call: Omit<z.output<typeof ToolCall>, 'turn_id'> & Pick<AnyToolCall, 'exit_code' | 'mcp_server_name' | 'mcp_tool_name' | 'sender_thread_id' | 'receiver_thread_ids' | 'tool' | 'reported'>;
};
type Lineage = { readonly thread_source?: string | null | undefined; readonly subagent_source?: string | null | undefined; readonly parent_thread_id?: string | null | undefined; readonly session_id?: string | null | undefined };

/** Which kind of log an event comes from (`semantics.md`, "Sources"). */
export type Source = 'analytics' | 'rollout';

interface Head {
  readonly source: Source;
  /** The canonical name: `codex_compaction` is given as `codex_compaction_event`. */
  readonly type: string;
  readonly threadId: string | null;
  readonly turnId: string | null;
  /** When what it reports began and ended, where it says so; ms since the epoch. Of an initialized event: the thread's creation. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The event's own time: its start, else its end; null when it has none. */
  readonly time: number | null;
  /** Its status, whatever the field is called. */
  readonly outcome: string | null;
  readonly identity: Identity;
  readonly lineage: Lineage;
}
/** One event of a log, checked, with units made uniform. `unknown` is an event type that the catalogue lacks. */
export type CodexEvent = Head & ({ [K in keyof Params]: { readonly kind: K; readonly params: Params[K] } }[keyof Params] | { readonly kind: 'other' | 'unknown' });

/** Why something in a log was not taken, and where in it: `field` is a path such as `event_params.thread_id`. */
export const problemCodes = ['not_an_event', 'missing_field', 'wrong_type', 'out_of_range'] as const;
export interface Problem { readonly code: (typeof problemCodes)[number]; readonly message: string }
export type EventResult =
  | { readonly ok: true; readonly event: CodexEvent; /** Paths of fields that had a wrong type, or a value out of range, and were set to null. */ readonly repaired: readonly string[] }
  | { readonly ok: false; readonly problem: Problem };
