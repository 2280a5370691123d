import { workingTables } from '../store/tables.ts';

/**
 * Selects rows of a table or view that belong to the threads of the batch, by its column `thread_id`. The engine skips
 * parts that cannot hold any of them.
 */
export const rowsOfBatch = (table: string): string =>
  `SELECT * FROM ${table} SEMI JOIN batch_threads USING (thread_id)`;
/** The same, as a subquery of another statement. */
export const ofBatch = (table: string): string => `(${rowsOfBatch(table)})`;

/**
 * Collects the evidence about the threads of the batch, and that which names them as parents: several statements read
 * it, and searching costs more than reading.
 */
export const gatherEvidence = `INSERT INTO batch_evidence
  SELECT * FROM thread_evidence SEMI JOIN batch_threads USING (thread_id)
  UNION ALL SELECT * FROM thread_evidence WHERE parent_thread_id IN (SELECT thread_id FROM batch_threads)
    AND thread_id NOT IN (SELECT thread_id FROM batch_threads)`;
/** The evidence of the threads of the batch themselves. */
export const evidenceOfBatch = '(SELECT * FROM batch_evidence SEMI JOIN batch_threads USING (thread_id))';

/** The tables that are filled for one batch at a time. */
export const ofEachBatch = [
  'batch_threads',
  'batch_evidence',
  'batch_events',
  'batch_nodes',
  'batch_trees',
] as const satisfies readonly (keyof typeof workingTables)[];

/** Collects the events of the batch that count: several statements read them. */
export const gatherEvents = `INSERT INTO batch_events
  SELECT ${Object.keys(workingTables.batch_events).join(', ')} FROM ${ofBatch('events')}`;

/** Counts of outcomes, over events. */
const countOf = (kind: string, outcome: string): string =>
  `count(*) FILTER (WHERE kind = '${kind}' AND outcome = '${outcome}')`;
export const outcomeCounts = `
  ${countOf('hook_run', 'completed')} AS hooks_completed, ${countOf('hook_run', 'failed')} AS hooks_failed,
  ${countOf('hook_run', 'blocked')} AS hooks_blocked, ${countOf('hook_run', 'stopped')} AS hooks_stopped,
  ${countOf('guardian_review', 'approved')} AS guardian_approved,
  ${countOf('guardian_review', 'denied')} AS guardian_denied,
  ${countOf('guardian_review', 'failed_closed')} AS guardian_failed_closed,
  ${countOf('guardian_review', 'timed_out')} AS guardian_timed_out,
  ${countOf('guardian_review', 'aborted')} AS guardian_aborted,
  count(*) FILTER (WHERE kind = 'compaction') AS compactions`;

/** Excludes the metadata of requests to the model: it is no analytics event. */
export const fromAnalytics = "NOT starts_with(type, 'rollout_') AND kind <> 'turn_metadata'";
