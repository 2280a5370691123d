import { factTables } from '../store/fact-tables.ts';
import type { Transaction } from '../store/store.ts';
import { factTableNames } from '../store/tables.ts';
import { markFacts, rebuild, refreshTrees, type ChangedFacts } from '../trees/refresh.ts';
import { settleAll, settleSuspects, suspectEvents } from './duplicates.ts';
import type { PlacedLog } from './log-ledgers.ts';

/** The tables that repeat the time of their event; some of them also repeat its source. */
const timedTables = factTableNames.filter((table) => table !== 'logged_events' && 'time' in factTables[table]);

/**
 * Settles the times that reading alone could not: of events with their neighbour's time whose turn states its start,
 * and of those before the first known time. See `semantics.md`, "Time".
 */
export async function settleTimes(
  transaction: Transaction,
  logs: readonly (PlacedLog & { readonly startedAt: number })[],
): Promise<void> {
  const unsettled = logs.filter(({ log: { orderedByNeighbours, zoneless } }) => orderedByNeighbours || zoneless);
  if (unsettled.length === 0) return;
  await transaction.append(
    'settling_logs',
    unsettled.map(({ importId, log, number, firstEventId, startedAt }) => [
      importId,
      number,
      firstEventId,
      firstEventId + log.events.accepted - 1,
      log.zoneless && (log.zoneless.offset ?? 0),
      log.firstTime ?? startedAt,
      log.firstTime === null ? 'import' : 'order',
    ]),
  );
  const ofLog = 'event.import_id = log.import_id AND event.log = log.log';
  await transaction.run(`UPDATE logged_events AS event
    SET time = event.time - log.clock_offset, time_source = 'envelope' FROM settling_logs AS log
    WHERE ${ofLog} AND log.clock_offset IS NOT NULL AND event.time_source = 'zoneless'`);
  await transaction.run(`UPDATE logged_events AS event SET time = turn.time, time_source = 'turn'
    FROM (SELECT turn.*, log.log FROM logged_turns AS turn
      JOIN settling_logs AS log ON turn.event_id BETWEEN log.first_event_id AND log.last_event_id) AS turn
    WHERE event.import_id = turn.import_id AND event.log = turn.log AND event.time_source = 'order'
      AND event.turn_id = turn.turn_id
      AND event.thread_id = turn.thread_id AND turn.started_at IS NOT NULL`);
  await transaction.run(
    `UPDATE logged_events AS event SET time = log.first_time, time_source = log.time_source FROM settling_logs AS log
      WHERE ${ofLog} AND event.time IS NULL`,
  );
  for (const table of timedTables) {
    const columns = ['time', 'time_source'].filter((column) => column in factTables[table]);
    await transaction.run(`
      UPDATE ${table} AS placed
        SET ${columns.map((column) => `${column} = event.${column}`).join(', ')} FROM logged_events AS event,
        settling_logs AS log
      WHERE ${ofLog} AND event.event_id = placed.event_id
        AND (${columns.map((column) => `placed.${column} IS DISTINCT FROM event.${column}`).join(' OR ')})`);
  }
  await transaction.run('DELETE FROM settling_logs');
}

export const kindsOf = (logs: readonly PlacedLog[]): ReadonlySet<string> =>
  new Set(logs.flatMap(({ log: { counts } }) => counts.map(({ kind }) => kind)));

/** Selects the facts of events with consecutive ids. */
export const eventsFrom = (first: number, events: number): ChangedFacts => ({
  sql: 'event_id BETWEEN $firstChanged AND $lastChanged',
  values: { firstChanged: first, lastChanged: first + events - 1 },
});

/**
 * Settles what counts after the facts of these logs, with consecutive event ids, came in, and makes the figures of the
 * affected trees again.
 */
export async function settleLogs(
  transaction: Transaction,
  logs: readonly PlacedLog[],
  firstEventId: number,
): Promise<void> {
  const facts = eventsFrom(
    firstEventId,
    logs.reduce((sum, { log }) => sum + log.events.accepted, 0),
  );
  const { threadless } = await markFacts(transaction, facts);
  await suspectEvents(transaction, { facts, kinds: kindsOf(logs), threadless });
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless });
}

/** Settles again what counts, and makes all figures again, from the facts alone. */
export async function rebuildFigures(transaction: Transaction): Promise<void> {
  await settleAll(transaction);
  await rebuild(transaction);
}
