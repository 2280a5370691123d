import type { Transaction } from '../store/store.ts';

/** Identities that occur more than once, of those that `among` selects. Most occur once and are not sorted. */
const repeated = (among: string): string => `SELECT identity FROM logged_events ${among} GROUP BY identity HAVING count(*) > 1`;

/**
 * Of the occurrences of one event the one with the most text counts, then the one with the smaller checksum, then the earlier one: what counts
 * does not depend on the order of imports.
 */
const occurrences = (identities: string): string => `
  SELECT event_id, row_number() OVER (PARTITION BY identity ORDER BY text_length DESC, checksum, event_id) AS place
  FROM logged_events WHERE identity IN (${identities})`;

/** Settles which occurrences count, after an import has come in: only events that occur in it can have changed. Two passes over all identities. */
export async function settleDuplicatesOf(transaction: Transaction, importId: number): Promise<void> {
  const identities = repeated('WHERE identity IN (SELECT identity FROM logged_events WHERE import_id = $import)');
  await transaction.run(`DELETE FROM duplicates WHERE event_id IN (SELECT event_id FROM logged_events WHERE identity IN (${identities}))`, { import: importId });
  await transaction.run(`INSERT INTO duplicates SELECT event_id FROM (${occurrences(identities)}) WHERE place > 1`, { import: importId });
}

/** The same for everything, after an import has gone: what it covered counts again. */
export async function settleDuplicates(transaction: Transaction): Promise<void> {
  await transaction.run('DELETE FROM duplicates');
  await transaction.run(`INSERT INTO duplicates SELECT event_id FROM (${occurrences(repeated(''))}) WHERE place > 1`);
}
