import type { Transaction } from '../store/store.ts';
import { anatomyColumns } from '../store/tables.ts';
import { fromAnalytics, ofBatch, outcomeCounts } from './working.ts';

/** Columns of a turn from analytics, filled from its rollout where analytics has no value. */
const merged = [
  'status',
  'error',
  'started_at',
  'model',
  'input_tokens',
  'cached_input_tokens',
  'output_tokens',
  'reasoning_output_tokens',
  'total_tokens',
  'error_kind',
  'error_http_status',
  'task',
  'reasoning_effort',
  'approval_policy',
  'approvals_reviewer',
  'permissions',
  'network',
  'cwd',
  'context_window',
  'time_to_first_token_ms',
  'context_tokens',
  'root_turn_id',
  'turn_trigger',
  'steers',
  ...anatomyColumns,
] as const;

/**
 * The calls of the model. The counts of logs include a cell's inner calls, but not those that end after their turn: the
 * result is never below the number of records.
 */
const toldCalls = 'coalesce(analytics.tool_calls, rollout.tool_calls, calls, 0)';
const modelCalls = `CASE WHEN inner_calls > 0 THEN greatest(${toldCalls} - inner_calls, model_calls)
  ELSE ${toldCalls} END`;

/** An end inferred from the last line of a turn counts only where no log states the turn's end or duration. */
const usesInferredEnd =
  'coalesce(rollout.end_inferred, FALSE) AND analytics.completed_at IS NULL AND analytics.duration_ms IS NULL';
const ending = (column: string): string =>
  `CASE WHEN rollout.end_inferred AND NOT (${usesInferredEnd})
    THEN analytics.${column} ELSE coalesce(analytics.${column}, rollout.${column}) END AS ${column}`;

const turns = `
  INSERT INTO turns BY NAME
  WITH named AS (
    SELECT thread_id, turn_id, min(time) AS first_time, min(import_id) AS first_import,
      bool_or(${fromAnalytics}) AS in_analytics,
      ${outcomeCounts}
    FROM batch_events WHERE turn_id IS NOT NULL GROUP BY thread_id, turn_id
  ), called AS (
    SELECT thread_id, turn_id, count(*) AS calls, count(*) FILTER (WHERE inner_call) AS inner_calls,
      count(*) FILTER (WHERE reported AND NOT inner_call) AS model_calls
    FROM ${ofBatch('tool_calls')} WHERE turn_id IS NOT NULL GROUP BY thread_id, turn_id
  ), reports AS (SELECT *, coalesce(error, error_kind) AS named_error
    FROM ${ofBatch('logged_turns')} ANTI JOIN duplicates USING (event_id)),
  analytics AS (SELECT * REPLACE (named_error AS error) FROM reports WHERE source = 'analytics'),
  rollout AS (SELECT * REPLACE (named_error AS error) FROM reports WHERE source = 'rollout')
  SELECT thread_id, batch_nodes.created_at AS thread_created_at, turn_id,
    analytics.event_id IS NOT NULL OR coalesce(rollout.reported, FALSE) AS reported, named.in_analytics,
    rollout.event_id IS NOT NULL AS in_rollouts,
    coalesce(analytics.event_id, rollout.event_id) AS event_id,
    coalesce(analytics.import_id, rollout.import_id, first_import) AS import_id,
    coalesce(analytics.time, rollout.time, first_time) AS time,
    ${merged.map((column) => `coalesce(analytics.${column}, rollout.${column}) AS ${column}`).join(', ')},
    analytics.status IS NULL AND coalesce(rollout.status_inferred, FALSE) AS status_inferred,
    ${ending('completed_at')}, ${ending('duration_ms')}, ${usesInferredEnd} AS end_inferred,
    ${modelCalls} AS tool_calls, coalesce(inner_calls, 0) AS inner_calls, compactions,
    hooks_completed, hooks_failed, hooks_blocked, hooks_stopped,
    guardian_approved, guardian_denied, guardian_failed_closed, guardian_timed_out, guardian_aborted
  FROM named LEFT JOIN called USING (thread_id, turn_id) LEFT JOIN analytics USING (thread_id, turn_id)
    LEFT JOIN rollout USING (thread_id, turn_id) LEFT JOIN batch_nodes USING (thread_id)`;

/** Fills `turns` for the threads of the batch, whose events are in `batch_events`. */
export const mergeBatch = (transaction: Transaction): Promise<void> => transaction.run(turns);
