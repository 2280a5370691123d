import { z } from 'zod';
import type { Transaction } from '../store/store.ts';
import type { KnownLog, LogEntry, ReadLog, UnreadLog } from './log-reading.ts';

/** The progress of a drop: `bytes` since the last call, and if all of it has come. */
export interface Sent {
  readonly bytes: number;
  readonly sha256: string | null;
  readonly complete: boolean;
}
/** The import was deleted while more of it was on its way. */
export class ImportGone extends Error {}

/** Throws `ImportGone` when there is no such import. */
export async function mustExist(transaction: Transaction, importId: number): Promise<void> {
  const [found] = await transaction.rows('SELECT import_id FROM imports WHERE import_id = $importId', { importId });
  if (!found) throw new ImportGone();
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

export const isRead = (log: LogEntry): log is ReadLog => log.kind === 'read';
export const isKnown = (log: LogEntry): log is KnownLog => log.kind === 'already_in';

const NextIds = z.object({ event_id: z.number() });
/** Returns the id that the next event gets. */
export async function nextEventId(transaction: Transaction): Promise<number> {
  const [ids] = await transaction.rows('SELECT event_id FROM next_ids');
  return NextIds.parse(ids).event_id;
}

/** Reserves ids for this many new events. */
export async function takeEventIds(transaction: Transaction, events: number): Promise<void> {
  await transaction.run('UPDATE next_ids SET event_id = event_id + $events', { events });
}

const NextLogs = z.object({ log: z.number(), block: z.number() });
/** Returns the numbers that an import's next log and next block of texts get. */
export async function nextLogs(transaction: Transaction, importId: number): Promise<z.output<typeof NextLogs>> {
  const [next] = await transaction.rows(
    `SELECT coalesce(max(log) + 1, 0) AS log, coalesce(max(first_block + blocks), 0) AS block FROM import_logs
      WHERE import_id = $importId`,
    { importId },
  );
  return NextLogs.parse(next);
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

/**
 * Returns the rows of `import_logs` for logs that brought nothing, numbered from `first`. Logs that the import itself
 * holds already have a row.
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

/** Stores the ledgers of logs: from the logs that were read here, for the others from their rows `unread`. */
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

export const stateOf = ({ complete }: Sent): 'complete' | 'incomplete' => (complete ? 'complete' : 'incomplete');

/** Updates an existing import with the bytes that were sent by now. */
export async function noteSent(transaction: Transaction, importId: number, sent: Sent): Promise<void> {
  const { bytes, sha256 } = sent;
  await transaction.run(
    `UPDATE imports SET bytes = bytes + $bytes, sha256 = coalesce($sha256, sha256), state = $state, finished_at = $now
      WHERE import_id = $importId`,
    { importId, bytes, sha256, state: stateOf(sent), now: Date.now() },
  );
}

/** Adds the logs that brought nothing to an import, and updates the bytes that were sent by now. */
export async function noteLogs(
  transaction: Transaction,
  importId: number,
  logs: readonly UnreadLog[],
  sent: Sent,
): Promise<void> {
  await mustExist(transaction, importId);
  const { log: first } = await nextLogs(transaction, importId);
  await transaction.append('import_logs', unreadRows(importId, first, logs));
  await noteSent(transaction, importId, sent);
}
