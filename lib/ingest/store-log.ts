import { z } from 'zod';
import type { Transaction } from '../store/store.ts';
import { factTableNames, factTables, ledgerTableNames } from '../store/tables.ts';
import { settleDuplicates, settleDuplicatesOf } from './duplicates.ts';
import type { LogReading, Segment } from './log-reading.ts';
import { loadSegment } from './segments.ts';

/** A log on its way in. `startedAt` is in ms since the epoch. */
export interface LogToStore {
  readonly segments: AsyncIterable<Segment>;
  /** What came of reading it: known when the segments have ended. */
  readonly whole: () => Promise<{ readonly reading: LogReading; readonly bytes: number; readonly sha256: string }>;
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

/** A log holds nothing but names of threads, none of which is in. */
export class OnlyNames extends Error {}

/** Names say something of threads that other logs tell of. */
async function refuseNamesAlone(transaction: Transaction, { counts }: LogReading, importId: number): Promise<void> {
  if (counts.some(({ kind }) => kind !== 'thread_name')) return;
  const [known] = await transaction.rows('SELECT 1 AS known FROM logged_thread_names SEMI JOIN thread_evidence USING (thread_id) WHERE import_id = $import LIMIT 1', { import: importId });
  if (!known) throw new OnlyNames();
}

const ImportId = z.object({ import_id: z.number() });

/** The tables that repeat the time of their event, and some of them where it comes from. */
const timedTables = factTableNames.filter((table) => table !== 'logged_events' && 'time' in factTables[table]);

/**
 * Settles the times that reading alone could not: of events that took their neighbour's time but whose turn states its start, and of those before
 * the first known time. See `semantics.md`, "Time".
 */
async function settleTimes(transaction: Transaction, reading: LogReading, { startedAt }: LogToStore, importId: number): Promise<void> {
  if (reading.zoneless) {
    await transaction.run("UPDATE logged_events SET time = time - $offset, time_source = 'envelope' WHERE import_id = $import AND time_source = 'zoneless'",
      { import: importId, offset: reading.zoneless.offset ?? 0 });
  }
  if (!reading.orderedByNeighbours && !reading.zoneless) return;
  const time = reading.firstTime ?? startedAt;
  await transaction.run(`
    UPDATE logged_events AS event SET time = turn.time, time_source = 'turn' FROM logged_turns AS turn
    WHERE event.import_id = $import AND turn.import_id = $import AND event.time_source = 'order' AND event.turn_id = turn.turn_id
      AND event.thread_id = turn.thread_id AND turn.started_at IS NOT NULL`, { import: importId });
  await transaction.run(`UPDATE logged_events SET time = $time, time_source = $source WHERE import_id = $import AND time IS NULL`,
    { import: importId, time, source: reading.firstTime === null ? 'import' : 'order' });
  for (const table of timedTables) {
    const columns = ['time', 'time_source'].filter((column) => column in factTables[table]);
    await transaction.run(`
      UPDATE ${table} AS placed SET ${columns.map((column) => `${column} = event.${column}`).join(', ')} FROM logged_events AS event
      WHERE placed.import_id = $import AND event.event_id = placed.event_id
        AND (${columns.map((column) => `placed.${column} IS DISTINCT FROM event.${column}`).join(' OR ')})`, { import: importId });
  }
}

/** What is known of the import as a whole. */
async function storeLedgers(transaction: Transaction, { importId, reading, bytes, sha256, log }: {
  readonly importId: number; readonly reading: LogReading; readonly bytes: number; readonly sha256: string; readonly log: LogToStore;
}): Promise<void> {
  const eventId = (ordinal: number): number => importId * 2 ** 32 + ordinal;
  const lines = (of: (part: LogReading['parts'][number]['lines']) => number): number => reading.parts.reduce((sum, part) => sum + of(part.lines), 0);
  await transaction.append('import_parts', reading.parts.map((part, index) => [
    importId, index, part.path, part.passedOver, part.bytes, part.lines.total, part.lines.blank, part.lines.rejected,
  ]));
  await transaction.append('import_counts', reading.counts.map(({ format, type, kind, events, repaired }) => [importId, format, type, kind, events, repaired]));
  await transaction.append('reject_counts', reading.rejects.map(({ code, rejects, example }) => [importId, code, rejects, example]));
  await transaction.append('unknowns', reading.unknowns.map((unknown) => [
    importId, unknown.what, unknown.type, unknown.field, unknown.value, unknown.occurrences, eventId(unknown.firstEvent), eventId(unknown.lastEvent), unknown.firstTime, unknown.lastTime,
  ]));
  await transaction.append('imports', [[
    importId, log.name, sha256, bytes, JSON.stringify(reading.formats), lines(({ total }) => total), lines(({ blank }) => blank), lines(({ rejected }) => rejected),
    reading.events.unknown, reading.events.repaired, log.startedAt, Date.now(),
  ]]);
}

/**
 * Puts the rows of one log in as they come, settles what counts, and gives the number of the import. Throws `AlreadyStored`, or what
 * `whole` rejects with: the caller's transaction is undone then.
 */
export async function storeLog(transaction: Transaction, log: LogToStore): Promise<number> {
  const [next] = await transaction.rows("SELECT nextval('import_ids') AS import_id");
  const importId = ImportId.parse(next).import_id;
  for await (const segment of log.segments) await loadSegment(transaction, segment, importId);
  const { reading, bytes, sha256 } = await log.whole();
  const [same] = await transaction.rows('SELECT import_id FROM imports WHERE sha256 = $sha256', { sha256 });
  if (same) throw new AlreadyStored(ImportId.parse(same).import_id);
  await refuseNamesAlone(transaction, reading, importId);
  await settleTimes(transaction, reading, log, importId);
  await settleDuplicatesOf(transaction, importId, { covers: reading.counts.some(({ kind }) => kind === 'compaction' || kind === 'guardian_review') });
  await storeLedgers(transaction, { importId, reading, bytes, sha256, log });
  return importId;
}

/** Takes one or more imports out as if they had never come in, and gives those of the numbers that no import has: when there are any, nothing is taken out. */
export async function deleteLogs(transaction: Transaction, importIds: readonly number[]): Promise<readonly number[]> {
  const asked = `import_id IN (${importIds.join(', ')})`;
  const found = new Set((await transaction.rows(`SELECT import_id FROM imports WHERE ${asked}`)).map(({ import_id: id }) => id));
  const missing = importIds.filter((id) => !found.has(id));
  if (missing.length > 0) return missing;
  for (const table of [...factTableNames, ...ledgerTableNames]) await transaction.run(`DELETE FROM ${table} WHERE ${asked}`);
  await settleDuplicates(transaction);
  return missing;
}
