import type { Transaction } from '../store/store.ts';
import { anatomyColumns } from '../store/tables.ts';
import { countedOfBatch, fromAnalytics, outcomeCounts } from './working.ts';

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

/** The sources that report turns of the batch, and whether any tool was called. */
interface TurnsOfBatch {
  readonly turnSources: ReadonlySet<'analytics' | 'rollout'>;
  readonly called: boolean;
}

/** Returns the statement that fills `turns`. Leaves out joins without rows, because each join costs milliseconds. */
function turnsOf({ turnSources, called }: TurnsOfBatch): string {
  const of = (source: 'analytics' | 'rollout', column: string): string =>
    turnSources.has(source) ? `${source}.${column}` : 'NULL';
  const either = (column: string): string => `coalesce(${of('analytics', column)}, ${of('rollout', column)})`;
  /** An end inferred from the last line of a turn counts only where no log states the turn's end or duration. */
  const usesInferredEnd = `(coalesce(${of('rollout', 'end_inferred')}, FALSE)
    AND ${of('analytics', 'completed_at')} IS NULL AND ${of('analytics', 'duration_ms')} IS NULL)`;
  const ending = (column: string): string =>
    `CASE WHEN coalesce(${of('rollout', 'end_inferred')}, FALSE) AND NOT ${usesInferredEnd}
      THEN ${of('analytics', column)} ELSE ${either(column)} END AS ${column}`;
  /*
   * The calls of the model. The counts of logs include a cell's inner calls, but not those that end after their turn:
   * the result is never below the number of records.
   */
  const toldCalls = `coalesce(${either('tool_calls')}, ${called ? 'calls, ' : ''}0)`;
  const modelCalls = called
    ? `CASE WHEN inner_calls > 0 THEN greatest(${toldCalls} - inner_calls, model_calls) ELSE ${toldCalls} END`
    : toldCalls;
  return `
  INSERT INTO turns BY NAME
  WITH named AS (
    SELECT thread, thread_id, turn_id, min(time) AS first_time, min(import_id) AS first_import,
      bool_or(${fromAnalytics}) AS in_analytics,
      ${outcomeCounts}
    FROM batch_events WHERE turn_id IS NOT NULL GROUP BY thread, thread_id, turn_id
  )${[...turnSources]
    .map(
      (source) => `, ${source} AS (
    SELECT * REPLACE (coalesce(error, error_kind) AS error) FROM ${countedOfBatch('logged_turns')}
      WHERE source = '${source}'
  )`,
    )
    .join('')}
  SELECT named.thread, named.thread_id, batch_nodes.created_at AS thread_created_at, named.turn_id,
    ${of('analytics', 'event_id')} IS NOT NULL OR coalesce(${of('rollout', 'reported')}, FALSE) AS reported,
    named.in_analytics, ${of('rollout', 'event_id')} IS NOT NULL AS in_rollouts,
    ${either('event_id')} AS event_id,
    coalesce(${either('import_id')}, first_import) AS import_id, coalesce(${either('time')}, first_time) AS time,
    ${merged.map((column) => `${either(column)} AS ${column}`).join(', ')},
    ${of('analytics', 'status')} IS NULL AND coalesce(${of('rollout', 'status_inferred')}, FALSE) AS status_inferred,
    ${ending('completed_at')}, ${ending('duration_ms')}, ${usesInferredEnd} AS end_inferred,
    ${modelCalls} AS tool_calls, ${called ? 'coalesce(inner_calls, 0)' : '0'} AS inner_calls, compactions,
    hooks_completed, hooks_failed, hooks_blocked, hooks_stopped,
    guardian_approved, guardian_denied, guardian_failed_closed, guardian_timed_out, guardian_aborted
  FROM named LEFT JOIN batch_nodes USING (thread_id) ${
    called
      ? `LEFT JOIN (
    SELECT thread, turn_id, count(*) AS calls, count(*) FILTER (WHERE inner_call) AS inner_calls,
      count(*) FILTER (WHERE reported AND NOT inner_call) AS model_calls
    FROM ${countedOfBatch('logged_tool_calls')} WHERE turn_id IS NOT NULL GROUP BY thread, turn_id
  ) AS called ON called.thread = named.thread AND called.turn_id = named.turn_id`
      : ''
  } ${[...turnSources]
    .map((source) => `LEFT JOIN ${source} ON ${source}.thread = named.thread AND ${source}.turn_id = named.turn_id`)
    .join(' ')}`;
}

/** Fills `turns` for the threads of the batch, whose events are in `batch_events`. */
export const mergeBatch = (transaction: Transaction, turns: TurnsOfBatch): Promise<void> =>
  transaction.run(turnsOf(turns));
