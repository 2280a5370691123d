import type { Transaction } from '../store/store.ts';

/** Identities that occur more than once, of those that `among` selects. Most occur once and are not sorted. */
const repeated = (among: string): string => `SELECT identity FROM logged_events ${among} GROUP BY identity HAVING count(*) > 1`;

/**
 * Of the occurrences of one event, analytics counts before a rollout, then what more records of one were read for (a copy that goes further), then the one with the most text, then the one with the smaller checksum, then the
 * earlier one: what counts does not depend on the order of imports.
 */
const occurrences = (identities: string): string => `
  SELECT event_id, row_number() OVER (PARTITION BY identity ORDER BY starts_with(type, 'rollout_'), records_read DESC NULLS LAST, text_length DESC, checksum, event_id) AS place
  FROM logged_events WHERE identity IN (${identities})`;

/**
 * What a rollout says of compactions and reviews counts where analytics says nothing of them (`semantics.md`, "Sources"): of any compaction of the same
 * turn, of any review by the same guardian thread.
 */
const covered = [['logged_compactions', 'thread_id, turn_id'], ['logged_guardian_reviews', 'guardian_thread_id']].map(([table, key]) => `
  INSERT INTO duplicates SELECT event_id FROM (SELECT * FROM ${table} WHERE source = 'rollout')
    SEMI JOIN (SELECT ${key} FROM ${table} WHERE source = 'analytics') USING (${key}) ANTI JOIN duplicates USING (event_id)`);

/**
 * An assessment in the rollout of a reviewed thread names no guardian: it counts where neither analytics nor a guardian's own rollout says anything of a
 * review of the same turn. Older rollouts of guardians do not name the turn.
 */
const coveredAssessments = `
  INSERT INTO duplicates SELECT event_id FROM (SELECT event_id, thread_id, turn_id FROM logged_guardian_reviews WHERE source = 'rollout' AND guardian_thread_id IS NULL) AS assessed
    WHERE EXISTS (
      SELECT 1 FROM logged_guardian_reviews AS other WHERE other.thread_id = assessed.thread_id AND (other.source = 'analytics' OR other.guardian_thread_id IS NOT NULL)
        AND (other.turn_id IS NULL OR other.turn_id = assessed.turn_id)
    ) AND event_id NOT IN (SELECT event_id FROM duplicates)`;

/**
 * Settles which occurrences count, after an import has come in: only events that occur in it can have changed. `covers` says that it has compactions or
 * reviews. Mostly nothing occurs twice, which one pass over all identities tells.
 */
export async function settleDuplicatesOf(transaction: Transaction, importId: number, { covers }: { readonly covers: boolean }): Promise<void> {
  const identities = repeated('WHERE identity IN (SELECT identity FROM logged_events WHERE import_id = $import)');
  if ((await transaction.rows(`SELECT 1 AS found FROM (${identities}) LIMIT 1`, { import: importId })).length > 0) {
    await transaction.run(`DELETE FROM duplicates WHERE event_id IN (SELECT event_id FROM logged_events WHERE identity IN (${identities}))`, { import: importId });
    await transaction.run(`INSERT INTO duplicates SELECT event_id FROM (${occurrences(identities)}) WHERE place > 1`, { import: importId });
  }
  if (covers) for (const statement of [...covered, coveredAssessments]) await transaction.run(statement);
}

/** The same for everything, after an import has gone: what it covered counts again. */
export async function settleDuplicates(transaction: Transaction): Promise<void> {
  await transaction.run('DELETE FROM duplicates');
  await transaction.run(`INSERT INTO duplicates SELECT event_id FROM (${occurrences(repeated(''))}) WHERE place > 1`);
  for (const statement of [...covered, coveredAssessments]) await transaction.run(statement);
}
