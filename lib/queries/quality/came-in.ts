import { z } from 'zod';
import type { Reader } from '../../store/store.ts';
import { nextOffset, offsetOf } from '../cursor.ts';
import { count, id, textOrNull } from '../fields.ts';
import { NextCursor, type Page } from '../shapes.ts';
import { inScope, type Scope } from './scope.ts';

/*
 * What came in, as the ledgers of imports have it: every occurrence of an event is in these figures, repeated ones too.
 */
export const Lines = z.object({
  imports: count, total: count, blank: count, rejected: count,
  formats: z.array(z.object({ format: z.string(), lines: count })).describe('Lines, or records of several lines, by the format they were read as.'),
}).meta({ id: 'LinesByFormat' });
export type Lines = z.output<typeof Lines>;

const Ledger = z.array(z.object({ formats: z.string(), total: count, blank: count, rejected: count }));
const FormatLines = z.record(z.string(), count);

export async function lines(store: Reader, scope: Scope): Promise<Lines> {
  const { sql, values } = inScope(scope, 'ledger');
  const imports = Ledger.parse(await store.rows(`SELECT formats, lines_total AS total, lines_blank AS blank, lines_rejected AS rejected FROM imports AS ledger WHERE ${sql}`, values));
  const formats = new Map<string, number>();
  for (const ledger of imports) for (const [format, read] of Object.entries(FormatLines.parse(JSON.parse(ledger.formats)))) formats.set(format, (formats.get(format) ?? 0) + read);
  const sum = (of: 'total' | 'blank' | 'rejected'): number => imports.reduce((all, ledger) => all + ledger[of], 0);
  return {
    imports: imports.length, total: sum('total'), blank: sum('blank'), rejected: sum('rejected'),
    formats: [...formats].map(([format, read]) => ({ format, lines: read })).sort((a, b) => b.lines - a.lines),
  };
}

/** Of the lines of each import: those read as one format, the blank ones, or all. */
export const LineSelection = z.object({ readAs: z.string().optional() });
/** Lines of one import: `lines` are the selected ones, `of` all that it has. */
export interface LineRow { readonly importId: string; readonly name: string; readonly lines: number; readonly of: number }
/** Stands among the formats for lines without anything on them. */
const blankLines = 'blank';

const NamedLedger = z.array(z.object({ id, name: z.string(), formats: z.string(), total: count, blank: count }));

/** The imports that have such lines, each with how many, the oldest first; and how many there are in all. Throws `BadCursor`. */
export async function lineRows(store: Reader, scope: Scope, { readAs, limit, cursor }: Page & z.output<typeof LineSelection>): Promise<{ total: number; imports: LineRow[]; nextCursor: string | null }> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'ledger');
  const ledgers = NamedLedger.parse(await store.rows(`SELECT ledger.import_id AS id, ledger.name, ledger.formats, ledger.lines_total AS total, ledger.lines_blank AS blank
    FROM imports AS ledger WHERE ${sql} ORDER BY ledger.import_id`, values));
  const rows = ledgers.map(({ id: importId, name, formats, total, blank }): LineRow => ({
    importId, name, of: total, lines: readAs === undefined ? total : readAs === blankLines ? blank : new Map(Object.entries(FormatLines.parse(JSON.parse(formats)))).get(readAs) ?? 0,
  })).filter(({ lines: read }) => read > 0);
  return {
    total: rows.reduce((sum, { lines: read }) => sum + read, 0), imports: rows.slice(from, from + limit),
    nextCursor: nextOffset({ from, limit, found: rows.length - from }),
  };
}

export const EventsByType = z.array(z.object({
  type: z.string(),
  known: z.boolean().describe('False for a type that Dendro does not know.'),
  events: count,
  repaired: count.describe('Of them, those that lost a field of a wrong type or out of range.'),
  formats: z.array(z.object({ format: z.string(), events: count })),
})).describe('Repeated events included.').meta({ id: 'EventsByType' });
export type EventsByType = z.output<typeof EventsByType>;
export interface TypeList { readonly total: number; readonly types: EventsByType; readonly nextCursor: string | null }

const Counts = z.array(z.object({ type: z.string(), kind: z.string(), format: z.string(), events: count, repaired: count }));

/** Events by type, the commonest first, and how many types there are. Throws `BadCursor`. */
export async function eventsByType(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<TypeList> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'counts');
  const [[totals], found] = await Promise.all([
    store.rows(`SELECT count(DISTINCT counts.type) AS total FROM import_counts AS counts WHERE ${sql}`, values),
    store.rows(`SELECT counts.type, counts.kind, counts.format, sum(counts.events) AS events, sum(counts.repaired) AS repaired FROM import_counts AS counts SEMI JOIN (
      SELECT counts.type FROM import_counts AS counts WHERE ${sql} GROUP BY counts.type ORDER BY sum(counts.events) DESC, counts.type LIMIT ${limit + 1} OFFSET ${from}
    ) AS shown ON shown.type = counts.type WHERE ${sql} GROUP BY counts.type, counts.kind, counts.format ORDER BY events DESC, counts.type, counts.format`, values),
  ]);
  const rows = Counts.parse(found);
  const types = new Map<string, EventsByType[number]>();
  for (const { type, kind, format, events, repaired } of rows) {
    const found = types.get(type) ?? { type, known: kind !== 'unknown', events: 0, repaired: 0, formats: [] };
    types.set(type, { ...found, events: found.events + events, repaired: found.repaired + repaired, formats: [...found.formats, { format, events }] });
  }
  const sorted = [...types.values()].sort((a, b) => b.events - a.events || (a.type < b.type ? -1 : 1));
  return { total: count.parse(totals?.total), types: sorted.slice(0, limit), nextCursor: nextOffset({ from, limit, found: sorted.length }) };
}

export const PassedOver = z.object({
  total: count,
  entries: z.array(z.object({ importId: id, path: textOrNull, reason: z.string() })),
  nextCursor: NextCursor,
}).meta({ id: 'PassedOver' });
export type PassedOver = z.output<typeof PassedOver>;

/** Entries of archives that were not read, in the order of the archives. Directories hold nothing to read. Throws `BadCursor`. */
export async function passedOver(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<PassedOver> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'part');
  const passed = `import_parts AS part WHERE part.passed_over <> 'directory' AND (${sql})`;
  const [[totals], rows] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM ${passed}`, values),
    store.rows(`SELECT part.import_id AS "importId", part.path, part.passed_over AS reason FROM ${passed} ORDER BY part.import_id, part.part LIMIT ${limit + 1} OFFSET ${from}`, values),
  ]);
  return PassedOver.parse({ ...totals, entries: rows.slice(0, limit), nextCursor: nextOffset({ from, limit, found: rows.length }) });
}

export const ByImport = z.object({
  total: count,
  imports: z.array(z.object({ id, name: z.string(), lines: count, rejectedLines: count, events: count, unknown: count, repaired: count, repeated: count }))
    .describe('Those with the most that is rejected, unknown or repaired first; the newest first among equals.'),
  nextCursor: NextCursor,
}).meta({ id: 'ByImport' });
export type ByImport = z.output<typeof ByImport>;

/** Throws `BadCursor`. */
export async function byImport(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<ByImport> {
  const from = offsetOf({ cursor });
  const [ledger, record] = [inScope(scope, 'ledger'), inScope(scope, 'record')];
  const [[totals], rows] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM imports AS ledger WHERE ${ledger.sql}`, ledger.values),
    store.rows(`SELECT ledger.import_id AS id, ledger.name, ledger.lines_total AS lines, ledger.lines_rejected AS "rejectedLines",
        coalesce(counts.events, 0) AS events, ledger.events_unknown AS unknown, ledger.events_repaired AS repaired, coalesce(repeats.repeated, 0) AS repeated
      FROM imports AS ledger
      LEFT JOIN (SELECT import_id, sum(events) AS events FROM import_counts GROUP BY import_id) AS counts ON counts.import_id = ledger.import_id
      LEFT JOIN (SELECT record.import_id, count(*) AS repeated FROM logged_events AS record SEMI JOIN duplicates USING (event_id) WHERE ${record.sql} GROUP BY record.import_id) AS repeats
        ON repeats.import_id = ledger.import_id
      WHERE ${ledger.sql} ORDER BY ledger.lines_rejected + ledger.events_unknown + ledger.events_repaired DESC, ledger.import_id DESC LIMIT ${limit + 1} OFFSET ${from}`, ledger.values),
  ]);
  return ByImport.parse({ ...totals, imports: rows.slice(0, limit), nextCursor: nextOffset({ from, limit, found: rows.length }) });
}
