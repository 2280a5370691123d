import type { z } from 'zod';
import type {
  AnyToolCall,
  Approval,
  Compaction,
  GuardianReview,
  HookRun,
  RolloutCompaction,
  RolloutGuardianReview,
  RolloutThread,
  RolloutThreadName,
  RolloutToolCall,
  RolloutTurn,
  ThreadInitialized,
  Turn,
  TurnMetadataEvent,
} from './schemas.ts';

/**
 * Decides which records are the same event (`semantics.md`, "Identity"): by a key of its own, by the whole event, or,
 * without an id and a time, by its place in the log.
 */
export type Identity =
  | { readonly by: 'key'; readonly key: readonly (string | number)[] }
  | { readonly by: 'content' }
  | { readonly by: 'place' };

/**
 * The fields of each kind of event, by the kind of log. Only these fields of `params` are checked: an event may have
 * any others.
 */
export type Params = {
  analytics: {
    thread_initialized: z.output<typeof ThreadInitialized>;
    turn_metadata: z.output<typeof TurnMetadataEvent>;
    turn: z.output<typeof Turn>;
    compaction: z.output<typeof Compaction>;
    hook_run: z.output<typeof HookRun>;
    guardian_review: z.output<typeof GuardianReview>;
    approval: z.output<typeof Approval>;
    tool_call: z.output<typeof AnyToolCall>;
  };
  rollout: {
    rollout: z.output<typeof RolloutThread>;
    thread_name: z.output<typeof RolloutThreadName>;
    turn: z.output<typeof RolloutTurn>;
    compaction: z.output<typeof RolloutCompaction>;
    guardian_review: z.output<typeof RolloutGuardianReview>;
    tool_call: z.output<typeof RolloutToolCall>;
  };
};
type Lineage = {
  readonly thread_source?: string | null | undefined;
  readonly subagent_source?: string | null | undefined;
  readonly parent_thread_id?: string | null | undefined;
  readonly session_id?: string | null | undefined;
};

/** The kind of log that an event comes from (`semantics.md`, "Sources"). */
export type Source = keyof Params;

interface Head {
  /** The canonical name: `codex_compaction` is given as `codex_compaction_event`. */
  readonly type: string;
  readonly threadId: string | null;
  readonly turnId: string | null;
  /**
   * Start and end of what it reports, if stated; ms since the epoch. For an initialized event: the thread's creation.
   */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The event's own time: its start, else its end; null when it has none. */
  readonly time: number | null;
  /** Its status, whatever the field is called. */
  readonly outcome: string | null;
  readonly identity: Identity;
  readonly lineage: Lineage;
  /** How many records of its rollout were read when it was settled; null when one record says all of it. */
  readonly recordsRead: number | null;
}
type Told<S extends Source> = {
  [Kind in keyof Params[S]]: { readonly source: S; readonly kind: Kind; readonly params: Params[S][Kind] };
}[keyof Params[S]];
/** One event of a log, checked, in uniform units. `unknown` is an event type that the catalogue lacks. */
export type CodexEvent = Head &
  (Told<'analytics'> | Told<'rollout'> | { readonly source: Source; readonly kind: 'other' | 'unknown' });
export type EventOf<Kind extends CodexEvent['kind']> = Extract<CodexEvent, { readonly kind: Kind }>;

/** Why something in a log was not taken, and where in it: `field` is a path such as `event_params.thread_id`. */
export const problemCodes = ['not_an_event', 'missing_field', 'wrong_type', 'out_of_range'] as const;
export interface Problem {
  readonly code: (typeof problemCodes)[number];
  readonly message: string;
}
export type EventResult =
  | {
      readonly ok: true;
      readonly event: CodexEvent;
      /** Paths of fields that had a wrong type, or a value out of range, and were set to null. */
      readonly repaired: readonly string[];
    }
  | { readonly ok: false; readonly problem: Problem };
