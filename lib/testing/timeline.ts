import type { Timeline } from '../queries/timeline-shapes.ts';

/** A timeline for tests: threads without anything on them. */
export function emptyTimeline(threadId: string[], depth: number[]): Timeline {
  const each = <T>(value: T): T[] => threadId.map(() => value);
  return {
    lanes: {
      threadId, depth, kind: each('user'), seen: each('initialized'), title: each(null), agentNickname: each(null), agentRole: each(null), model: each(null), createdAtMs: each(null),
      createdAtInferred: each(false), lastActiveAtMs: each(null), forkedFromThreadId: each(null), turns: each(0), tokens: each(0), compactions: each(0), tokensSaved: each(0), storms: each(0),
    },
    turns: turnsAt([], []),
    compactions: {
      refillTurns: [], refillMs: [], storm: [], beginsStorm: [], lane: [], turnId: [], eventId: [], status: [], trigger: [], reason: [], phase: [], timeSource: [], startedAtMs: [], completedAtMs: [], durationMs: [], tokensBefore: [], tokensAfter: [], tokensBeforeExact: [],
    },
    guardianReviews: { lane: [], turnId: [], eventId: [], terminalStatus: [], riskLevel: [], actionType: [], failureReason: [], guardianThreadId: [], timeSource: [], startedAtMs: [], completedAtMs: [], latencyMs: [] },
    hookRuns: { lane: [], turnId: [], eventId: [], status: [], hookName: [], hookSource: [], atMs: [], timeSource: [] },
    steers: { lane: [], turnId: [], eventId: [], result: [], atMs: [], timeSource: [] },
    spawns: { lane: [], fromLane: [], eventId: [], atMs: [] },
    forks: { lane: [], relation: [], threadId: [], title: [], known: [], atMs: [], inferred: [] },
  };
}

/** Turns of these lanes, each from a time on and so many ms long; null has no time. */
export function turnsAt(lane: number[], times: ReadonlyArray<readonly [number | null, number]>): Timeline['turns'] {
  const each = <T>(value: T): T[] => lane.map(() => value);
  return {
    lane, turnId: lane.map((_, index) => `turn ${index}`), eventId: each(null), reported: each(true), status: each('completed'), error: each(null),
    timeSource: times.map(([from]) => (from === null ? null : 'event')), startedAtMs: times.map(([from]) => from), completedAtMs: each(null), durationMs: times.map(([, length]) => length),
    endInferred: each(false), model: each(null), toolCalls: each(0), innerCalls: each(0), inputTokens: each(null), totalTokens: each(null), contextTokens: each(null), contextWindow: each(null), beforeFirstSamplingMs: each(null), samplingMs: each(null),
    toolBlockingMs: each(null), compactionMs: each(null), betweenSamplingOverheadMs: each(null), afterLastSamplingMs: each(null),
  };
}
