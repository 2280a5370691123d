import { z } from 'zod';
import type { FactTable } from '../store/fact-tables.ts';
import type { Transaction } from '../store/store.ts';
import { workingTables } from '../store/tables.ts';

/**
 * Selects rows of a table that belong to the threads of the batch, by its column `thread`. The engine skips parts that
 * cannot hold any of them.
 */
export const rowsOfBatch = (table: string): string => `SELECT * FROM ${table} SEMI JOIN batch_threads USING (thread)`;
/** The same, as a subquery of another statement. */
export const ofBatch = (table: string): string => `(${rowsOfBatch(table)})`;
/** Selects the facts of the batch that count, as a subquery: those of the events in `batch_events`. */
export const countedOfBatch = (table: FactTable): string =>
  `(SELECT * FROM ${table} SEMI JOIN batch_events USING (event_id))`;

/**
 * Collects the evidence about the threads of the batch, and that which names them as parents: several statements read
 * it, and searching costs more than reading.
 */
export const gatherEvidence = `INSERT INTO batch_evidence
  SELECT * FROM thread_evidence SEMI JOIN batch_threads USING (thread)
  UNION ALL SELECT * FROM thread_evidence WHERE parent IN (SELECT thread FROM batch_threads)
    AND thread NOT IN (SELECT thread FROM batch_threads)`;

/** The tables that are filled for one batch at a time. */
export const ofEachBatch = [
  'batch_threads',
  'batch_evidence',
  'batch_events',
  'batch_nodes',
  'batch_trees',
] as const satisfies readonly (keyof typeof workingTables)[];

/** Collects the events of the batch that count. `countedOfBatch` selects the facts of these events. */
export const gatherEvents = `INSERT INTO batch_events
  SELECT ${Object.keys(workingTables.batch_events).join(', ')} FROM ${ofBatch('events')}`;

const Kinds = z.array(z.object({ kind: z.string(), in_rollout: z.boolean() }));
/** The kinds of events in the batch, and the sources of its turns. Tables of other kinds and sources get no rows. */
export interface KindsOfBatch {
  readonly kinds: ReadonlySet<string>;
  readonly turnSources: ReadonlySet<'analytics' | 'rollout'>;
}
export async function kindsOfBatch(transaction: Transaction): Promise<KindsOfBatch> {
  const found = Kinds.parse(
    await transaction.rows("SELECT DISTINCT kind, starts_with(type, 'rollout_') AS in_rollout FROM batch_events"),
  );
  return {
    kinds: new Set(found.map(({ kind }) => kind)),
    turnSources: new Set(
      found.flatMap(({ kind, in_rollout: inRollout }) =>
        kind === 'turn' ? [inRollout ? ('rollout' as const) : ('analytics' as const)] : [],
      ),
    ),
  };
}

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
