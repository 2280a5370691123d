import { z } from 'zod';
import { factTables } from '../store/fact-tables.ts';
import type { Transaction } from '../store/store.ts';
import { factTableNames, keysOf, ledgerTables } from '../store/tables.ts';
import { markFacts, type ChangedFacts } from '../trees/refresh.ts';
import { suspectEvents } from './duplicates.ts';

/*
 * Removes the logs in the working table `leaving_logs`: `markLeaving` marks what changes with them, `removeLeaving`
 * deletes their rows. Between the two, `handOver` keeps the logs that another import holds as well.
 */

/** The ledgers with rows of each log, except `import_logs` itself. */
const logLedgers = keysOf(ledgerTables).filter((table) => table !== 'import_logs' && 'log' in ledgerTables[table]);
const leavingEvents: ChangedFacts = { sql: 'event_id IN (SELECT event_id FROM leaving_events)', values: {} };

const Kinds = z.array(z.object({ kind: z.string() }));

/**
 * Marks what may change when the leaving logs go: threads, and events that may start or stop counting. Call it after
 * the new facts of the same transaction are marked. Returns if the leaving logs have events without a thread.
 */
export async function markLeaving(transaction: Transaction): Promise<{ readonly threadless: boolean }> {
  await transaction.run(
    'INSERT INTO leaving_events SELECT event_id FROM logged_events SEMI JOIN leaving_logs USING (import_id, log)',
  );
  const { threadless } = await markFacts(transaction, leavingEvents);
  const kinds = Kinds.parse(
    await transaction.rows('SELECT DISTINCT kind FROM import_counts SEMI JOIN leaving_logs USING (import_id, log)'),
  );
  await suspectEvents(transaction, { facts: leavingEvents, kinds: new Set(kinds.map(({ kind }) => kind)), threadless });
  return { threadless };
}

const Heir = z.object({ to_import: z.int() });
/** The columns of `import_logs` for a log that was read, except those that name the log. */
const readColumns = keysOf(ledgerTables.import_logs).filter(
  (column) => !['import_id', 'log', 'path', 'other_import_id'].includes(column),
);

/**
 * Moves logs of the leaving imports to other imports that list them as already in, because these hold them as well: the
 * result is the same as if the leaving imports had never come in. Moved logs are no longer in `leaving_logs`. Returns
 * the imports that got any.
 */
export async function handOver(transaction: Transaction): Promise<readonly number[]> {
  await transaction.run(`INSERT INTO moving_logs
    SELECT leaving.import_id, leaving.log, heir.import_id, heir.log, read.first_block,
      (SELECT coalesce(max(held.first_block + held.blocks), 0) FROM import_logs AS held
        WHERE held.import_id = heir.import_id)
        + sum(read.blocks) OVER (PARTITION BY heir.import_id ORDER BY heir.log) - read.blocks, read.blocks
    FROM leaving_logs AS leaving JOIN import_logs AS read ON read.import_id = leaving.import_id
      AND read.log = leaving.log AND read.state = 'read'
      JOIN (
        SELECT sha256, arg_min(import_id, (import_id, log)) AS import_id, arg_min(log, (import_id, log)) AS log
          FROM import_logs
        WHERE state = 'already_in' AND import_id NOT IN (SELECT import_id FROM leaving_logs) GROUP BY sha256
      ) AS heir ON heir.sha256 = read.sha256`);
  const heirs = (await transaction.rows('SELECT DISTINCT to_import FROM moving_logs')).map(
    (row) => Heir.parse(row).to_import,
  );
  if (heirs.length === 0) return heirs;
  await transaction.run('DELETE FROM leaving_events');
  // Its events, by their new import; texts stand in blocks of it from now on.
  await transaction.run(
    `INSERT INTO moving_events SELECT event_id, moving.to_import FROM logged_events AS event
      JOIN moving_logs AS moving ON moving.import_id = event.import_id AND moving.log = event.log`,
  );
  await transaction.run(`UPDATE event_texts AS texts
    SET import_id = moving.to_import, text_block = texts.text_block - moving.first_block + moving.to_block
    FROM moving_logs AS moving
    WHERE texts.import_id = moving.import_id AND texts.text_block >= moving.first_block
      AND texts.text_block < moving.first_block + moving.blocks`);
  await transaction.run(`UPDATE logged_events AS event
    SET import_id = moving.to_import, log = moving.to_log,
    text_block = event.text_block - moving.first_block + moving.to_block FROM moving_logs AS moving
    WHERE event.import_id = moving.import_id AND event.log = moving.log`);
  for (const table of factTableNames.filter((name) => name !== 'logged_events' && 'import_id' in factTables[name])) {
    await transaction.run(
      `UPDATE ${table} AS fact SET import_id = moving.to_import FROM moving_events AS moving
        WHERE fact.event_id = moving.event_id`,
    );
  }
  for (const table of logLedgers) {
    await transaction.run(
      `UPDATE ${table} AS entry SET import_id = moving.to_import, log = moving.to_log FROM moving_logs AS moving
        WHERE entry.import_id = moving.import_id AND entry.log = moving.log`,
    );
  }
  await transaction.run(`UPDATE import_logs AS heir
    SET ${readColumns.map((column) => `${column} = ${column === 'first_block' ? 'moving.to_block' : `read.${column}`}`).join(', ')}, other_import_id = NULL
    FROM moving_logs AS moving JOIN import_logs AS read ON read.import_id = moving.import_id AND read.log = moving.log
      WHERE heir.import_id = moving.to_import AND heir.log = moving.to_log`);
  await transaction.run(
    `DELETE FROM leaving_logs USING moving_logs AS moving
      WHERE leaving_logs.import_id = moving.import_id AND leaving_logs.log = moving.log`,
  );
  await transaction.run(
    'INSERT INTO leaving_events SELECT event_id FROM logged_events SEMI JOIN leaving_logs USING (import_id, log)',
  );
  // Logs that are listed as already in now point to the import that holds them.
  await transaction.run(`UPDATE import_logs AS known SET other_import_id = moving.to_import FROM moving_logs AS moving
    JOIN import_logs AS read ON read.import_id = moving.to_import AND read.log = moving.to_log
    WHERE known.state = 'already_in' AND known.sha256 = read.sha256 AND known.other_import_id = moving.import_id`);
  return heirs;
}

/** Deletes the rows of the leaving logs, except those of `import_logs`. */
export async function removeLeaving(transaction: Transaction): Promise<void> {
  for (const table of factTableNames) await transaction.run(`DELETE FROM ${table} WHERE ${leavingEvents.sql}`);
  await transaction.run(`DELETE FROM event_texts USING (SELECT import_id, first_block, blocks FROM import_logs
    SEMI JOIN leaving_logs USING (import_id, log) WHERE blocks > 0) AS gone
    WHERE event_texts.import_id = gone.import_id AND event_texts.text_block >= gone.first_block
      AND event_texts.text_block < gone.first_block + gone.blocks`);
  for (const table of logLedgers)
    await transaction.run(`DELETE FROM ${table} WHERE (import_id, log) IN (SELECT (import_id, log) FROM leaving_logs)`);
}
