import type { z } from 'zod';
import type { Reader, SqlRow, SqlValue } from '../store/store.ts';
import { subtreeRange } from './thread.ts';
import {
  Lanes,
  TimelineApprovals,
  TimelineCompactions,
  TimelineForks,
  TimelineHookRuns,
  TimelineReviews,
  TimelineSpawns,
  TimelineSteers,
  TimelineToolCalls,
  TimelineTurns,
  type Timeline,
  type TimelineSpan,
} from './timeline-shapes.ts';

/** Returns the rows of a statement as a table by column. */
async function table<S extends z.ZodObject>(
  store: Reader,
  schema: S,
  sql: string,
  values: Readonly<Record<string, SqlValue>>,
): Promise<z.output<S>> {
  const rows = await store.rows(sql, values);
  return schema.parse(Object.fromEntries(Object.keys(schema.shape).map((name) => [name, columnOf(rows, name)])));
}
/** A sum may be beyond 2⁵³, where the store has a bigint. */
const columnOf = (rows: readonly SqlRow[], name: string): unknown[] =>
  rows.map((row) => (typeof row[name] === 'bigint' ? Number(row[name]) : row[name]));

const subtree = `WITH below AS (SELECT thread_id, place - $place AS lane FROM threads
    WHERE tree = $tree AND place BETWEEN $place AND $subtreeEnd)`;
/**
 * The source of a record's time: `event` when the record itself says when it began or ended, else the source of the
 * time that `lib/ingest/times.ts` found for its event.
 */
const ownTime = `CASE WHEN record.started_at IS NOT NULL OR record.completed_at IS NOT NULL THEN 'event'
    WHEN record.time IS NOT NULL THEN event.time_source END`;
const fromEvent = 'LEFT JOIN logged_events AS event USING (event_id)';
const place = 'below.lane, record.turn_id AS "turnId", record.event_id AS "eventId"';
const times = `${ownTime} AS "timeSource", coalesce(record.started_at,
  CASE WHEN record.completed_at IS NULL THEN record.time END) AS "startedAtMs", record.completed_at AS "completedAtMs"`;
const ordered = 'ORDER BY below.lane, record.time, record.event_id';

/**
 * Returns the tree below a thread, itself first; null when there is no such thread. Linear in its threads, turns and
 * records; tool calls and completed hook runs are left to `timelineSpan`.
 */
export async function timeline(store: Reader, threadId: string): Promise<Timeline | null> {
  const range = await subtreeRange(store, threadId);
  if (!range) return null;
  const [lanes, turns, compactions, guardianReviews, hookRuns, steers, spawns, forks] = await Promise.all([
    table(
      store,
      Lanes,
      `SELECT thread_id AS "threadId", depth - min(depth) OVER () AS depth, kind, seen, title,
        agent_nickname AS "agentNickname", agent_role AS "agentRole", model, created_at AS "createdAtMs",
      created_at_inferred AS "createdAtInferred", last_active_at AS "lastActiveAtMs",
      forked_from_thread_id AS "forkedFromThreadId", turns, total_tokens AS tokens, compactions,
      tokens_saved AS "tokensSaved", storms
      FROM threads WHERE tree = $tree AND place BETWEEN $place AND $subtreeEnd ORDER BY place`,
      { ...range },
    ),
    table(store, TimelineTurns, turnsSql, { ...range }),
    table(
      store,
      TimelineCompactions,
      `${subtree} SELECT ${place}, record.status, record.trigger, record.reason, record.phase, ${times},
        record.duration_ms AS "durationMs",
      record.tokens_before AS "tokensBefore", record.tokens_after AS "tokensAfter",
      record.before_is_exact AS "tokensBeforeExact",
      measure.refill_turns AS "refillTurns", measure.refill_ms AS "refillMs", coalesce(measure.storm, FALSE) AS storm,
      coalesce(measure.begins_storm, FALSE) AS "beginsStorm"
      FROM compactions AS record
        JOIN below USING (thread_id) ${fromEvent} LEFT JOIN compaction_measures AS measure USING (event_id) ${ordered}`,
      { ...range },
    ),
    table(
      store,
      TimelineReviews,
      `${subtree} SELECT ${place}, record.terminal_status AS "terminalStatus", record.risk_level AS "riskLevel",
        record.action_type AS "actionType",
      record.failure_reason AS "failureReason", record.guardian_thread_id AS "guardianThreadId", ${times},
      record.latency_ms AS "latencyMs"
      FROM guardian_reviews AS record JOIN below USING (thread_id) ${fromEvent} ${ordered}`,
      { ...range },
    ),
    table(
      store,
      TimelineHookRuns,
      `${subtree} ${hookRunsSql} WHERE record.status IS NULL OR record.status <> 'completed' ${ordered}`,
      { ...range },
    ),
    table(
      store,
      TimelineSteers,
      `${subtree} SELECT ${place}, record.outcome AS result, record.time AS "atMs", record.time_source AS "timeSource"
      FROM events AS record JOIN below USING (thread_id) WHERE record.type = 'codex_turn_steer_event' ${ordered}`,
      { ...range },
    ),
    table(
      store,
      TimelineSpawns,
      `${subtree} SELECT below.lane, above.lane AS "fromLane", min(record.event_id) AS "eventId",
        min(record.time) AS "atMs"
      FROM thread_evidence AS record JOIN below USING (thread_id)
        JOIN below AS above ON above.thread_id = record.parent_thread_id
      WHERE record.source = 'spawn' GROUP BY below.lane, above.lane ORDER BY below.lane, above.lane`,
      { ...range },
    ),
    table(store, TimelineForks, forksSql, { ...range }),
  ]);
  return { lanes, turns, compactions, guardianReviews, hookRuns, steers, spawns, forks };
}

const forksSql = `${subtree}
  SELECT below.lane, 'fork' AS relation, fork.thread_id AS "threadId", fork.title, TRUE AS known,
    fork.created_at AS "atMs", fork.created_at_inferred AS inferred
    FROM threads AS fork JOIN below ON below.thread_id = fork.forked_from_thread_id
      WHERE fork.tree <> $tree OR fork.place < $place OR fork.place > $subtreeEnd
  UNION ALL
  SELECT below.lane, 'source', fork.forked_from_thread_id, source.title, source.thread_id IS NOT NULL, fork.created_at,
    fork.created_at_inferred
    FROM threads AS fork JOIN below USING (thread_id)
      LEFT JOIN threads AS source ON source.thread_id = fork.forked_from_thread_id
    WHERE fork.forked_from_thread_id IS NOT NULL
      AND (source.tree IS NULL OR source.tree <> $tree OR source.place < $place OR source.place > $subtreeEnd)
  ORDER BY lane, "atMs", "threadId"`;

/** A turn without a stated start stands at its events: those with a time of their own, else any. */
const turnsSql = `${subtree}, placed AS (
    SELECT thread_id, turn_id, min(event.time) FILTER (WHERE event.time_source = 'event') AS own_start,
      max(greatest(event.time, event.ended_at)) FILTER (WHERE event.time_source = 'event') AS own_end,
      min(event.time) AS any_start, min(event.time_source) AS any_source
    FROM events AS event JOIN below USING (thread_id)
      JOIN (SELECT thread_id, turn_id FROM turns WHERE started_at IS NULL) AS unplaced USING (thread_id, turn_id)
    GROUP BY thread_id, turn_id
  )
  SELECT below.lane, record.turn_id AS "turnId", record.event_id AS "eventId", record.reported, record.status,
    record.error,
    CASE WHEN record.started_at IS NOT NULL OR record.completed_at IS NOT NULL OR placed.own_start IS NOT NULL
      THEN 'event' ELSE placed.any_source END AS "timeSource",
    coalesce(record.started_at, record.completed_at - coalesce(record.duration_ms, 0), placed.own_start,
      placed.any_start, record.time) AS "startedAtMs",
    coalesce(record.completed_at, CASE WHEN record.started_at IS NULL THEN placed.own_end END) AS "completedAtMs",
    record.duration_ms AS "durationMs", record.end_inferred AS "endInferred",
    record.model, record.tool_calls AS "toolCalls", record.inner_calls AS "innerCalls",
    record.input_tokens AS "inputTokens", record.total_tokens AS "totalTokens",
    record.context_tokens AS "contextTokens", record.context_window AS "contextWindow",
    record.before_first_sampling_ms AS "beforeFirstSamplingMs", record.sampling_ms AS "samplingMs",
    record.tool_blocking_ms AS "toolBlockingMs", record.compaction_ms AS "compactionMs",
    record.between_sampling_overhead_ms AS "betweenSamplingOverheadMs",
    record.after_last_sampling_ms AS "afterLastSamplingMs"
  FROM turns AS record JOIN below USING (thread_id) LEFT JOIN placed USING (thread_id, turn_id)
  ORDER BY below.lane, "startedAtMs", record.turn_id`;

const hookRunsSql = `SELECT ${place}, record.status, record.hook_name AS "hookName", record.hook_source AS "hookSource",
  record.time AS "atMs", record.time_source AS "timeSource"
  FROM hook_runs AS record JOIN below USING (thread_id)`;

/** The most records of each kind in one answer. */
export const mostInSpan = 20_000;

/**
 * The requested part of a tree: lanes by their place in it, and a span of time in ms since the epoch, both ends
 * inclusive.
 */
export interface SpanOptions {
  readonly lanes: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the records on these lanes of a tree within a span of time, earliest first; null when there is no such
 * thread.
 */
export async function timelineSpan(
  store: Reader,
  threadId: string,
  { lanes, from, to }: SpanOptions,
): Promise<TimelineSpan | null> {
  const range = await subtreeRange(store, threadId);
  if (!range) return null;
  const places = lanes.map((lane) => range.place + lane).filter((at) => at <= range.subtreeEnd);
  const some = `WITH below AS (SELECT thread_id, place - $place AS lane FROM threads
    WHERE tree = $tree AND place IN (${places.map((_, index) => `$lane${index}`).join(', ') || 'NULL'}))`;
  const values = {
    tree: range.tree,
    place: range.place,
    from,
    to,
    ...Object.fromEntries(places.map((at, index) => [`lane${index}`, at])),
  };
  const within = `coalesce(record.started_at, record.time) <= $to
      AND coalesce(record.completed_at, record.started_at, record.time) >= $from`;
  const first = `ORDER BY record.time, record.event_id LIMIT ${mostInSpan + 1}`;
  const [toolCalls, approvals, hookRuns] = await Promise.all([
    table(
      store,
      TimelineToolCalls,
      `${some} SELECT ${place}, record.item_id AS "itemId", record.inner_call AS "innerCall",
        record.parent_call_id AS "parentCallId", record.tool, record.tool_name AS "toolName", record.detail,
        record.terminal_status AS "terminalStatus", record.failure_kind AS "failureKind",
      record.approval_outcome AS "approvalOutcome", ${times}, record.duration_ms AS "durationMs",
      record.execution_duration_ms AS "executionDurationMs"
      FROM placed_tool_calls AS record JOIN below USING (thread_id) ${fromEvent} WHERE ${within} ${first}`,
      values,
    ),
    table(
      store,
      TimelineApprovals,
      `${some} SELECT ${place}, record.reviewer, record.subject_name AS "subjectName", record.status, ${times},
        record.duration_ms AS "durationMs"
      FROM approvals AS record JOIN below USING (thread_id) ${fromEvent} WHERE ${within} ${first}`,
      values,
    ),
    table(
      store,
      TimelineHookRuns,
      `${some} ${hookRunsSql} WHERE record.status = 'completed' AND record.time BETWEEN $from AND $to ${first}`,
      values,
    ),
  ]);
  const full = [toolCalls, approvals, hookRuns].some(({ lane }) => lane.length > mostInSpan);
  return { toolCalls, approvals, hookRuns, complete: !full };
}
