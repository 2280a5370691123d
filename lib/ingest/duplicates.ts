import type { Transaction } from '../store/store.ts';
import { markEvents, type ChangedFacts } from '../trees/refresh.ts';

/*
 * One of several occurrences of an event counts. The choice depends only on the occurrences, not on the order of
 * imports: analytics before a rollout, then the one for which more records of a rollout were read (a copy that goes
 * further), then the one with the most text, then the smaller checksum, then the earlier one.
 */
const rank =
  "row_number() OVER (PARTITION BY identity ORDER BY starts_with(type, 'rollout_'), records_read DESC NULLS LAST, text_length DESC, checksum, event_id)";

/** A fact of a rollout, `record`, and the fact that replaces it, `other`: a record of the same table. */
interface Covering {
  readonly kind: string;
  readonly table: string;
  readonly record: string;
  readonly same: string;
  readonly other: string;
}

/**
 * Compactions and reviews in a rollout count where no better source has them (`semantics.md`, "Sources"). Analytics is
 * better, for any compaction of the same turn or any review by the same guardian thread. An assessment in the rollout
 * of a reviewed thread names no guardian: it counts where neither analytics nor a guardian's own rollout has a review
 * of the same turn. Older rollouts of guardians do not name the turn.
 */
const coverings: readonly Covering[] = [
  {
    kind: 'compaction',
    table: 'logged_compactions',
    record: 'TRUE',
    same: 'other.thread_id = record.thread_id AND other.turn_id = record.turn_id',
    other: "other.source = 'analytics'",
  },
  {
    kind: 'guardian_review',
    table: 'logged_guardian_reviews',
    record: 'TRUE',
    same: 'other.guardian_thread_id = record.guardian_thread_id',
    other: "other.source = 'analytics'",
  },
  {
    kind: 'guardian_review',
    table: 'logged_guardian_reviews',
    record: 'guardian_thread_id IS NULL',
    same: 'other.thread_id = record.thread_id',
    other:
      "(other.source = 'analytics' OR other.guardian_thread_id IS NOT NULL) AND (other.turn_id IS NULL OR other.turn_id = record.turn_id)",
  },
];
const mayBeCovered = ({ table, record }: Covering, among: string): string =>
  `(SELECT * FROM ${table} WHERE source = 'rollout' AND ${record} AND ${among})`;

/** Duplicates among `events`, rows of `logged_events`, and covered facts, of records that `among` selects. */
const settlements = (events: string, among: string): readonly string[] => [
  `INSERT INTO duplicates SELECT event_id FROM (SELECT event_id, ${rank} AS place FROM ${events}) WHERE place > 1`,
  ...coverings.map(
    (covering) => `INSERT INTO duplicates SELECT event_id FROM ${mayBeCovered(covering, among)} AS record
    SEMI JOIN ${covering.table} AS other
      ON ${covering.same} AND ${covering.other} ANTI JOIN duplicates USING (event_id)`,
  ),
];

/** Facts that have come in or will go. `kinds` are those of their events; `threadless`: some name no thread. */
export interface Suspected {
  readonly facts: ChangedFacts;
  readonly kinds: ReadonlySet<string>;
  readonly threadless: boolean;
}

/**
 * Finds the events that may start or stop counting with these facts, into `suspects`: those of these facts that also
 * occur elsewhere, their other occurrences, and the compactions and reviews in rollouts for which these facts may be a
 * better source. `dirty_threads` must hold the threads that they name. Only records of one thread can be the same
 * event, except reviews and events that name no thread, so the cost depends on these events and their threads, not on
 * the store.
 */
export async function suspectEvents(
  transaction: Transaction,
  { facts: { sql: changed, values }, kinds, threadless }: Suspected,
): Promise<void> {
  const reviews = `SELECT event_id FROM logged_guardian_reviews
    WHERE review_id IN (SELECT review_id FROM logged_guardian_reviews WHERE ${changed})`;
  const conditions = [
    'thread IN (SELECT thread FROM dirty_threads)',
    ...(threadless ? ['thread_id IS NULL'] : []),
    ...(kinds.has('guardian_review')
      ? [`event_id IN (${reviews}) AND thread NOT IN (SELECT thread FROM dirty_threads)`]
      : []),
  ];
  const comparable = conditions
    .map((condition) => `SELECT event_id, import_id, identity FROM logged_events WHERE ${condition}`)
    .join(' UNION ALL ');
  await transaction.run(
    `INSERT INTO suspects WITH comparable AS MATERIALIZED (${comparable}) SELECT event_id FROM comparable
      WHERE identity IN (
    SELECT identity FROM comparable GROUP BY identity HAVING count(*) > 1 AND bool_or(${changed}))`,
    values,
  );
  for (const covering of coverings.filter(({ kind }) => kinds.has(kind))) {
    await transaction.run(
      `INSERT INTO suspects SELECT event_id FROM ${mayBeCovered(covering, 'TRUE')} AS record
      SEMI JOIN (SELECT * FROM ${covering.table} WHERE ${changed}) AS other
        ON ${covering.same} ANTI JOIN suspects USING (event_id)`,
      values,
    );
  }
}

/** Settles which of `suspects` count, if they are still in, marks their threads, and clears `suspects`. */
export async function settleSuspects(transaction: Transaction): Promise<void> {
  const [found] = await transaction.rows('SELECT 1 AS found FROM suspects LIMIT 1');
  if (!found) return;
  await markEvents(transaction, 'SELECT event_id FROM suspects');
  await transaction.run('DELETE FROM duplicates WHERE event_id IN (SELECT event_id FROM suspects)');
  for (const statement of settlements(
    'logged_events SEMI JOIN suspects USING (event_id)',
    'event_id IN (SELECT event_id FROM suspects)',
  ))
    await transaction.run(statement);
  await transaction.run('DELETE FROM suspects');
}

/** Settles which of all events count. */
export async function settleAll(transaction: Transaction): Promise<void> {
  await transaction.run('DELETE FROM duplicates');
  const repeated = 'SELECT identity FROM logged_events GROUP BY identity HAVING count(*) > 1';
  for (const statement of settlements(`logged_events SEMI JOIN (${repeated}) USING (identity)`, 'TRUE'))
    await transaction.run(statement);
}
