import { z } from 'zod';
import { threadKinds } from '../filter-url.ts';
import { count, id, showableTimes, textOrNull, integer, integerOrNull } from './fields.ts';
import { seenValues, timeSources } from './shapes.ts';

/*
 * The timeline of a tree. A tree has thousands of turns, so its records are tables by column: the columns of one table
 * have the same length, and the values at the same place in them are one record. Times are ms since the epoch (`…AtMs`)
 * or null. `lane` is a thread's place in `lanes`.
 */
const lane = z.array(count);
const ids = z.array(z.string());
const texts = z.array(textOrNull);
const counts = z.array(count);
const wholes = z.array(integerOrNull);
/** A time outside of the calendar counts as none. */
const times = z.array(
  z.preprocess(
    (value) =>
      typeof value === 'number' && (value < showableTimes.first || value > showableTimes.last) ? null : value,
    integerOrNull,
  ),
);
const flags = z.array(z.boolean());
const eventId = z.array(id);
const timeSource = z
  .array(z.enum(timeSources).nullable())
  .describe('`event` is a time of its own; null where there is no time at all.');

export const Lanes = z.object({
  threadId: ids,
  depth: counts.describe('Below the thread that was asked for, which is 0.'),
  kind: z.array(z.enum(threadKinds)),
  seen: z.array(z.enum(seenValues)),
  title: texts,
  agentNickname: texts,
  agentRole: texts,
  model: texts,
  createdAtMs: times,
  createdAtInferred: flags,
  lastActiveAtMs: times,
  forkedFromThreadId: texts,
  turns: counts,
  tokens: z.array(integer),
  compactions: counts,
  tokensSaved: z.array(integer),
  storms: counts,
});
export type Lanes = z.output<typeof Lanes>;

export const TimelineTurns = z.object({
  lane,
  turnId: ids,
  eventId: z.array(id.nullable()),
  reported: flags,
  status: texts,
  error: texts,
  timeSource,
  startedAtMs: times,
  completedAtMs: times,
  durationMs: wholes,
  endInferred: flags.describe('No log says when it ended: its end and duration are those of its lines.'),
  model: texts,
  toolCalls: counts,
  innerCalls: counts,
  inputTokens: wholes,
  totalTokens: wholes,
  contextTokens: wholes.describe('In context at its end; null where no rollout tells.'),
  contextWindow: wholes,
  beforeFirstSamplingMs: wholes,
  samplingMs: wholes.describe('In all: no log says when it sampled.'),
  toolBlockingMs: wholes,
  compactionMs: wholes,
  betweenSamplingOverheadMs: wholes,
  afterLastSamplingMs: wholes,
});

export const TimelineCompactions = z.object({
  lane,
  turnId: texts,
  eventId,
  status: texts,
  trigger: texts,
  reason: texts,
  phase: texts,
  timeSource,
  startedAtMs: times,
  completedAtMs: times,
  durationMs: wholes,
  tokensBefore: wholes,
  tokensAfter: wholes,
  tokensBeforeExact: flags,
  refillTurns: wholes,
  refillMs: wholes,
  storm: flags,
  beginsStorm: flags.describe('True for one compaction of each storm, the first in order of time.'),
});

export const TimelineReviews = z.object({
  lane,
  turnId: texts,
  eventId,
  terminalStatus: texts,
  riskLevel: texts,
  actionType: texts,
  failureReason: texts,
  guardianThreadId: texts,
  timeSource,
  startedAtMs: times,
  completedAtMs: times,
  latencyMs: wholes,
});

export const TimelineHookRuns = z.object({
  lane,
  turnId: texts,
  eventId,
  status: texts,
  hookName: texts,
  hookSource: texts,
  atMs: times,
  timeSource,
});
export const TimelineSteers = z.object({ lane, turnId: texts, eventId, result: texts, atMs: times, timeSource });

/** The `spawn_agent` call that names the thread of `lane`; `fromLane` is the thread that made it. */
export const TimelineSpawns = z.object({ lane, fromLane: lane, eventId, atMs: times });
export const forkRelations = ['source', 'fork'] as const;
/** Forks that lead out of this tree, by the start of the fork. */
export const TimelineForks = z.object({
  lane,
  relation: z
    .array(z.enum(forkRelations))
    .describe('What `threadId` is to the thread of `lane`: the `source` that it goes on from, or a `fork` of it.'),
  threadId: ids,
  title: texts,
  known: flags.describe('False for a source of which these logs have nothing but its id.'),
  atMs: times,
  inferred: flags.describe('Whether the time is not one that the fork states.'),
});

/** A tree's threads in pre-order, and the records visible from afar. Records without a time are there too. */
export const Timeline = z
  .object({
    lanes: Lanes,
    turns: TimelineTurns,
    compactions: TimelineCompactions,
    guardianReviews: TimelineReviews,
    hookRuns: TimelineHookRuns.describe('Those that did not complete.'),
    steers: TimelineSteers,
    spawns: TimelineSpawns,
    forks: TimelineForks,
  })
  .meta({ id: 'Timeline' });
export type Timeline = z.output<typeof Timeline>;

export const TimelineToolCalls = z.object({
  lane,
  turnId: texts,
  eventId,
  itemId: ids,
  innerCall: flags,
  parentCallId: texts,
  tool: ids,
  toolName: texts,
  detail: texts,
  terminalStatus: texts,
  failureKind: texts,
  approvalOutcome: texts,
  timeSource,
  startedAtMs: times,
  completedAtMs: times,
  durationMs: wholes,
  executionDurationMs: wholes,
});
export const TimelineApprovals = z.object({
  lane,
  turnId: texts,
  eventId,
  reviewer: texts,
  subjectName: texts,
  status: texts,
  timeSource,
  startedAtMs: times,
  completedAtMs: times,
  durationMs: wholes,
});

/** The records on some lanes within a span of time, of the kinds that are too many to send for a whole tree at once. */
export const TimelineSpan = z
  .object({
    toolCalls: TimelineToolCalls,
    approvals: TimelineApprovals,
    hookRuns: TimelineHookRuns.describe('Those that completed.'),
    complete: z.boolean().describe('False when there are more records than one answer holds: the earliest are here.'),
  })
  .meta({ id: 'TimelineSpan' });
export type TimelineSpan = z.output<typeof TimelineSpan>;
