import { z } from 'zod';
import type { LoadedAs, Transaction } from '../store/store.ts';
import { factTableNames } from '../store/tables.ts';
import { markFacts, refreshTrees } from '../trees/refresh.ts';
import { settleSuspects, suspectEvents } from './duplicates.ts';
import { markLeaving, removeLeaving } from './leaving-logs.ts';
import {
  mustExist,
  isKnown,
  isRead,
  nextEventId,
  nextLogs,
  noteSent,
  stateOf,
  storeLogs,
  takeEventIds,
  unreadRows,
  type PlacedLog,
  type Sent,
} from './log-ledgers.ts';
import type { LogEntry, PassedOver, ReadLog, Segment, UnreadLog } from './log-reading.ts';
import { loadSegments, type SegmentToLoad } from './segments.ts';
import { eventsFrom, kindsOf, settleTimes } from './settle-logs.ts';

/** A batch of logs on its way in. `startedAt` is in ms since the epoch. */
export interface BatchToStore {
  /** Returns the segments of the batch, up to the one that ends it; a batch of only one can be read again. */
  readonly segments: () => AsyncIterable<Segment>;
  /** Earlier logs of the same drop that are not stored because nothing was read of them. */
  readonly held: readonly UnreadLog[];
  readonly name: string;
  readonly startedAt: number;
  /** The import of the drop, if it has one already. */
  readonly importId: number | null;
  /** Returns the imports that others are adding to now. */
  readonly busy: () => readonly number[];
  /** Called when the batch is loaded. */
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
 * Nothing of a batch is new: it came in meanwhile, or holds no event. Thrown, because the transaction that began to
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

/**
 * Returns a loaded log as passed over if it holds only names of threads, none of which is in: names matter only for
 * threads that other logs have. Else null.
 */
async function namesAlone(
  transaction: Transaction,
  { log: { path, bytes, lines, counts, events }, firstEventId }: PlacedLog,
): Promise<PassedOver | null> {
  if (events.accepted === 0 || counts.some(({ kind }) => kind !== 'thread_name')) return null;
  const [known] = await transaction.rows(
    `SELECT 1 AS known FROM logged_thread_names SEMI JOIN thread_evidence USING (thread)
      WHERE event_id BETWEEN $first AND $last LIMIT 1`,
    { first: firstEventId, last: firstEventId + events.accepted - 1 },
  );
  return known ? null : { kind: 'passed_over', path, bytes, lines: lines.total, reason: 'names_alone', detail: null };
}

/** Removes rows of loaded logs that are not kept. */
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

/** Returns the damage that ended it too early, or null. */
const damageOf = ({ rejects }: ReadLog): string | null =>
  rejects.find(({ code }) => code.startsWith('damaged_'))?.example ?? null;

/** Returns a log without an event as passed over. */
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
 * Returns a batch's logs if nothing of them is new: those that were read hold no event, or are in by now, as `known`
 * says. Null when something is new.
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

/** True if something of it is kept. */
const isKept = (log: ReadLog): boolean => log.events.accepted > 0 || damageOf(log) !== null;

/**
 * Removes the logs that these logs replace, and notes it on their imports. Returns these imports. Call it when the new
 * facts are marked.
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
    `DELETE FROM leaving_logs
      WHERE (import_id, log) NOT IN (SELECT (import_id, log) FROM import_logs WHERE state = 'read')`,
  );
  const { threadless } = await markLeaving(transaction);
  await removeLeaving(transaction);
  await transaction.run(
    `UPDATE import_logs SET state = 'replaced', other_import_id = $importId, lines_total = 0, lines_blank = 0,
      lines_rejected = 0, events = 0, events_unknown = 0, events_repaired = 0, blocks = 0
    WHERE (import_id, log) IN (SELECT (import_id, log) FROM leaving_logs)`,
    { importId },
  );
  const imports = (await transaction.rows('SELECT DISTINCT import_id FROM leaving_logs')).map(
    (row) => ImportId.parse(row).import_id,
  );
  return { imports, threadless };
}

/**
 * Returns logs that came in since they were asked about: from another drop at the same time, or too large to be asked
 * about before.
 */
async function knownAmong(transaction: Transaction, logs: readonly ReadLog[]): Promise<Map<string, number>> {
  if (logs.length === 0) return new Map();
  const rows = await transaction.rows(
    `SELECT sha256, max(import_id) AS import_id FROM import_logs
      WHERE state = 'read' AND sha256 IN (SELECT unnest($digests)) GROUP BY sha256`,
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
 * Returns the import that a drop of logs adds to: its own, the one of the same name that was cut off and holds some of
 * them, or a new one.
 */
async function importOf(
  transaction: Transaction,
  { importId, name, held, busy }: BatchToStore,
  first: readonly LogEntry[],
): Promise<{ readonly importId: number; readonly isNew: boolean }> {
  if (importId !== null) {
    await mustExist(transaction, importId);
    return { importId, isNew: false };
  }
  const adopted = await cutOffImport(transaction, { name, busy, logs: [...held, ...first] });
  if (adopted !== null) return { importId: adopted, isNew: false };
  const [next] = await transaction.rows("SELECT nextval('import_ids') AS import_id");
  return { importId: ImportId.parse(next).import_id, isNew: true };
}

/** Returns the import of this name that was cut off and holds some of these logs; null without one. */
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
    `SELECT max(import_id) AS import_id FROM imports
      WHERE state = 'incomplete' AND name = $name AND import_id IN (SELECT unnest($ids)) HAVING count(*) > 0`,
    { name, ids },
  );
  return found ? ImportId.parse(found).import_id : null;
}

/**
 * A batch whose rows are in: its import, the number of its first log there, the place of its rows, and the logs that
 * were read.
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

/** Loads the rows of batches. Their events get consecutive ids, in the order of the batches; returns the first. */
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
 * Returns the read logs of a batch, placed; removes those of which nothing is kept. Throws `NothingNew` when nothing of
 * the batch is new.
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
 * Stores batches of logs, removes the logs that they replace, settles what counts, and makes the figures of all
 * affected trees again. Most of it is done for all batches at once. Throws `NothingNew`, `ImportGone`, or the failure
 * of a batch's segments: the caller's transaction is undone then.
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
  const { threadless: threadlessIn } = await markFacts(transaction, facts);
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
