import type { z } from 'zod';
import type { CodexEvent, Identity, Params } from './event.ts';
import { fromSeconds, lineageFigures, usageFigures } from './fields.ts';
import { fits } from './fits.ts';
import * as schemas from './schemas.ts';

export interface Definition {
  readonly schema: z.ZodObject;
  /**
   * Fields that identify the event or that a figure needs: a wrong type there rejects it, elsewhere the field becomes
   * null.
   */
  readonly figures: ReadonlySet<string>;
  /** Names the event that `params` describe, or null when they do not fit the schema: `schema` then says why. */
  readonly read: (type: string, params: unknown) => CodexEvent | null;
  /**
   * Returns a function that names the event as `params` are at each call, as long as they fit; null when they do not
   * fit now.
   */
  readonly reader: (type: string, params: unknown) => (() => CodexEvent) | null;
}

function define<S extends z.ZodObject>(
  schema: S,
  figures: readonly (keyof z.output<S> & string)[],
  build: (type: string, params: z.output<S>) => CodexEvent,
): Definition {
  const fitting = fits(schema);
  return {
    schema,
    figures: new Set<string>(figures),
    read: (type, params) => (fitting(params) ? build(type, params) : null),
    reader: (type, params) => (fitting(params) ? () => build(type, params) : null),
  };
}

const place: Identity = { by: 'place' };
const byContent: Identity = { by: 'content' };
const ids = ['thread_id', 'turn_id'] as const;

const analytics = { source: 'analytics', recordsRead: null } as const;
const rollout = { source: 'rollout' } as const;

type Times = Pick<CodexEvent, 'startedAt' | 'endedAt' | 'time'>;
type Moment = number | null | undefined;
const times = (startedAt: number | null, endedAt: number | null): Times => ({
  startedAt,
  endedAt,
  time: startedAt ?? endedAt,
});
const seconds = (params: { readonly started_at?: Moment; readonly completed_at?: Moment }): Times =>
  times(fromSeconds(params.started_at), fromSeconds(params.completed_at));
const milliseconds = (params: { readonly started_at_ms?: Moment; readonly completed_at_ms?: Moment }): Times =>
  times(params.started_at_ms ?? null, params.completed_at_ms ?? null);

/** The thread's creation is the event's own time, except when the event reports a resumption (`schema.md` §4.1). */
const threadInitialized = define(
  schemas.ThreadInitialized,
  ['thread_id', 'forked_from_thread_id', 'model', ...lineageFigures],
  (type, params) => ({
    ...analytics,
    kind: 'thread_initialized',
    type,
    params,
    threadId: params.thread_id,
    turnId: null,
    startedAt: fromSeconds(params.created_at),
    endedAt: null,
    time: params.initialization_mode === 'resumed' ? null : fromSeconds(params.created_at),
    outcome: params.initialization_mode ?? null,
    identity: place,
    lineage: params,
  }),
);

const turn = define(schemas.Turn, [...ids, 'status', ...usageFigures, ...lineageFigures], (type, params) => ({
  ...analytics,
  kind: 'turn',
  type,
  params,
  threadId: params.thread_id,
  turnId: params.turn_id,
  ...seconds(params),
  outcome: params.status ?? null,
  identity: { by: 'key', key: ['turn', params.thread_id, params.turn_id] },
  lineage: params,
}));

const compaction = define(
  schemas.Compaction,
  [
    ...ids,
    'status',
    'active_context_tokens_before',
    'active_context_tokens_after',
    'trigger',
    'phase',
    ...lineageFigures,
  ],
  (type, params) => ({
    ...analytics,
    kind: 'compaction',
    type,
    params,
    threadId: params.thread_id,
    turnId: params.turn_id,
    ...seconds(params),
    outcome: params.status ?? null,
    identity: byContent,
    lineage: params,
  }),
);

const hookRun = define(schemas.HookRun, [...ids, 'hook_name', 'hook_source', 'status'], (type, params) => ({
  ...analytics,
  kind: 'hook_run',
  type,
  params,
  threadId: params.thread_id ?? null,
  turnId: params.turn_id ?? null,
  startedAt: null,
  endedAt: null,
  time: null,
  outcome: params.status ?? null,
  identity: place,
  lineage: {},
}));

const guardianReview = define(
  schemas.GuardianReview,
  [...ids, 'review_id', 'decision', 'terminal_status', 'risk_level', 'guardian_thread_id', ...usageFigures],
  (type, params) => ({
    ...analytics,
    kind: 'guardian_review',
    type,
    params,
    threadId: params.thread_id,
    turnId: params.turn_id,
    ...seconds(params),
    outcome: params.terminal_status ?? null,
    identity: { by: 'key', key: ['guardian_review', params.review_id] },
    lineage: { session_id: params.session_id },
  }),
);

const approval = define(
  schemas.Approval,
  [...ids, 'review_id', 'started_at_ms', 'status', ...lineageFigures],
  (type, params) => ({
    ...analytics,
    kind: 'approval',
    type,
    params,
    threadId: params.thread_id,
    turnId: params.turn_id,
    ...milliseconds(params),
    outcome: params.status ?? null,
    identity: {
      by: 'key',
      key: ['approval', params.thread_id, params.turn_id, params.review_id, params.started_at_ms],
    },
    lineage: params,
  }),
);

const toolCallWith = (...figures: readonly (keyof Params['analytics']['tool_call'])[]): Definition =>
  define(
    schemas.AnyToolCall,
    [...ids, 'item_id', 'terminal_status', ...lineageFigures, ...figures],
    (type, params) => ({
      ...analytics,
      kind: 'tool_call',
      type,
      params,
      threadId: params.thread_id,
      turnId: params.turn_id,
      ...milliseconds(params),
      outcome: params.terminal_status ?? null,
      identity: { by: 'key', key: ['tool_call', params.thread_id, params.turn_id, params.item_id] },
      lineage: params,
    }),
  );
const toolCall = toolCallWith();

/** Identified by its place: its time is a whole second, and two steers in one second are usual. */
const turnSteer = define(schemas.TurnSteer, ['thread_id', ...lineageFigures], (type, params) => ({
  ...analytics,
  kind: 'other',
  type,
  threadId: params.thread_id,
  turnId: params.accepted_turn_id ?? null,
  ...seconds({ started_at: params.created_at }),
  outcome: params.result ?? null,
  identity: place,
  lineage: params,
}));

/** An event that carries a time is identified by all of it; one without is identified by its place. */
const other = define(schemas.Other, [...ids, ...lineageFigures], (type, params) => {
  const time = params.occurred_at_ms ?? fromSeconds(params.completed_at);
  return {
    ...analytics,
    kind: 'other',
    type,
    threadId: params.thread_id ?? null,
    turnId: params.turn_id ?? null,
    startedAt: time,
    endedAt: null,
    time,
    outcome: params.status ?? params.action ?? params.event_kind ?? params.outcome ?? params.decision ?? null,
    identity: time === null ? place : byContent,
    lineage: params,
  };
});

const turnMetadata = define(schemas.TurnMetadataEvent, ['thread_source', 'parent_thread_id'], (type, params) => ({
  ...analytics,
  kind: 'turn_metadata',
  type,
  params,
  threadId: params.thread_id ?? null,
  turnId: params.turn_id ?? null,
  ...times(params.turn_started_at_unix_ms ?? null, null),
  outcome: null,
  identity: byContent,
  lineage: {
    session_id: params.session_id,
    thread_source: params.thread_source,
    parent_thread_id: params.parent_thread_id,
  },
}));

const rolloutThread = define(
  schemas.RolloutThread,
  ['thread_id', 'forked_from_thread_id', ...lineageFigures],
  (type, params) => ({
    ...rollout,
    recordsRead: params.records_read ?? null,
    kind: 'rollout',
    type,
    params,
    threadId: params.thread_id,
    turnId: null,
    ...times(params.created_at_ms ?? null, params.last_active_at_ms ?? null),
    outcome: null,
    identity: { by: 'key', key: ['rollout', params.thread_id] },
    lineage: params,
  }),
);

/** What it says about a thread is no evidence that the thread worked. */
const rolloutThreadName = define(schemas.RolloutThreadName, ['thread_id', 'name'], (type, params) => ({
  ...rollout,
  recordsRead: params.records_read ?? null,
  kind: 'thread_name',
  type,
  params,
  threadId: params.thread_id,
  turnId: null,
  ...times(params.named_at_ms ?? null, null),
  outcome: null,
  identity: {
    by: 'key',
    key: ['thread_name', params.told_by ?? '', params.thread_id, params.named_at_ms ?? 0, params.name ?? ''],
  },
  lineage: {},
}));

const rolloutTurn = define(schemas.RolloutTurn, [...ids, 'status', ...usageFigures], (type, params) => ({
  ...rollout,
  recordsRead: params.records_read ?? null,
  kind: 'turn',
  type,
  params,
  threadId: params.thread_id,
  turnId: params.turn_id,
  ...milliseconds(params),
  outcome: params.status ?? null,
  identity: { by: 'key', key: ['rollout_turn', params.thread_id, params.turn_id] },
  lineage: {},
}));

const rolloutCompaction = define(
  schemas.RolloutCompaction,
  [...ids, 'status', 'active_context_tokens_before', 'active_context_tokens_after'],
  (type, params) => ({
    ...rollout,
    recordsRead: params.records_read ?? null,
    kind: 'compaction',
    type,
    params,
    threadId: params.thread_id,
    turnId: params.turn_id ?? null,
    ...milliseconds(params),
    outcome: params.status ?? null,
    identity: {
      by: 'key',
      key: ['rollout_compaction', params.thread_id, params.turn_id ?? '', params.completed_at_ms ?? 0],
    },
    lineage: {},
  }),
);

const rolloutGuardianReview = define(
  schemas.RolloutGuardianReview,
  ['review_id', 'terminal_status', 'guardian_thread_id', ...usageFigures],
  (type, params) => ({
    ...rollout,
    recordsRead: params.records_read ?? null,
    kind: 'guardian_review',
    type,
    params,
    threadId: params.thread_id ?? null,
    turnId: params.turn_id ?? null,
    ...milliseconds(params),
    outcome: params.terminal_status ?? null,
    identity: { by: 'key', key: ['rollout_guardian_review', params.review_id] },
    lineage: {},
  }),
);

/** The same call as in analytics: the analytics event counts when both are in. */
const rolloutToolCall = define(
  schemas.RolloutToolCall,
  [...ids, 'item_id', 'tool', 'terminal_status'],
  (type, params) => ({
    ...rollout,
    recordsRead: params.records_read ?? null,
    kind: 'tool_call',
    type,
    params,
    threadId: params.thread_id,
    turnId: params.turn_id ?? null,
    ...milliseconds(params),
    outcome: params.terminal_status ?? null,
    identity: { by: 'key', key: ['tool_call', params.thread_id, params.turn_id ?? '', params.item_id] },
    lineage: {},
  }),
);

/**
 * Every event type that Codex is known to send (`schema.md` §3), and those that rollouts are read into. A new type is
 * one line here.
 */
export const catalogue: ReadonlyMap<string, Definition> = new Map([
  ['codex_thread_initialized', threadInitialized],
  ['codex_turn_event', turn],
  ['codex_turn_steer_event', turnSteer],
  ['codex_compaction_event', compaction],
  ['codex_hook_run', hookRun],
  ['codex_guardian_review', guardianReview],
  ['codex_review_event', approval],
  ['codex_command_execution_event', toolCall],
  ['codex_file_change_event', toolCall],
  ['codex_mcp_tool_call_event', toolCall],
  ['codex_dynamic_tool_call_event', toolCall],
  ['codex_collab_agent_tool_call_event', toolCallWith('tool_name', 'sender_thread_id', 'receiver_thread_ids')],
  ['codex_web_search_event', toolCall],
  ['codex_image_generation_event', toolCall],
  ['codex_control_tool_call_event', toolCall],
  ...[
    'codex_cua_tool_call_started',
    'codex_artifact_operation',
    'codex_plugin_measurement_event',
    'codex_accepted_line_fingerprints',
    'codex_goal_event',
    'codex_guardian_v2_classification',
    'codex_guardian_v2_fast_decision',
    'codex_thread_hint_status',
    'codex_thread_archive_event',
    'skill_invocation',
    'codex_app_mentioned',
    'codex_app_used',
    'codex_plugin_used',
    'codex_plugin_installed',
    'codex_plugin_uninstalled',
    'codex_plugin_enabled',
    'codex_plugin_disabled',
    'codex_plugin_install_requested',
    'codex_plugin_install_failed',
    'codex_onboarding_external_agent_import_complete',
    'codex_onboarding_external_agent_import_failure',
  ].map((type): [string, Definition] => [type, other]),
  ['turn_metadata', turnMetadata],
  ['rollout_thread', rolloutThread],
  ['rollout_thread_name', rolloutThreadName],
  ['rollout_turn', rolloutTurn],
  ['rollout_compaction', rolloutCompaction],
  ['rollout_guardian_review', rolloutGuardianReview],
  ['rollout_tool_call', rolloutToolCall],
]);

/** Spellings that some collectors write (`semantics.md`, "Unknown and broken input"). */
export const aliases: ReadonlyMap<string, string> = new Map([
  ['codex_compaction', 'codex_compaction_event'],
  ['codex_command_execution', 'codex_command_execution_event'],
]);
