import { z } from 'zod';
import { anyOf, everything, type Predicate } from '../filters.ts';
import type { Reader, SqlRow } from '../store/store.ts';
import { columns } from './columns.ts';
import { decodeCursor, encodeCursor, nextOffset, offsetOf } from './cursor.ts';
import { count } from './fields.ts';
import { firstWithin, mostAnswered } from './page-bytes.ts';
import { Import, ImportLog, logStates, NextCursor, type LogList, Reject, type Page } from './shapes.ts';

/**
 * The most rejects in the answer about an import; the rest are a list of their own. Their paths and excerpts have a
 * limited length since their log was read.
 */
const rejectsShown = 100;

export const ImportList = z
  .object({ imports: z.array(Import), total: count.describe('Total imports.'), nextCursor: NextCursor })
  .meta({ id: 'ImportList' });
export type ImportList = z.output<typeof ImportList>;

const olderThan = z.tuple([z.int().min(1)]);

/** Returns the condition that an import, as `wanted`, or a log read in it has one of these digests. */
function withDigests(sha256: readonly string[]): Predicate {
  const [sent, read] = [anyOf('wanted.sha256', 'sha256_', sha256), anyOf('log.sha256', 'sha256_', sha256)];
  return {
    sql: `(${sent.sql}) OR wanted.import_id IN (SELECT log.import_id FROM import_logs AS log
      WHERE log.state = 'read' AND (${read.sql}))`,
    values: sent.values,
  };
}

/**
 * Returns imports, newest first, and their total number; with `sha256`, only those of logs with these digests. Throws
 * `BadCursor`.
 */
export async function importList(
  store: Reader,
  { limit, cursor, sha256 }: Page & { readonly sha256?: readonly string[] | undefined },
): Promise<ImportList> {
  // Imports come and go between two pages, so a page begins after the last one shown.
  const [before] = cursor === undefined ? [2 ** 31 - 1] : decodeCursor(cursor, olderThan);
  const wanted = sha256 === undefined ? everything : withDigests(sha256);
  const [[counts], found] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM imports AS wanted WHERE ${wanted.sql}`, wanted.values),
    imports(store, {
      sql: `ledger.import_id IN (SELECT wanted.import_id FROM imports AS wanted
        WHERE wanted.import_id < $before AND (${wanted.sql}) ORDER BY wanted.import_id DESC LIMIT ${limit + 1})`,
      values: { ...wanted.values, before },
    }),
  ]);
  const shown = firstWithin(found.slice(0, limit), mostAnswered);
  return {
    total: count.parse(counts?.total),
    imports: shown,
    nextCursor: found.length > shown.length ? encodeCursor([Number(shown.at(-1)?.id)]) : null,
  };
}

/** Null when there is no such import. */
export async function importById(store: Reader, id: string): Promise<Import | null> {
  const importId = importNumber(id);
  const [found] =
    importId === null ? [] : await imports(store, { sql: 'ledger.import_id = $importId', values: { importId } });
  return found ?? null;
}

/** Returns the names of these imports, by their ids; imports that do not exist are left out. */
export async function importNames(store: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids.map(importNumber))].filter((number) => number !== null);
  if (asked.length === 0) return new Map();
  const rows = await store.rows(`SELECT import_id AS id, name FROM imports WHERE import_id IN (${asked.join(', ')})`);
  return new Map(rows.map((row) => ImportName.parse(row)).map(({ id: importId, name }) => [importId, name]));
}
const ImportName = Import.pick({ id: true, name: true });

/** Returns the number of an import by its id in the API; null when no import can have that id. */
export function importNumber(id: string): number | null {
  return /^\d{1,9}$/.test(id) ? Number(id) : null;
}

/**
 * Returns the imports that `asked`, a condition on rows of `imports` as `ledger`, selects. Only their events are
 * counted.
 */
async function imports(store: Reader, { sql: asked, values }: Predicate): Promise<Import[]> {
  const selected = `SELECT ledger.import_id FROM imports AS ledger WHERE ${asked}`;
  const [rows, rejects, formats] = await Promise.all([
    // Duplicates depend on the imports that are there now, so they are counted and not kept.
    store.rows(
      `SELECT ${ledger.sql} FROM imports AS ledger LEFT JOIN (
        SELECT logged_events.import_id, count(*) AS stored, count(duplicates.event_id) AS duplicate
        FROM logged_events LEFT JOIN duplicates ON duplicates.event_id = logged_events.event_id
        WHERE logged_events.import_id IN (${selected}) GROUP BY logged_events.import_id
      ) AS events ON events.import_id = ledger.import_id LEFT JOIN (
        SELECT import_id, ${logSums} FROM import_logs WHERE import_id IN (${selected}) GROUP BY import_id
      ) AS logs ON logs.import_id = ledger.import_id LEFT JOIN (
        SELECT import_id, sum(rejects) AS total FROM reject_counts GROUP BY import_id
      ) AS rejected ON rejected.import_id = ledger.import_id LEFT JOIN (
        SELECT import_id, count(*) AS kept FROM rejects GROUP BY import_id
      ) AS kept ON kept.import_id = ledger.import_id WHERE ${asked} ORDER BY ledger.import_id DESC`,
      values,
    ),
    store.rows(
      `SELECT import_id, ${rejectColumns} FROM (
        SELECT *, row_number() OVER (PARTITION BY import_id ORDER BY ${rejectOrder}) AS ordinal FROM rejects
          WHERE import_id IN (${selected})
      ) LEFT JOIN import_logs USING (import_id, log) WHERE ordinal <= ${rejectsShown} ORDER BY import_id, ordinal`,
      values,
    ),
    store.rows(
      `SELECT import_id, format, sum(lines) AS lines FROM log_formats
        WHERE import_id IN (${selected}) GROUP BY import_id, format ORDER BY import_id, min(log), format`,
      values,
    ),
  ]);
  const [rejectsOf, formatsOf] = [byImport(rejects), byImport(formats)];
  return rows.map((row) => {
    const lines = (formatsOf.get(Number(row.id)) ?? []).map((found) => FormatLines.parse(found));
    return ledger.read({
      ...row,
      formats: Object.fromEntries(lines.map((found) => [found.format, found.lines])),
      rejects: rejectsOf.get(Number(row.id)) ?? [],
    });
  });
}
const FormatLines = z.object({ format: z.string(), lines: count });

function byImport(rows: readonly SqlRow[]): ReadonlyMap<number, readonly SqlRow[]> {
  const found = new Map<number, SqlRow[]>();
  for (const row of rows) {
    const list = found.get(Number(row.import_id));
    if (list) list.push(row);
    else found.set(Number(row.import_id), [row]);
  }
  return found;
}

const logSums = `count(*) FILTER (WHERE passed_over IS DISTINCT FROM 'directory') AS total,
  ${logStates.map((state) => `count(*) FILTER (WHERE state = '${state}' AND passed_over IS DISTINCT FROM 'directory') AS ${state}`).join(', ')},
  ${['lines_total', 'lines_blank', 'lines_rejected', 'events_unknown', 'events_repaired'].map((column) => `sum(${column}) AS ${column}`).join(', ')}`;

const rejectColumns = "path, line, code, message, coalesce(excerpt, '') AS excerpt";
const rejectOrder = 'log, line, code, message, excerpt';

const ledger = columns(Import, 'ledger', {
  id: 'ledger.import_id',
  'events.accepted': 'coalesce(events.stored - events.duplicate, 0)',
  'events.duplicate': 'coalesce(events.duplicate, 0)',
  'events.unknown': 'coalesce(logs.events_unknown, 0)',
  'events.repaired': 'coalesce(logs.events_repaired, 0)',
  sha256: "nullif(ledger.sha256, '')",
  ...Object.fromEntries(
    ['total', 'blank', 'rejected'].map((which) => [`lines.${which}`, `coalesce(logs.lines_${which}, 0)`]),
  ),
  'logs.total': 'coalesce(logs.total, 0)',
  'logs.read': 'coalesce(logs.read, 0)',
  'logs.alreadyIn': 'coalesce(logs.already_in, 0)',
  'logs.replaced': 'coalesce(logs.replaced, 0)',
  'logs.passedOver': 'coalesce(logs.passed_over, 0)',
  'rejected.total': 'coalesce(rejected.total, 0)',
  'rejected.kept': 'coalesce(kept.kept, 0)',
  // They are read by statements of their own.
  rejects: 'NULL',
  formats: 'NULL',
});

export const RejectList = z
  .object({
    rejects: z.array(Reject),
    total: count.describe('Total rejects.'),
    kept: count.describe('How many are kept and listed: the first ones.'),
    nextCursor: NextCursor,
  })
  .meta({ id: 'RejectList' });
export type RejectList = z.output<typeof RejectList>;

/**
 * Returns the rejects of an import, in the order of its lines. Null when there is no such import; throws `BadCursor`.
 */
export async function rejectList(
  store: Reader,
  id: string,
  page: Page,
  mostBytes = mostAnswered,
): Promise<RejectList | null> {
  const importId = importNumber(id);
  if (importId === null) return null;
  // An import's rejects never change, so the place in their order is a cursor.
  const from = offsetOf(page);
  const [[found], rows] = await Promise.all([
    store.rows(
      `SELECT (SELECT coalesce(sum(rejects), 0) FROM reject_counts WHERE import_id = $importId) AS total,
        (SELECT count(*) FROM rejects WHERE import_id = $importId) AS kept
      FROM imports WHERE import_id = $importId`,
      { importId },
    ),
    store.rows(
      `SELECT ${rejectColumns} FROM rejects LEFT JOIN import_logs USING (import_id, log) WHERE import_id = $importId
      ORDER BY ${rejectOrder} LIMIT ${page.limit + 1} OFFSET ${from}`,
      { importId },
    ),
  ]);
  if (!found) return null;
  const rejects = firstWithin(
    rows.slice(0, page.limit).map((row) => Reject.parse(row)),
    mostBytes,
  );
  return {
    ...RejectList.pick({ total: true, kept: true }).parse(found),
    rejects,
    nextCursor: nextOffset({ from, limit: rejects.length, found: rows.length }),
  };
}

/** The selection of logs of an import. */
export const LogSelection = z.object({
  state: z.enum(logStates).optional().meta({ description: 'Only logs of this state.' }),
});

/**
 * Returns the logs within an import, in their order, and their number, without the folders of an archive. Null when
 * there is no such import; throws `BadCursor`.
 */
export async function logList(
  store: Reader,
  id: string,
  { state, ...page }: Page & z.output<typeof LogSelection>,
  mostBytes = mostAnswered,
): Promise<LogList | null> {
  const importId = importNumber(id);
  if (importId === null) return null;
  const from = offsetOf(page);
  const values = { importId, ...(state === undefined ? {} : { state }) };
  const selected = `import_logs AS log WHERE log.import_id = $importId AND log.passed_over IS DISTINCT
    FROM 'directory'${state === undefined ? '' : ' AND log.state = $state'}`;
  const [[found], [totals], rows] = await Promise.all([
    store.rows('SELECT import_id FROM imports WHERE import_id = $importId', { importId }),
    store.rows(`SELECT count(*) AS total FROM ${selected}`, values),
    store.rows(`SELECT ${log.sql} FROM ${selected} ORDER BY log.log LIMIT ${page.limit + 1} OFFSET ${from}`, values),
  ]);
  if (!found) return null;
  const logs = firstWithin(
    rows.slice(0, page.limit).map((row) => log.read(row)),
    mostBytes,
  );
  return {
    logs,
    total: count.parse(totals?.total),
    nextCursor: nextOffset({ from, limit: logs.length, found: rows.length }),
  };
}
const log = columns(ImportLog, 'log', { otherImportId: 'log.other_import_id' });
