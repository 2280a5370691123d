import { z } from 'zod';
import { anyOf, everything, type Predicate } from '../filters.ts';
import type { Reader, SqlRow } from '../store/store.ts';
import { columns } from './columns.ts';
import { decodeCursor, encodeCursor, nextOffset, offsetOf } from './cursor.ts';
import { count } from './fields.ts';
import { firstWithin, mostAnswered } from './page-bytes.ts';
import { Import, ImportPart, NextCursor, Reject, type Page } from './shapes.ts';

/** How many of its rejects an import tells; the rest are a list of their own. Their paths and excerpts are of bounded length since their log was read. */
const rejectsShown = 100;

export const ImportList = z.object({ imports: z.array(Import), total: count.describe('How many there are in all.'), nextCursor: NextCursor }).meta({ id: 'ImportList' });
export type ImportList = z.output<typeof ImportList>;

const olderThan = z.tuple([z.int().min(1)]);

/** Imports, newest first, and how many there are in all; with `sha256`, those of logs with these digests only. Throws `BadCursor`. */
export async function importList(store: Reader, { limit, cursor, sha256 }: Page & { readonly sha256?: readonly string[] | undefined }): Promise<ImportList> {
  // Imports come and go while one reads on, so a page begins behind the last one that was shown.
  const [before] = cursor === undefined ? [2 ** 31 - 1] : decodeCursor(cursor, olderThan);
  const wanted = sha256 === undefined ? everything : anyOf('wanted.sha256', 'sha256_', sha256);
  const [[counts], found] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM imports AS wanted WHERE ${wanted.sql}`, wanted.values),
    imports(store, {
      sql: `ledger.import_id IN (SELECT wanted.import_id FROM imports AS wanted WHERE wanted.import_id < $before AND (${wanted.sql}) ORDER BY wanted.import_id DESC LIMIT ${limit + 1})`,
      values: { ...wanted.values, before },
    }),
  ]);
  const shown = firstWithin(found.slice(0, limit), mostAnswered);
  return { total: count.parse(counts?.total), imports: shown, nextCursor: found.length > shown.length ? encodeCursor([Number(shown.at(-1)?.id)]) : null };
}

/** Null when there is no such import. */
export async function importById(store: Reader, id: string): Promise<Import | null> {
  const importId = importNumber(id);
  const [found] = importId === null ? [] : await imports(store, { sql: 'ledger.import_id = $importId', values: { importId } });
  return found ?? null;
}

/** The names of these imports, by their ids; those that there are not are left out. */
export async function importNames(store: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(ids.map(importNumber))].filter((number) => number !== null);
  if (asked.length === 0) return new Map();
  const rows = await store.rows(`SELECT import_id AS id, name FROM imports WHERE import_id IN (${asked.join(', ')})`);
  return new Map(rows.map((row) => ImportName.parse(row)).map(({ id: importId, name }) => [importId, name]));
}
const ImportName = Import.pick({ id: true, name: true });

/** The number of an import by its id in the API; null when no import can have that id. */
export function importNumber(id: string): number | null {
  return /^\d{1,9}$/.test(id) ? Number(id) : null;
}

/** `asked` is a condition on rows of `imports`, as `ledger`. Only events of the imports that it selects are counted. */
async function imports(store: Reader, { sql: asked, values }: Predicate): Promise<Import[]> {
  const selected = `SELECT ledger.import_id FROM imports AS ledger WHERE ${asked}`;
  const [rows, rejects] = await Promise.all([
    // What is a duplicate depends on the imports that are in now, so it is counted and not kept.
    store.rows(`SELECT ${ledger.sql} FROM imports AS ledger LEFT JOIN (
        SELECT logged_events.import_id, count(*) AS stored, count(duplicates.event_id) AS duplicate
        FROM logged_events LEFT JOIN duplicates ON duplicates.event_id = logged_events.event_id
        WHERE logged_events.import_id IN (${selected}) GROUP BY logged_events.import_id
      ) AS events ON events.import_id = ledger.import_id LEFT JOIN (
        SELECT import_id, count(*) AS total, count(passed_over) AS passed_over FROM import_parts GROUP BY import_id
      ) AS parts ON parts.import_id = ledger.import_id LEFT JOIN (
        SELECT import_id, sum(rejects) AS total FROM reject_counts GROUP BY import_id
      ) AS rejected ON rejected.import_id = ledger.import_id LEFT JOIN (
        SELECT import_id, count(*) AS kept FROM rejects GROUP BY import_id
      ) AS kept ON kept.import_id = ledger.import_id WHERE ${asked} ORDER BY ledger.import_id DESC`, values),
    store.rows(`SELECT import_id, ${rejectColumns} FROM (
        SELECT *, row_number() OVER (PARTITION BY import_id ORDER BY ${rejectOrder}) AS ordinal FROM rejects WHERE import_id IN (${selected})
      ) LEFT JOIN import_parts USING (import_id, part) WHERE ordinal <= ${rejectsShown} ORDER BY import_id, ordinal`, values),
  ]);
  const shown = new Map<unknown, SqlRow[]>();
  for (const reject of rejects) {
    const list = shown.get(reject.import_id);
    if (list) list.push(reject);
    else shown.set(reject.import_id, [reject]);
  }
  return rows.map((row) => {
    const formats: unknown = JSON.parse(z.string().parse(row.formats));
    return ledger.read({ ...row, formats, rejects: shown.get(row.id) ?? [] });
  });
}

const rejectColumns = "path, line, code, message, coalesce(excerpt, '') AS excerpt";
const rejectOrder = 'part, line, code, message, excerpt';

const ledger = columns(Import, 'ledger', {
  id: 'ledger.import_id', 'events.accepted': 'coalesce(events.stored - events.duplicate, 0)', 'events.duplicate': 'coalesce(events.duplicate, 0)',
  'parts.total': 'coalesce(parts.total, 0)', 'parts.passedOver': 'coalesce(parts.passed_over, 0)',
  'rejected.total': 'coalesce(rejected.total, 0)', 'rejected.kept': 'coalesce(kept.kept, 0)',
  // They are read by a statement of their own.
  rejects: 'NULL',
});

export const RejectList = z.object({
  rejects: z.array(Reject), total: count.describe('How many there were.'), kept: count.describe('How many of them, the first ones, are kept and listed.'), nextCursor: NextCursor,
}).meta({ id: 'RejectList' });
export type RejectList = z.output<typeof RejectList>;

/** What an import rejected, in the order of its lines. Null when there is no such import; throws `BadCursor`. */
export async function rejectList(store: Reader, id: string, page: Page, mostBytes = mostAnswered): Promise<RejectList | null> {
  const importId = importNumber(id);
  if (importId === null) return null;
  // An import's rejects never change, so the place in their order is a cursor.
  const from = offsetOf(page);
  const [[found], rows] = await Promise.all([
    store.rows(`SELECT (SELECT coalesce(sum(rejects), 0) FROM reject_counts WHERE import_id = $importId) AS total, (SELECT count(*) FROM rejects WHERE import_id = $importId) AS kept
      FROM imports WHERE import_id = $importId`, { importId }),
    store.rows(`SELECT ${rejectColumns} FROM rejects LEFT JOIN import_parts USING (import_id, part) WHERE import_id = $importId
      ORDER BY ${rejectOrder} LIMIT ${page.limit + 1} OFFSET ${from}`, { importId }),
  ]);
  if (!found) return null;
  const rejects = firstWithin(rows.slice(0, page.limit).map((row) => Reject.parse(row)), mostBytes);
  return { ...RejectList.pick({ total: true, kept: true }).parse(found), rejects, nextCursor: nextOffset({ from, limit: rejects.length, found: rows.length }) };
}

export const PartList = z.object({ parts: z.array(ImportPart), nextCursor: NextCursor }).meta({ id: 'PartList' });
export type PartList = z.output<typeof PartList>;

/** The logs within an import, in their order. Null when there is no such import; throws `BadCursor`. */
export async function partList(store: Reader, id: string, page: Page, mostBytes = mostAnswered): Promise<PartList | null> {
  const importId = importNumber(id);
  if (importId === null) return null;
  const from = offsetOf(page);
  const rows = await store.rows(`SELECT ${part.sql} FROM import_parts AS part WHERE part.import_id = $importId ORDER BY part.part LIMIT ${page.limit + 1} OFFSET ${from}`, { importId });
  if (rows.length === 0 && from === 0) return null;
  const parts = firstWithin(rows.slice(0, page.limit).map((row) => part.read(row)), mostBytes);
  return { parts, nextCursor: nextOffset({ from, limit: parts.length, found: rows.length }) };
}
const part = columns(ImportPart, 'part');
