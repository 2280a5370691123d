import type { Transaction } from '../store/store.ts';
import { usageColumns } from '../store/tables.ts';

/** One of the tables of counts from its records, by what they are selected by and by `keys`. */
const counted = (table: string, records: string, keys: readonly string[], measures: readonly string[]): string => `
  INSERT INTO ${table} BY NAME
  SELECT record.import_id, thread.kind AS thread_kind, thread.model AS thread_model, thread.client AS thread_client, thread.codex_version AS thread_codex_version,
    ${[...keys.map((key) => `record.${key}`), ...measures].join(', ')}
  FROM ${records} AS record LEFT JOIN threads AS thread ON thread.thread_id = record.thread_id GROUP BY ALL`;

/** Fills the tables of counts from the records and from `threads`. */
export async function deriveCounts(transaction: Transaction): Promise<void> {
  await transaction.run(counted('event_counts', 'events', ['type', 'kind', 'time_source'], [
    'count(*) AS events', 'count(record.time) AS times_known', 'min(record.time) AS first_time', 'max(record.time) AS last_time',
    'count(record.ended_at) AS ends_known', 'max(record.ended_at) AS last_end',
  ]));
  await transaction.run(counted('hook_run_counts', 'hook_runs', ['hook_name', 'hook_source', 'handler_type', 'execution_mode', 'status', 'model'], ['count(*) AS hook_runs']));
  await transaction.run(counted('turn_counts', 'turns', ['reported', 'status'], ['count(*) AS turns', ...usageColumns.map((column) => `sum(record.${column}) AS ${column}`)]));
}
