import { z } from 'zod';
import type { Transaction } from '../store/store.ts';
import { factTableNames, factTables } from '../store/tables.ts';
import { markFacts, rebuild, refreshTrees, type ChangedFacts } from '../trees/refresh.ts';
import { settleAll, settleSuspects, suspectEvents } from './duplicates.ts';
import { handOver, hasThreadless, markLeaving, removeLeaving, suspectLeaving } from './leaving-logs.ts';
import type { KnownLog, LogEntry, PassedOver, ReadLog, Segment, UnreadLog } from './log-reading.ts';
import { loadSegment } from './segments.ts';

/** A batch of logs on its way in. `startedAt` is in ms since the epoch. */
export interface BatchToStore {
  /** The segments of the batch, up to the one that ends it. */
  readonly segments: AsyncIterable<Segment>;
  /** Logs of the same drop that came before, and are not stored because nothing was read of them. */
  readonly held: readonly UnreadLog[];
  readonly name: string;
  readonly startedAt: number;
  /** The import of the drop, when it has one already. */
  readonly importId: number | null;
  /** Imports that others are adding to. */
  readonly busy: readonly number[];
  /** What was sent so far, and whether all of it has come. Asked for when the batch is loaded. */
  readonly sent: (last: boolean) => Promise<{ readonly bytes: number; readonly sha256: string | null; readonly complete: boolean }>;
}
/** `changed` are imports of which logs were replaced. */
export interface StoredBatch { readonly importId: number; readonly isNew: boolean; readonly logs: readonly LogEntry[]; readonly changed: readonly number[] }

/** Nothing of a batch is new: it came in meanwhile, or holds no event. Thrown, because the transaction that had begun to store it must be undone. */
export class NothingNew extends Error {
  readonly logs: readonly UnreadLog[];
  readonly last: boolean;
  constructor(logs: readonly UnreadLog[], last: boolean) {
    super('Nothing of it is new.');
    this.logs = logs;
    this.last = last;
  }
}
/** The import was deleted while more of it was on its way. */
export class ImportGone extends Error {}

/** Names say something of threads that other logs tell of: of a log that is loaded, what is passed over when it holds nothing but names of threads, none of which is in; else null. */
async function namesAlone(transaction: Transaction, { log: { path, bytes, lines, counts, events }, firstEventId }: PlacedLog): Promise<PassedOver | null> {
  if (events.accepted === 0 || counts.some(({ kind }) => kind !== 'thread_name')) return null;
  const [known] = await transaction.rows('SELECT 1 AS known FROM logged_thread_names SEMI JOIN thread_evidence USING (thread_id) WHERE event_id BETWEEN $first AND $last LIMIT 1',
    { first: firstEventId, last: firstEventId + events.accepted - 1 });
  return known ? null : { kind: 'passed_over', path, bytes, lines: lines.total, reason: 'names_alone', detail: null };
}

/** Takes rows of logs out that were loaded and are not kept. */
async function takeOut(transaction: Transaction, importId: number, logs: readonly PlacedLog[], firstBlock: number): Promise<void> {
  for (const { log, number, firstEventId } of logs) {
    const [first, last] = [firstEventId, firstEventId + log.events.accepted - 1];
    if (log.events.accepted > 0) {
      for (const table of factTableNames) await transaction.run(`DELETE FROM ${table} WHERE event_id BETWEEN $first AND $last`, { first, last });
      await transaction.run('DELETE FROM rejects WHERE import_id = $importId AND log = $number', { importId, number });
    }
    if (log.blocks > 0) {
      const firstOfIt = firstBlock + log.firstBlock;
      await transaction.run('DELETE FROM event_texts WHERE import_id = $importId AND text_block BETWEEN $first AND $last', { importId, first: firstOfIt, last: firstOfIt + log.blocks - 1 });
    }
  }
}

const ImportId = z.object({ import_id: z.number() });
const Known = z.object({ sha256: z.string(), import_id: z.number() });
const NextIds = z.object({ event_id: z.number() });
const NextLogs = z.object({ log: z.number(), block: z.number() });

const isRead = (log: LogEntry): log is ReadLog => log.kind === 'read';
const isKnown = (log: LogEntry): log is KnownLog => log.kind === 'already_in';

/** The tables that repeat the time of their event, and some of them where it comes from. */
const timedTables = factTableNames.filter((table) => table !== 'logged_events' && 'time' in factTables[table]);

/**
 * Settles the times that reading alone could not: of events that took their neighbour's time but whose turn states its start, and of those before
 * the first known time. See `semantics.md`, "Time".
 */
async function settleTimes(transaction: Transaction, logs: readonly PlacedLog[], { startedAt }: BatchToStore, importId: number): Promise<void> {
  const unsettled = logs.filter(({ log: { orderedByNeighbours, zoneless } }) => orderedByNeighbours || zoneless);
  if (unsettled.length === 0) return;
  await transaction.append('settling_logs', unsettled.map(({ log, number, firstEventId }) => [
    importId, number, firstEventId, firstEventId + log.events.accepted - 1, log.zoneless && (log.zoneless.offset ?? 0), log.firstTime ?? startedAt, log.firstTime === null ? 'import' : 'order',
  ]));
  const ofLog = 'event.import_id = log.import_id AND event.log = log.log';
  await transaction.run(`UPDATE logged_events AS event SET time = event.time - log.clock_offset, time_source = 'envelope' FROM settling_logs AS log
    WHERE ${ofLog} AND log.clock_offset IS NOT NULL AND event.time_source = 'zoneless'`);
  await transaction.run(`UPDATE logged_events AS event SET time = turn.time, time_source = 'turn'
    FROM (SELECT turn.*, log.log FROM logged_turns AS turn JOIN settling_logs AS log ON turn.event_id BETWEEN log.first_event_id AND log.last_event_id) AS turn
    WHERE event.import_id = turn.import_id AND event.log = turn.log AND event.time_source = 'order' AND event.turn_id = turn.turn_id
      AND event.thread_id = turn.thread_id AND turn.started_at IS NOT NULL`);
  await transaction.run(`UPDATE logged_events AS event SET time = log.first_time, time_source = log.time_source FROM settling_logs AS log WHERE ${ofLog} AND event.time IS NULL`);
  for (const table of timedTables) {
    const columns = ['time', 'time_source'].filter((column) => column in factTables[table]);
    await transaction.run(`
      UPDATE ${table} AS placed SET ${columns.map((column) => `${column} = event.${column}`).join(', ')} FROM logged_events AS event, settling_logs AS log
      WHERE ${ofLog} AND event.event_id = placed.event_id
        AND (${columns.map((column) => `placed.${column} IS DISTINCT FROM event.${column}`).join(' OR ')})`);
  }
  await transaction.run('DELETE FROM settling_logs');
}

/** A log that was read, with its number in the import and the id of its first event. */
export interface PlacedLog { readonly log: ReadLog; readonly number: number; readonly firstEventId: number }
/** Whether it was damaged before its end. */
const damageOf = ({ rejects }: ReadLog): string | null => rejects.find(({ code }) => code.startsWith('damaged_'))?.example ?? null;

/** What was read without finding an event in it, as what is passed over. */
function unread(log: ReadLog): PassedOver {
  const { path, bytes, lines, firstReject, stranger } = log;
  const damage = damageOf(log);
  return {
    kind: 'passed_over', path, bytes, lines: stranger ? 0 : lines.total, reason: damage === null ? stranger ?? 'no_events' : 'damaged',
    detail: damage ?? (stranger ? null : firstReject && `Line ${firstReject.line}: ${firstReject.message}`),
  };
}

/** A batch's logs when nothing of them is new: what was read of them holds no event, or is in by now, as `known` says. Null when something is. */
export function nothingNew(logs: readonly LogEntry[], known: ReadonlyMap<string, number> = new Map()): readonly UnreadLog[] | null {
  if (logs.some((log) => isRead(log) && log.events.accepted > 0 && !known.has(log.sha256))) return null;
  return logs.map((log): UnreadLog => {
    if (!isRead(log)) return log;
    const { path, sha256, bytes } = log;
    return known.has(sha256) ? { kind: 'already_in', path, sha256, bytes, importId: known.get(sha256) ?? null } : unread(log);
  });
}

/** The row of `import_logs` for a log that brought nothing. */
function notReadRow(importId: number, number: number, log: UnreadLog): readonly unknown[] {
  const nothing = [0, 0, 0, 0, 0, 0, null, 0, 0];
  if (log.kind === 'passed_over') return [importId, number, log.path, 'passed_over', log.reason, log.detail, null, null, null, null, log.bytes, ...nothing];
  return [importId, number, log.path, 'already_in', null, null, log.importId ?? importId, log.sha256, null, null, log.bytes, ...nothing];
}

/** Whether something of it is kept. */
const isKept = (log: ReadLog): boolean => log.events.accepted > 0 || damageOf(log) !== null;

/** What is known of each log that was read. Blocks of texts are counted from `firstBlock`. */
export async function storeReadLogs(transaction: Transaction, importId: number, read: readonly PlacedLog[], firstBlock: number): Promise<void> {
  await transaction.append('import_logs', read.map(({ number, firstEventId, log: { path, sha256, firstLine, prefixes, bytes, lines, events, firstBlock: block, blocks } }) => [
    importId, number, path, 'read', null, null, null, sha256, firstLine, prefixes, bytes, lines.total, lines.blank, lines.rejected, events.accepted, events.unknown, events.repaired, firstEventId, firstBlock + block, blocks,
  ]));
  await transaction.append('log_formats', read.flatMap(({ number, log }) => [...log.formats].map(([format, lines]) => [importId, number, format, lines])));
  await transaction.append('import_counts', read.flatMap(({ number, log }) => log.counts.map(({ format, type, kind, events, repaired }) => [importId, number, format, type, kind, events, repaired])));
  await transaction.append('reject_counts', read.flatMap(({ number, log }) => log.rejects.map(({ code, rejects, example }) => [importId, number, code, rejects, example])));
  await transaction.append('unknowns', read.flatMap(({ number, firstEventId, log }) => log.unknowns.map((unknown) => [
    importId, number, unknown.what, unknown.type, unknown.field, unknown.value, unknown.occurrences, firstEventId + unknown.firstEvent, firstEventId + unknown.lastEvent, unknown.firstTime, unknown.lastTime,
  ])));
}

/** Takes out what these logs take the place of, and says so on its import. Gives the imports that it was of. To be called when what comes in is marked. */
async function replaceLogs(transaction: Transaction, importId: number, logs: readonly PlacedLog[]): Promise<{ readonly imports: readonly number[]; readonly threadless: boolean }> {
  const replaced = logs.flatMap(({ log: { replaces } }) => replaces ?? []);
  if (replaced.length === 0) return { imports: [], threadless: false };
  await transaction.append('leaving_logs', replaced.map(({ importId: id, log }) => [id, log]));
  // They may have gone meanwhile.
  await transaction.run("DELETE FROM leaving_logs WHERE (import_id, log) NOT IN (SELECT (import_id, log) FROM import_logs WHERE state = 'read')");
  const { threadless } = await markLeaving(transaction);
  await suspectLeaving(transaction, { threadless });
  await removeLeaving(transaction);
  await transaction.run(`UPDATE import_logs SET state = 'replaced', other_import_id = $importId, lines_total = 0, lines_blank = 0, lines_rejected = 0, events = 0, events_unknown = 0, events_repaired = 0, blocks = 0
    WHERE (import_id, log) IN (SELECT (import_id, log) FROM leaving_logs)`, { importId });
  const imports = (await transaction.rows('SELECT DISTINCT import_id FROM leaving_logs')).map((row) => ImportId.parse(row).import_id);
  return { imports, threadless };
}

/** The id that the next event gets. */
export async function nextEventId(transaction: Transaction): Promise<number> {
  const [ids] = await transaction.rows('SELECT event_id FROM next_ids');
  return NextIds.parse(ids).event_id;
}

/** No other events get the ids of so many that came in. */
export async function takeEventIds(transaction: Transaction, events: number): Promise<void> {
  await transaction.run('UPDATE next_ids SET event_id = event_id + $events', { events });
}

/** Logs that came in since they were asked about: of another drop that was read at the same time, or too large to be asked about before. */
async function knownAmong(transaction: Transaction, logs: readonly ReadLog[]): Promise<ReadonlyMap<string, number>> {
  if (logs.length === 0) return new Map();
  const rows = await transaction.rows("SELECT sha256, max(import_id) AS import_id FROM import_logs WHERE state = 'read' AND sha256 IN (SELECT unnest($digests)) GROUP BY sha256", { digests: logs.map(({ sha256 }) => sha256) });
  const later = logs.flatMap(({ sha256, laterIn }): (readonly [string, number])[] => (laterIn === null ? [] : [[sha256, laterIn]]));
  return new Map([...later, ...rows.map((row) => Known.parse(row)).map(({ sha256, import_id: id }): readonly [string, number] => [sha256, id])]);
}

/** The import that a drop of logs adds to: its own, the one of the same name that was cut off and holds some of them, or a new one. */
async function importOf(transaction: Transaction, { importId, name, held, busy, startedAt }: BatchToStore, first: readonly LogEntry[]): Promise<{ readonly importId: number; readonly isNew: boolean }> {
  if (importId !== null) {
    const [found] = await transaction.rows('SELECT import_id FROM imports WHERE import_id = $importId', { importId });
    if (!found) throw new ImportGone();
    return { importId, isNew: false };
  }
  const adopted = await cutOffImport(transaction, { name, busy, logs: [...held, ...first] });
  if (adopted !== null) return { importId: adopted, isNew: false };
  const [next] = await transaction.rows("SELECT nextval('import_ids') AS import_id");
  const { import_id: id } = ImportId.parse(next);
  await transaction.append('imports', [[id, name, 'incomplete', '', 0, startedAt, startedAt]]);
  return { importId: id, isNew: true };
}

/** The import of this name that was cut off and holds some of these logs; null when there is none. */
export async function cutOffImport(reader: Pick<Transaction, 'rows'>, { name, busy, logs }: Pick<BatchToStore, 'name' | 'busy'> & { readonly logs: readonly LogEntry[] }): Promise<number | null> {
  const ids = [...new Set(logs.filter(isKnown).flatMap(({ importId }) => importId ?? []))].filter((id) => !busy.includes(id));
  if (ids.length === 0) return null;
  const [found] = await reader.rows("SELECT max(import_id) AS import_id FROM imports WHERE state = 'incomplete' AND name = $name AND import_id IN (SELECT unnest($ids)) HAVING count(*) > 0", { name, ids });
  return found ? ImportId.parse(found).import_id : null;
}

/** Says of an import what was sent of it by now. */
async function noteSent(transaction: Transaction, importId: number, { bytes, sha256, complete }: Awaited<ReturnType<BatchToStore['sent']>>): Promise<void> {
  await transaction.run('UPDATE imports SET bytes = bytes + $bytes, sha256 = coalesce($sha256, sha256), state = $state, finished_at = $now WHERE import_id = $importId',
    { importId, bytes, sha256, state: complete ? 'complete' : 'incomplete', now: Date.now() });
}

/** Puts entries of an import that nothing was read of into it, and says what was sent by now. */
export async function noteLogs(transaction: Transaction, importId: number, logs: readonly UnreadLog[], sent: Awaited<ReturnType<BatchToStore['sent']>>): Promise<void> {
  const [found] = await transaction.rows('SELECT import_id FROM imports WHERE import_id = $importId', { importId });
  if (!found) throw new ImportGone();
  const { log: first } = await nextLogs(transaction, importId);
  await listLogs(transaction, importId, first, logs);
  await noteSent(transaction, importId, sent);
}

/** Those that the import itself holds stand in it already. */
export async function listLogs(transaction: Transaction, importId: number, first: number, logs: readonly LogEntry[]): Promise<void> {
  await transaction.append('import_logs', logs.flatMap((log, index) => (isRead(log) || (isKnown(log) && log.importId === importId) ? [] : [notReadRow(importId, first + index, log)])));
}

async function nextLogs(transaction: Transaction, importId: number): Promise<z.output<typeof NextLogs>> {
  const [next] = await transaction.rows('SELECT coalesce(max(log) + 1, 0) AS log, coalesce(max(first_block + blocks), 0) AS block FROM import_logs WHERE import_id = $importId', { importId });
  return NextLogs.parse(next);
}

async function nextOf(segments: AsyncIterator<Segment, unknown>): Promise<Segment> {
  const next = await segments.next();
  if (next.done) throw new Error('The batch has no end.');
  return next.value;
}

/** The segments from the first one, and the first. */
async function beginning(segments: AsyncIterable<Segment>): Promise<{ readonly first: Segment; readonly rest: AsyncIterator<Segment, unknown> }> {
  const rest: AsyncIterator<Segment, unknown> = segments[Symbol.asyncIterator]();
  return { first: await nextOf(rest), rest };
}

const kindsOf = (logs: readonly PlacedLog[]): ReadonlySet<string> => new Set(logs.flatMap(({ log: { counts } }) => counts.map(({ kind }) => kind)));

/** The facts of events with consecutive ids. */
const eventsFrom = (first: number, events: number): ChangedFacts => ({ sql: 'event_id BETWEEN $firstChanged AND $lastChanged', values: { firstChanged: first, lastChanged: first + events - 1 } });

/** Settles what counts now that the facts of these logs are in, whose events have consecutive ids, and makes the figures of the trees that they touch anew. */
export async function settleLogs(transaction: Transaction, logs: readonly PlacedLog[], firstEventId: number): Promise<void> {
  const facts = eventsFrom(firstEventId, logs.reduce((sum, { log }) => sum + log.events.accepted, 0));
  const threadless = await hasThreadless(transaction, facts);
  await markFacts(transaction, facts);
  await suspectEvents(transaction, { facts, kinds: kindsOf(logs), threadless });
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless });
}

/**
 * Puts the rows of one batch of logs in as they come, takes out what they replace, settles what counts, and makes the figures of the trees that all this touches anew. Throws
 * `NothingNew`, `ImportGone`, or what `segments` reject with: the caller's transaction is undone then.
 */
export async function storeBatch(transaction: Transaction, batch: BatchToStore): Promise<StoredBatch> {
  const { first, rest } = await beginning(batch.segments);
  const { importId, isNew } = await importOf(transaction, batch, first.logs ?? []);
  const firstEventId = await nextEventId(transaction);
  const next = await nextLogs(transaction, importId);
  const as = { importId, firstEventId, firstLog: next.log + batch.held.length, firstBlock: next.block };
  let end = first;
  await loadSegment(transaction, end, as);
  while (end.logs === null) {
    end = await nextOf(rest);
    await loadSegment(transaction, end, as);
  }
  const { logs: read, last } = end;
  const sent = await batch.sent(last);
  const loaded = read.map((log, index) => (isRead(log) ? { log, number: as.firstLog + index, firstEventId: firstEventId + log.firstEvent } : log));
  const logs: LogEntry[] = [];
  for (const each of loaded) logs.push('log' in each ? await namesAlone(transaction, each) ?? each.log : each);
  const known = await knownAmong(transaction, logs.filter(isRead));
  const none = nothingNew(logs, known);
  if (none) throw new NothingNew(none, last);
  const all = loaded.flatMap((each) => ('log' in each ? [each] : []));
  const placed = all.filter(({ log }) => logs.includes(log) && isKept(log));
  await takeOut(transaction, importId, all.filter((each) => !placed.includes(each)), next.block);
  const events = all.reduce((sum, { log }) => sum + log.events.accepted, 0);
  await takeEventIds(transaction, events);
  const facts = eventsFrom(firstEventId, events);
  await settleTimes(transaction, placed, batch, importId);
  await markFacts(transaction, facts);
  const threadless = await hasThreadless(transaction, facts);
  const replaced = await replaceLogs(transaction, importId, placed);
  await suspectEvents(transaction, { facts, kinds: kindsOf(placed), threadless });
  await settleSuspects(transaction);
  await listLogs(transaction, importId, next.log, batch.held);
  await listLogs(transaction, importId, as.firstLog, logs.map((log) => (isRead(log) && !isKept(log) ? unread(log) : log)));
  await storeReadLogs(transaction, importId, placed, next.block);
  await noteSent(transaction, importId, sent);
  await refreshTrees(transaction, { threadless: threadless || replaced.threadless });
  return { importId, isNew, logs, changed: replaced.imports };
}

/**
 * Takes one or more imports out as if they had never come in. `missing` are those of the numbers that no import has: when there are any, nothing is taken out. `changed` are imports that
 * hold the same logs, and have them from now on.
 */
export async function deleteImports(transaction: Transaction, importIds: readonly number[]): Promise<{ readonly missing: readonly number[]; readonly changed: readonly number[] }> {
  const ids = { ids: importIds };
  const found = new Set((await transaction.rows('SELECT import_id FROM imports WHERE import_id IN (SELECT unnest($ids))', ids)).map(({ import_id: id }) => id));
  const missing = importIds.filter((id) => !found.has(id));
  if (missing.length > 0) return { missing, changed: [] };
  await transaction.run("INSERT INTO leaving_logs SELECT import_id, log FROM import_logs WHERE import_id IN (SELECT unnest($ids))", ids);
  const { threadless } = await markLeaving(transaction);
  await suspectLeaving(transaction, { threadless });
  const changed = await handOver(transaction);
  await removeLeaving(transaction);
  for (const table of ['imports', 'import_logs']) await transaction.run(`DELETE FROM ${table} WHERE import_id IN (SELECT unnest($ids))`, ids);
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless });
  return { missing, changed };
}

/** Settles anew what counts, and makes all figures anew, from the facts alone. */
export async function rebuildFigures(transaction: Transaction): Promise<void> {
  await settleAll(transaction);
  await rebuild(transaction);
}
