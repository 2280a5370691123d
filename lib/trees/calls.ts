import type { Transaction } from '../store/store.ts';
import { countedOfBatch } from './working.ts';

const isCell = "tool = 'dynamic_tool_call' AND tool_name = 'exec' AND NOT inner_call";
const isWait = "tool = 'dynamic_tool_call' AND tool_name = 'wait' AND NOT inner_call";

/**
 * A rollout's `wait` names the cell by the number that Codex gave it. A new session starts its numbers again, so the
 * latest cell with the number is meant.
 */
const waits = `
  INSERT INTO call_parents
  SELECT call.event_id, call.thread_id, max({'started_at': cell.started_at,
    'item_id': cell.item_id}).item_id AS parent_call_id, call.thread
  FROM (SELECT event_id, thread, thread_id, cell_id, started_at
    FROM ${countedOfBatch('logged_tool_calls')} WHERE ${isWait} AND parent_call_id IS NULL
      AND cell_id IS NOT NULL) AS call
    JOIN (SELECT thread_id, cell_id, item_id, started_at
      FROM ${countedOfBatch('logged_tool_calls')} WHERE ${isCell} AND cell_id IS NOT NULL) AS cell
    ON cell.thread_id = call.thread_id AND cell.cell_id = call.cell_id AND cell.started_at <= call.started_at
  GROUP BY call.event_id, call.thread_id, call.thread`;

/** Later than any time. */
const never = Number.MAX_SAFE_INTEGER;

/**
 * No line of a rollout states which cell made a call, nor does an event that is sent after its turn. It is the cell of
 * its turn that ran when the call began; of several, the one that ended first: cells of one answer of the model run one
 * after another, and a later one may begin and end while an earlier one runs on. A cell ends with its last wait. If
 * none ran, the cell that began last runs on unseen.
 */
const inner = `
  INSERT INTO call_parents
  WITH ends AS (
    SELECT thread_id, turn_id, parent_call_id, max(completed_at) AS completed_at
      FROM placed_tool_calls SEMI JOIN batch_events USING (event_id)
      WHERE ${isWait} AND parent_call_id IS NOT NULL GROUP BY ALL
  ), cells AS (
    SELECT cell.thread_id, cell.turn_id, cell.item_id, cell.started_at,
      coalesce(greatest(cell.completed_at, ends.completed_at), ${never}) AS ended_at
    FROM ${countedOfBatch('logged_tool_calls')} AS cell LEFT JOIN ends ON ends.thread_id = cell.thread_id
      AND ends.turn_id = cell.turn_id AND ends.parent_call_id = cell.item_id
    WHERE ${isCell} AND cell.started_at IS NOT NULL
  ), calls AS (
    SELECT event_id, thread, thread_id, turn_id, coalesce(started_at, time) AS began_at
      FROM ${countedOfBatch('logged_tool_calls')} WHERE inner_call AND parent_call_id IS NULL
  )
  SELECT calls.event_id, calls.thread_id, min({
      'rank': CASE WHEN cells.ended_at >= calls.began_at THEN cells.ended_at
        ELSE ${never} + calls.began_at - cells.started_at END, 'item_id': cells.item_id
    }).item_id AS parent_call_id, calls.thread
  FROM calls JOIN cells ON cells.thread_id = calls.thread_id AND cells.turn_id = calls.turn_id
    AND cells.started_at <= calls.began_at
  GROUP BY calls.event_id, calls.thread_id, calls.thread`;

const withoutParent = `SELECT 1 AS found FROM ${countedOfBatch('logged_tool_calls')} WHERE parent_call_id IS NULL
  AND (inner_call OR ${isWait}) LIMIT 1`;

/** Fills `call_parents` for the threads of the batch, from their tool calls that count. */
export async function placeCalls(transaction: Transaction): Promise<void> {
  const [found] = await transaction.rows(withoutParent);
  if (!found) return;
  await transaction.run(waits);
  await transaction.run(inner);
}
