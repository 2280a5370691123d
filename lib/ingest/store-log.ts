import { z } from 'zod';
import type { LoadedAs, Transaction } from '../store/store.ts';
import { factTableNames, factTables } from '../store/tables.ts';
import { markFacts, rebuild, refreshTrees, type ChangedFacts } from '../trees/refresh.ts';
import { settleAll, settleSuspects, suspectEvents } from './duplicates.ts';
import { handOver, hasThreadless, markLeaving, removeLeaving, suspectLeaving } from './leaving-logs.ts';
import type { KnownLog, LogEntry, PassedOver, ReadLog, Segment, UnreadLog } from './log-reading.ts';
import { loadSegments, type SegmentToLoad } from './segments.ts';

/** What was sent of a drop: `bytes` since it was asked for last, and whether all of it has come. */
export interface Sent {
  readonly bytes: number;
  readonly sha256: string | null;
  readonly complete: boolean;
}
/** A batch of logs on its way in. `startedAt` is in ms since the epoch. */
export interface BatchToStore {
  /** The segments of the batch, up to the one that ends it; again from the beginning when it has only one. */
  readonly segments: () => AsyncIterable<Segment>;
  /** Logs of the same drop that came before, and are not stored because nothing was read of them. */
  readonly held: readonly UnreadLog[];
  readonly name: string;
  readonly startedAt: number;
  /** The import of the drop, when it has one already. */
  readonly importId: number | null;
  /** Imports that others are adding to by then. */
  readonly busy: () => readonly number[];
  /** Asked for when the batch is loaded. */
  readonly sent: (last: boolean) => Promise<Sent>;
}
/** `changed` are imports of which logs were replaced. */
export interface StoredBatch {
  readonly importId: number;
  readonly isNew: boolean;
  readonly logs: readonly LogEntry[];
  readonly changed: readonly number[];
}

/**
 * Nothing of a batch is new: it came in meanwhile, or holds no event. Thrown, because the transaction that had begun to
 * store it must be undone.
 */
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

/**
 * Names say something of threads that other logs tell of: of a log that is loaded, what is passed over when it holds
 * nothing but names of threads, none of which is in; else null.
 */
async function namesAlone(
  transaction: Transaction,
  { log: { path, bytes, lines, counts, events }, firstEventId }: PlacedLog,
): Promise<PassedOver | null> {
  if (events.accepted === 0 || counts.some(({ kind }) => kind !== 'thread_name')) return null;
  const [known] = await transaction.rows(
    'SELECT 1 AS known FROM logged_thread_names SEMI JOIN thread_evidence USING (thread_id) WHERE event_id BETWEEN $first AND $last LIMIT 1',
    { first: firstEventId, last: firstEventId + events.accepted - 1 },
  );
  return known ? null : { kind: 'passed_over', path, bytes, lines: lines.total, reason: 'names_alone', detail: null };
}

/** Takes rows of logs out that were loaded and are not kept. */
async function takeOut(transaction: Transaction, logs: readonly PlacedLog[]): Promise<void> {
  for (const { importId, log, number, firstEventId, firstBlock } of logs) {
    const [first, last] = [firstEventId, firstEventId + log.events.accepted - 1];
    if (log.events.accepted > 0) {
      for (const table of factTableNames)
        await transaction.run(`DELETE FROM ${table} WHERE event_id BETWEEN $first AND $last`, { first, last });
      await transaction.run('DELETE FROM rejects WHERE import_id = $importId AND log = $number', { importId, number });
    }
    if (log.blocks > 0) {
      await transaction.run(
        'DELETE FROM event_texts WHERE import_id = $importId AND text_block BETWEEN $first AND $last',
        { importId, first: firstBlock, last: firstBlock + log.blocks - 1 },
      );
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
 * Settles the times that reading alone could not: of events that took their neighbour's time but whose turn states its
 * start, and of those before the first known time. See `semantics.md`, "Time".
 */
async function settleTimes(
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
  await transaction.run(`UPDATE logged_events AS event SET time = event.time - log.clock_offset, time_source = 'envelope' FROM settling_logs AS log
    WHERE ${ofLog} AND log.clock_offset IS NOT NULL AND event.time_source = 'zoneless'`);
  await transaction.run(`UPDATE logged_events AS event SET time = turn.time, time_source = 'turn'
    FROM (SELECT turn.*, log.log FROM logged_turns AS turn JOIN settling_logs AS log ON turn.event_id BETWEEN log.first_event_id AND log.last_event_id) AS turn
    WHERE event.import_id = turn.import_id AND event.log = turn.log AND event.time_source = 'order' AND event.turn_id = turn.turn_id
      AND event.thread_id = turn.thread_id AND turn.started_at IS NOT NULL`);
  await transaction.run(
    `UPDATE logged_events AS event SET time = log.first_time, time_source = log.time_source FROM settling_logs AS log WHERE ${ofLog} AND event.time IS NULL`,
  );
  for (const table of timedTables) {
    const columns = ['time', 'time_source'].filter((column) => column in factTables[table]);
    await transaction.run(`
      UPDATE ${table} AS placed SET ${columns.map((column) => `${column} = event.${column}`).join(', ')} FROM logged_events AS event, settling_logs AS log
      WHERE ${ofLog} AND event.event_id = placed.event_id
        AND (${columns.map((column) => `placed.${column} IS DISTINCT FROM event.${column}`).join(' OR ')})`);
  }
  await transaction.run('DELETE FROM settling_logs');
}

/**
 * A log that was read, with its import and its number there, the id of its first event and the number of its first
 * block of texts.
 */
export interface PlacedLog {
  readonly log: ReadLog;
  readonly importId: number;
  readonly number: number;
  readonly firstEventId: number;
  readonly firstBlock: number;
}
/** Whether it was damaged before its end. */
const damageOf = ({ rejects }: ReadLog): string | null =>
  rejects.find(({ code }) => code.startsWith('damaged_'))?.example ?? null;

/** What was read without finding an event in it, as what is passed over. */
function unread(log: ReadLog): PassedOver {
  const { path, bytes, lines, firstReject, stranger } = log;
  const damage = damageOf(log);
  return {
    kind: 'passed_over',
    path,
    bytes,
    lines: stranger ? 0 : lines.total,
    reason: damage === null ? (stranger ?? 'no_events') : 'damaged',
    detail: damage ?? (stranger ? null : firstReject && `Line ${firstReject.line}: ${firstReject.message}`),
  };
}

/**
 * A batch's logs when nothing of them is new: what was read of them holds no event, or is in by now, as `known` says.
 * Null when something is.
 */
export function nothingNew(
  logs: readonly LogEntry[],
  known: ReadonlyMap<string, number> = new Map(),
): readonly UnreadLog[] | null {
  if (logs.some((log) => isRead(log) && log.events.accepted > 0 && !known.has(log.sha256))) return null;
  return logs.map((log): UnreadLog => {
    if (!isRead(log)) return log;
    const { path, sha256, bytes } = log;
    return known.has(sha256)
      ? { kind: 'already_in', path, sha256, bytes, importId: known.get(sha256) ?? null }
      : unread(log);
  });
}

/** The row of `import_logs` for a log that brought nothing. */
function notReadRow(importId: number, number: number, log: UnreadLog): readonly unknown[] {
  const nothing = [0, 0, 0, 0, 0, 0, null, 0, 0];
  if (log.kind === 'passed_over')
    return [
      importId,
      number,
      log.path,
      'passed_over',
      log.reason,
      log.detail,
      null,
      null,
      null,
      null,
      log.bytes,
      ...nothing,
    ];
  return [
    importId,
    number,
    log.path,
    'already_in',
    null,
    null,
    log.importId ?? importId,
    log.sha256,
    null,
    null,
    log.bytes,
    ...nothing,
  ];
}

/** Whether something of it is kept. */
const isKept = (log: ReadLog): boolean => log.events.accepted > 0 || damageOf(log) !== null;

/**
 * The rows of `import_logs` for logs that brought nothing, of which the first has the number `first`. Those that the
 * import itself holds stand in it already.
 */
export const unreadRows = (
  importId: number,
  first: number,
  logs: readonly LogEntry[],
): readonly (readonly unknown[])[] =>
  logs.flatMap((log, index) =>
    isRead(log) || (isKnown(log) && log.importId === importId) ? [] : [notReadRow(importId, first + index, log)],
  );

/** The row of `import_logs` for a log that was read. */
const readRow = ({
  importId,
  number,
  firstEventId,
  firstBlock,
  log: { path, sha256, firstLine, prefixes, bytes, lines, events, blocks },
}: PlacedLog): readonly unknown[] => [
  importId,
  number,
  path,
  'read',
  null,
  null,
  null,
  sha256,
  firstLine,
  prefixes,
  bytes,
  lines.total,
  lines.blank,
  lines.rejected,
  events.accepted,
  events.unknown,
  events.repaired,
  firstEventId,
  firstBlock,
  blocks,
];

/** Says what is known of each log: of those that were read here, of the others by their rows `unread`. */
export async function storeLogs(
  transaction: Transaction,
  read: readonly PlacedLog[],
  unread: readonly (readonly unknown[])[],
): Promise<void> {
  await transaction.append('import_logs', [...unread, ...read.map(readRow)]);
  await transaction.append(
    'log_formats',
    read.flatMap(({ importId, number, log }) =>
      [...log.formats].map(([format, lines]) => [importId, number, format, lines]),
    ),
  );
  await transaction.append(
    'import_counts',
    read.flatMap(({ importId, number, log }) =>
      log.counts.map(({ format, type, kind, events, repaired }) => [
        importId,
        number,
        format,
        type,
        kind,
        events,
        repaired,
      ]),
    ),
  );
  await transaction.append(
    'reject_counts',
    read.flatMap(({ importId, number, log }) =>
      log.rejects.map(({ code, rejects, example }) => [importId, number, code, rejects, example]),
    ),
  );
  await transaction.append(
    'unknowns',
    read.flatMap(({ importId, number, firstEventId, log }) =>
      log.unknowns.map((unknown) => [
        importId,
        number,
        unknown.what,
        unknown.type,
        unknown.field,
        unknown.value,
        unknown.occurrences,
        firstEventId + unknown.firstEvent,
        firstEventId + unknown.lastEvent,
        unknown.firstTime,
        unknown.lastTime,
      ]),
    ),
  );
}

/**
 * Takes out what these logs take the place of, and says so on its import. Gives the imports that it was of. To be
 * called when what comes in is marked.
 */
async function replaceLogs(
  transaction: Transaction,
  importId: number,
  logs: readonly PlacedLog[],
): Promise<{ readonly imports: readonly number[]; readonly threadless: boolean }> {
  const replaced = logs.flatMap(({ log: { replaces } }) => replaces ?? []);
  if (replaced.length === 0) return { imports: [], threadless: false };
  await transaction.append(
    'leaving_logs',
    replaced.map(({ importId: id, log }) => [id, log]),
  );
  // They may have gone meanwhile, or with the batch before.
  await transaction.run(
    "DELETE FROM leaving_logs WHERE (import_id, log) NOT IN (SELECT (import_id, log) FROM import_logs WHERE state = 'read')",
  );
  const { threadless } = await markLeaving(transaction);
  await suspectLeaving(transaction, { threadless });
  await removeLeaving(transaction);
  await transaction.run(
    `UPDATE import_logs SET state = 'replaced', other_import_id = $importId, lines_total = 0, lines_blank = 0, lines_rejected = 0, events = 0, events_unknown = 0, events_repaired = 0, blocks = 0
    WHERE (import_id, log) IN (SELECT (import_id, log) FROM leaving_logs)`,
    { importId },
  );
  const imports = (await transaction.rows('SELECT DISTINCT import_id FROM leaving_logs')).map(
    (row) => ImportId.parse(row).import_id,
  );
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

/**
 * Logs that came in since they were asked about: of another drop that was read at the same time, or too large to be
 * asked about before.
 */
async function knownAmong(transaction: Transaction, logs: readonly ReadLog[]): Promise<Map<string, number>> {
  if (logs.length === 0) return new Map();
  const rows = await transaction.rows(
    "SELECT sha256, max(import_id) AS import_id FROM import_logs WHERE state = 'read' AND sha256 IN (SELECT unnest($digests)) GROUP BY sha256",
    { digests: logs.map(({ sha256 }) => sha256) },
  );
  const later = logs.flatMap(({ sha256, laterIn }): (readonly [string, number])[] =>
    laterIn === null ? [] : [[sha256, laterIn]],
  );
  return new Map([
    ...later,
    ...rows.map((row) => Known.parse(row)).map(({ sha256, import_id: id }): readonly [string, number] => [sha256, id]),
  ]);
}

/**
 * The import that a drop of logs adds to: its own, the one of the same name that was cut off and holds some of them, or
 * a new one.
 */
async function importOf(
  transaction: Transaction,
  { importId, name, held, busy }: BatchToStore,
  first: readonly LogEntry[],
): Promise<{ readonly importId: number; readonly isNew: boolean }> {
  if (importId !== null) {
    const [found] = await transaction.rows('SELECT import_id FROM imports WHERE import_id = $importId', { importId });
    if (!found) throw new ImportGone();
    return { importId, isNew: false };
  }
  const adopted = await cutOffImport(transaction, { name, busy, logs: [...held, ...first] });
  if (adopted !== null) return { importId: adopted, isNew: false };
  const [next] = await transaction.rows("SELECT nextval('import_ids') AS import_id");
  return { importId: ImportId.parse(next).import_id, isNew: true };
}

/** The import of this name that was cut off and holds some of these logs; null when there is none. */
export async function cutOffImport(
  reader: Pick<Transaction, 'rows'>,
  { name, busy: busyImports, logs }: Pick<BatchToStore, 'name' | 'busy'> & { readonly logs: readonly LogEntry[] },
): Promise<number | null> {
  const busy = busyImports();
  const ids = [...new Set(logs.filter(isKnown).flatMap(({ importId }) => importId ?? []))].filter(
    (id) => !busy.includes(id),
  );
  if (ids.length === 0) return null;
  const [found] = await reader.rows(
    "SELECT max(import_id) AS import_id FROM imports WHERE state = 'incomplete' AND name = $name AND import_id IN (SELECT unnest($ids)) HAVING count(*) > 0",
    { name, ids },
  );
  return found ? ImportId.parse(found).import_id : null;
}

const stateOf = ({ complete }: Sent): 'complete' | 'incomplete' => (complete ? 'complete' : 'incomplete');

/** Says of an import that was there before what was sent of it by now. */
async function noteSent(transaction: Transaction, importId: number, sent: Sent): Promise<void> {
  const { bytes, sha256 } = sent;
  await transaction.run(
    'UPDATE imports SET bytes = bytes + $bytes, sha256 = coalesce($sha256, sha256), state = $state, finished_at = $now WHERE import_id = $importId',
    { importId, bytes, sha256, state: stateOf(sent), now: Date.now() },
  );
}

/** Puts entries of an import that nothing was read of into it, and says what was sent by now. */
export async function noteLogs(
  transaction: Transaction,
  importId: number,
  logs: readonly UnreadLog[],
  sent: Sent,
): Promise<void> {
  const [found] = await transaction.rows('SELECT import_id FROM imports WHERE import_id = $importId', { importId });
  if (!found) throw new ImportGone();
  const { log: first } = await nextLogs(transaction, importId);
  await transaction.append('import_logs', unreadRows(importId, first, logs));
  await noteSent(transaction, importId, sent);
}

async function nextLogs(transaction: Transaction, importId: number): Promise<z.output<typeof NextLogs>> {
  const [next] = await transaction.rows(
    'SELECT coalesce(max(log) + 1, 0) AS log, coalesce(max(first_block + blocks), 0) AS block FROM import_logs WHERE import_id = $importId',
    { importId },
  );
  return NextLogs.parse(next);
}

const kindsOf = (logs: readonly PlacedLog[]): ReadonlySet<string> =>
  new Set(logs.flatMap(({ log: { counts } }) => counts.map(({ kind }) => kind)));

/** The facts of events with consecutive ids. */
const eventsFrom = (first: number, events: number): ChangedFacts => ({
  sql: 'event_id BETWEEN $firstChanged AND $lastChanged',
  values: { firstChanged: first, lastChanged: first + events - 1 },
});

/**
 * Settles what counts now that the facts of these logs are in, whose events have consecutive ids, and makes the figures
 * of the trees that they touch anew.
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
  const threadless = await hasThreadless(transaction, facts);
  await markFacts(transaction, facts);
  await suspectEvents(transaction, { facts, kinds: kindsOf(logs), threadless });
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless });
}

/**
 * A batch whose rows are in: its import, the number of its first log there, where its rows stand, and what was read.
 */
interface LoadedBatch {
  readonly batch: BatchToStore;
  readonly importId: number;
  readonly isNew: boolean;
  readonly firstLog: number;
  readonly as: LoadedAs;
  readonly read: readonly LogEntry[];
  readonly last: boolean;
}

const eventsOf = (logs: readonly LogEntry[]): number =>
  logs.reduce((sum, log) => sum + (isRead(log) ? log.events.accepted : 0), 0);

/** Loads the rows of batches. Their events get consecutive ids, in the order of the batches: gives the first. */
async function loadBatches(
  transaction: Transaction,
  batches: readonly BatchToStore[],
): Promise<{ readonly firstEventId: number; readonly loaded: readonly LoadedBatch[] }> {
  const firstEventId = await nextEventId(transaction);
  const loaded: LoadedBatch[] = [];
  const ends: SegmentToLoad[] = [];
  let eventId = firstEventId;
  for (const batch of batches) {
    let place: Pick<LoadedBatch, 'importId' | 'isNew' | 'firstLog' | 'as'> | undefined;
    for await (const segment of batch.segments()) {
      if (!place) {
        const { importId, isNew } = await importOf(transaction, batch, segment.logs ?? []);
        const next = isNew ? { log: 0, block: 0 } : await nextLogs(transaction, importId);
        place = {
          importId,
          isNew,
          firstLog: next.log,
          as: { importId, firstEventId: eventId, firstLog: next.log + batch.held.length, firstBlock: next.block },
        };
      }
      const { as } = place;
      if (segment.logs === null) await loadSegments(transaction, [{ segment, as }]);
      else {
        ends.push({ segment, as });
        loaded.push({ ...place, batch, read: segment.logs, last: segment.last });
        eventId += eventsOf(segment.logs);
      }
    }
  }
  await loadSegments(transaction, ends);
  return { firstEventId, loaded };
}

/**
 * The logs of a batch that were read, placed; those of which nothing is kept are taken out again. Throws `NothingNew`
 * when nothing of the batch is new.
 */
async function keepNew(
  transaction: Transaction,
  { importId, as, read, last }: LoadedBatch,
  known: ReadonlyMap<string, number>,
): Promise<{ readonly logs: readonly LogEntry[]; readonly placed: readonly PlacedLog[] }> {
  const loaded = read.map((log, index): PlacedLog | UnreadLog =>
    isRead(log)
      ? {
          importId,
          log,
          number: as.firstLog + index,
          firstEventId: as.firstEventId + log.firstEvent,
          firstBlock: as.firstBlock + log.firstBlock,
        }
      : log,
  );
  const logs: LogEntry[] = [];
  for (const each of loaded) logs.push('log' in each ? ((await namesAlone(transaction, each)) ?? each.log) : each);
  const none = nothingNew(logs, known);
  if (none) throw new NothingNew(none, last);
  const all = loaded.flatMap((each) => ('log' in each ? [each] : []));
  const placed = all.filter(({ log }) => logs.includes(log) && isKept(log));
  await takeOut(
    transaction,
    all.filter((each) => !placed.includes(each)),
  );
  return { logs, placed };
}

/**
 * Stores batches of logs, takes out what they replace, settles what counts, and makes the figures of the trees that all
 * of them touch anew. Most of it is done for all of them at once. Throws `NothingNew`, `ImportGone`, or what the
 * segments of a batch reject with: the caller's transaction is undone then.
 */
export async function storeBatches(
  transaction: Transaction,
  batches: readonly BatchToStore[],
): Promise<readonly StoredBatch[]> {
  const { firstEventId, loaded } = await loadBatches(transaction, batches);
  const known = await knownAmong(
    transaction,
    loaded.flatMap(({ read }) => read.filter(isRead)),
  );
  const kept: (LoadedBatch & Awaited<ReturnType<typeof keepNew>> & { readonly sent: Sent })[] = [];
  for (const each of loaded) {
    const sent = await each.batch.sent(each.last);
    const { logs, placed } = await keepNew(transaction, each, known);
    kept.push({ ...each, logs, placed, sent });
    // The same log may have been sent twice at the same time.
    for (const {
      log: { sha256 },
    } of placed)
      known.set(sha256, each.importId);
  }
  const events = eventsOf(loaded.flatMap(({ read }) => read));
  await takeEventIds(transaction, events);
  const placed = kept.flatMap((each) => each.placed);
  await settleTimes(
    transaction,
    kept.flatMap((each) => each.placed.map((log) => ({ ...log, startedAt: each.batch.startedAt }))),
  );
  const facts = eventsFrom(firstEventId, events);
  await markFacts(transaction, facts);
  const threadlessIn = await hasThreadless(transaction, facts);
  const stored: StoredBatch[] = [];
  let threadlessOut = false;
  for (const { importId, isNew, logs, placed: ofBatch } of kept) {
    const replaced = await replaceLogs(transaction, importId, ofBatch);
    threadlessOut ||= replaced.threadless;
    stored.push({ importId, isNew, logs, changed: replaced.imports });
  }
  await suspectEvents(transaction, { facts, kinds: kindsOf(placed), threadless: threadlessIn });
  await storeLogs(
    transaction,
    placed,
    kept.flatMap(({ importId, firstLog, as, batch: { held }, logs }) => [
      ...unreadRows(importId, firstLog, held),
      ...unreadRows(
        importId,
        as.firstLog,
        logs.map((log) => (isRead(log) && !isKept(log) ? unread(log) : log)),
      ),
    ]),
  );
  await transaction.append(
    'imports',
    kept.flatMap(({ importId, isNew, batch: { name, startedAt }, sent }) =>
      isNew ? [[importId, name, stateOf(sent), sent.sha256 ?? '', sent.bytes, startedAt, Date.now()]] : [],
    ),
  );
  for (const { importId, isNew, sent } of kept) if (!isNew) await noteSent(transaction, importId, sent);
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless: threadlessIn || threadlessOut });
  return stored;
}

/**
 * Takes one or more imports out as if they had never come in. `missing` are those of the numbers that no import has:
 * when there are any, nothing is taken out. `changed` are imports that hold the same logs, and have them from now on.
 */
export async function deleteImports(
  transaction: Transaction,
  importIds: readonly number[],
): Promise<{ readonly missing: readonly number[]; readonly changed: readonly number[] }> {
  const ids = { ids: importIds };
  const found = new Set(
    (await transaction.rows('SELECT import_id FROM imports WHERE import_id IN (SELECT unnest($ids))', ids)).map(
      ({ import_id: id }) => id,
    ),
  );
  const missing = importIds.filter((id) => !found.has(id));
  if (missing.length > 0) return { missing, changed: [] };
  await transaction.run(
    'INSERT INTO leaving_logs SELECT import_id, log FROM import_logs WHERE import_id IN (SELECT unnest($ids))',
    ids,
  );
  const { threadless } = await markLeaving(transaction);
  await suspectLeaving(transaction, { threadless });
  const changed = await handOver(transaction);
  await removeLeaving(transaction);
  for (const table of ['imports', 'import_logs'])
    await transaction.run(`DELETE FROM ${table} WHERE import_id IN (SELECT unnest($ids))`, ids);
  await settleSuspects(transaction);
  await refreshTrees(transaction, { threadless });
  return { missing, changed };
}

/** Settles anew what counts, and makes all figures anew, from the facts alone. */
export async function rebuildFigures(transaction: Transaction): Promise<void> {
  await settleAll(transaction);
  await rebuild(transaction);
}
