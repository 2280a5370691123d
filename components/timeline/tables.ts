import type { Timeline, TimelineSpan } from '@/lib/queries/timeline-shapes.ts';

/** The tables of the items' records, by the kind of item. */
export interface Tables {
  readonly lanes: Timeline['lanes'];
  readonly fork: Timeline['forks'];
  readonly turns: Timeline['turns'];
  readonly compaction: Timeline['compactions'];
  readonly 'guardian review': Timeline['guardianReviews'];
  readonly 'hook run': Timeline['hookRuns'];
  readonly steer: Timeline['steers'];
  readonly 'tool call': TimelineSpan['toolCalls'];
  readonly cell: TimelineSpan['toolCalls'];
  readonly 'inner call': TimelineSpan['toolCalls'];
  readonly approval: TimelineSpan['approvals'];
  readonly 'completed hook run': TimelineSpan['hookRuns'];
}

const nothing: TimelineSpan = {
  toolCalls: {
    lane: [],
    turnId: [],
    eventId: [],
    itemId: [],
    innerCall: [],
    parentCallId: [],
    tool: [],
    toolName: [],
    detail: [],
    terminalStatus: [],
    failureKind: [],
    approvalOutcome: [],
    timeSource: [],
    startedAtMs: [],
    completedAtMs: [],
    durationMs: [],
    executionDurationMs: [],
  },
  approvals: {
    lane: [],
    turnId: [],
    eventId: [],
    reviewer: [],
    subjectName: [],
    status: [],
    timeSource: [],
    startedAtMs: [],
    completedAtMs: [],
    durationMs: [],
  },
  hookRuns: { lane: [], turnId: [], eventId: [], status: [], hookName: [], hookSource: [], atMs: [], timeSource: [] },
  complete: true,
};

/** Returns all tables of a tree, with the parts that were read of a span of it. */
export const tablesOf = (timeline: Timeline, span: TimelineSpan = nothing): Tables => ({
  lanes: timeline.lanes,
  fork: timeline.forks,
  turns: timeline.turns,
  compaction: timeline.compactions,
  'guardian review': timeline.guardianReviews,
  'hook run': timeline.hookRuns,
  steer: timeline.steers,
  'tool call': span.toolCalls,
  cell: span.toolCalls,
  'inner call': span.toolCalls,
  approval: span.approvals,
  'completed hook run': span.hookRuns,
});
