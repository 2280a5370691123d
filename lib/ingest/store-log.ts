import { z } from 'zod';
import type { Transaction } from '../store/store.ts';
import { factTableNames, ledgerTableNames } from '../store/tables.ts';
import { settleDuplicates, settleDuplicatesOf } from './duplicates.ts';
import type { LogReading, Segment } from './read-log.ts';
import { loadSegment } from './segments.ts';

/** A log on its way in. `startedAt` is in ms since the epoch. */
export interface LogToStore {
  readonly segments: AsyncIterable<Segment>;
  /** What came of reading it: known when the segments have ended. */
  readonly whole: () => Promise<{ readonly reading: LogReading; readonly sha256: string }>;
  readonly name: string;
  readonly startedAt: number;
}
/** The bytes of a log are in already. Thrown, because the transaction that had begun to store it must be undone. */
export class AlreadyStored extends Error {
  readonly importId: number;
  constructor(importId: number) {
    super(`These bytes are in already, as import ${importId}.`);
    this.importId = importId;
  }
}

const ImportId = z.object({ import_id: z.number() });

/** The tables that repeat the time of their event. */
const timedTables = factTableNames.filter((table) => table !== 'logged_events');

/**
 * Settles the times that reading alone could not: of events that took their neighbour's time but whose turn states its start, and of those before
 * the first known time. See `semantics.md`, "Time".
 */
async function settleTimes(transaction: Transaction, reading: LogReading, { startedAt }: LogToStore, importId: number): Promise<void> {
  if (!reading.orderedByNeighbours) return;
  const time = reading.firstTime ?? startedAt;
  await transaction.run(`
    UPDATE logged_events AS event SET time = turn.time, time_source = 'turn' FROM logged_turns AS turn
    WHERE event.import_id = $import AND turn.import_id = $import AND event.time_source = 'order' AND event.turn_id = turn.turn_id
      AND event.thread_id = turn.thread_id AND turn.started_at IS NOT NULL`, { import: importId });
  await transaction.run(`UPDATE logged_events SET time = $time, time_source = $source WHERE import_id = $import AND time IS NULL`,
    { import: importId, time, source: reading.firstTime === null ? 'import' : 'order' });
  for (const table of timedTables) {
    const source = table === 'logged_hook_runs' ? ', time_source = event.time_source' : '';
    await transaction.run(`
      UPDATE ${table} AS placed SET time = event.time${source} FROM logged_events AS event
      WHERE placed.import_id = $import AND event.event_id = placed.event_id AND placed.time IS DISTINCT FROM event.time`, { import: importId });
  }
}

/**
 * Puts the rows of one log in as they come, settles what counts, and gives the number of the import. Throws `AlreadyStored`, or what
 * `whole` rejects with: the caller's transaction is undone then.
 */
export async function storeLog(transaction: Transaction, log: LogToStore): Promise<number> {
  const [next] = await transaction.rows("SELECT nextval('import_ids') AS import_id");
  const importId = ImportId.parse(next).import_id;
  for await (const segment of log.segments) await loadSegment(transaction, segment, importId);
  const { reading, sha256 } = await log.whole();
  const [same] = await transaction.rows('SELECT import_id FROM imports WHERE sha256 = $sha256', { sha256 });
  if (same) throw new AlreadyStored(ImportId.parse(same).import_id);
  await settleTimes(transaction, reading, log, importId);
  await settleDuplicatesOf(transaction, importId);
  await transaction.append('imports', [[
    importId, log.name, sha256, reading.bytes, JSON.stringify(reading.formats), reading.lines.total, reading.lines.blank, reading.lines.rejected,
    reading.events.unknown, reading.events.repaired, log.startedAt, Date.now(),
  ]]);
  return importId;
}

/** Takes an import out as if it had never come in; false when there is none of that id. */
export async function deleteLog(transaction: Transaction, importId: number): Promise<boolean> {
  const [found] = await transaction.rows('SELECT import_id FROM imports WHERE import_id = $import', { import: importId });
  if (!found) return false;
  for (const table of [...factTableNames, ...ledgerTableNames]) await transaction.run(`DELETE FROM ${table} WHERE import_id = $import`, { import: importId });
  await settleDuplicates(transaction);
  return true;
}
