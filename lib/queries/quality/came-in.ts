import { z } from 'zod';
import type { Reader } from '../../store/store.ts';
import { nextOffset, offsetOf } from '../cursor.ts';
import { count, id, textOrNull } from '../fields.ts';
import { NextCursor, type Page } from '../shapes.ts';
import { inScope, type Scope } from './scope.ts';

/*
 * The imported data according to the ledgers of imports: these figures count every occurrence of an event, repeated
 * ones too.
 */
export const Lines = z
  .object({
    imports: count,
    total: count,
    blank: count,
    rejected: count,
    formats: z
      .array(z.object({ format: z.string(), lines: count }))
      .describe('Lines, or records of several lines, by the format they were read as.'),
  })
  .meta({ id: 'LinesByFormat' });
export type Lines = z.output<typeof Lines>;

const Ledger = z.object({ imports: count, total: count, blank: count, rejected: count });
const FormatLines = z.array(z.object({ format: z.string(), lines: count }));

export async function lines(store: Reader, scope: Scope): Promise<Lines> {
  const { sql, values } = inScope(scope, 'log');
  const [[ledger], formats] = await Promise.all([
    store.rows(
      `SELECT count(DISTINCT log.import_id) AS imports, coalesce(sum(log.lines_total), 0) AS total,
        coalesce(sum(log.lines_blank), 0) AS blank, coalesce(sum(log.lines_rejected), 0) AS rejected
      FROM import_logs AS log WHERE ${sql}`,
      values,
    ),
    store.rows(
      `SELECT log.format, sum(log.lines) AS lines FROM log_formats AS log WHERE ${sql} GROUP BY log.format
        ORDER BY lines DESC, log.format`,
      values,
    ),
  ]);
  return { ...Ledger.parse(ledger), formats: FormatLines.parse(formats) };
}

/** A selection of the lines of each import: those of one format, the blank ones, or all. */
export const LineSelection = z.object({ readAs: z.string().optional() });
/** Lines of one import: `lines` are the selected ones, `of` all its lines. */
export interface LineRow {
  readonly importId: string;
  readonly name: string;
  readonly lines: number;
  readonly of: number;
}
/** Stands among the formats for blank lines. */
const blankLines = 'blank';

const Totals = z.object({ imports: count, lines: count });
const LineRows = z.array(z.object({ importId: id, name: z.string(), lines: count, of: count }));

/**
 * Returns the imports that have such lines, each with the number of these lines, the oldest first; `total` is the
 * number of these lines in all imports. Throws `BadCursor`.
 */
export async function lineRows(
  store: Reader,
  scope: Scope,
  { readAs, limit, cursor }: Page & z.output<typeof LineSelection>,
): Promise<{ total: number; imports: LineRow[]; nextCursor: string | null }> {
  const from = offsetOf({ cursor });
  const { sql, values: scoped } = inScope(scope, 'log');
  const [selected, values] =
    readAs === undefined
      ? ['lines_total', scoped]
      : readAs === blankLines
        ? ['lines_blank', scoped]
        : [
            `coalesce((SELECT sum(read.lines) FROM log_formats AS read
              WHERE read.import_id = log.import_id AND read.log = log.log AND read.format = $readAs), 0)`,
            { ...scoped, readAs },
          ];
  const found = `(SELECT log.import_id, sum(${selected}) AS lines, sum(log.lines_total) AS total FROM import_logs AS log
    WHERE ${sql} GROUP BY log.import_id HAVING sum(${selected}) > 0)`;
  const [[totals], rows] = await Promise.all([
    store.rows(`SELECT count(*) AS imports, coalesce(sum(lines), 0) AS lines FROM ${found}`, values),
    store.rows(
      `SELECT found.import_id AS "importId", ledger.name, found.lines, found.total AS "of" FROM ${found} AS found
        JOIN imports AS ledger ON ledger.import_id = found.import_id
      ORDER BY found.import_id LIMIT ${limit + 1} OFFSET ${from}`,
      values,
    ),
  ]);
  return {
    total: Totals.parse(totals).lines,
    imports: LineRows.parse(rows.slice(0, limit)),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  };
}

export const EventsByType = z
  .array(
    z.object({
      type: z.string(),
      known: z.boolean().describe('False for a type that Dendro does not know.'),
      events: count,
      repaired: count.describe('How many of them lost a field with a wrong type or out of range.'),
      formats: z.array(z.object({ format: z.string(), events: count })),
    }),
  )
  .describe('Includes repeats.')
  .meta({ id: 'EventsByType' });
export type EventsByType = z.output<typeof EventsByType>;
export interface TypeList {
  readonly total: number;
  readonly types: EventsByType;
  readonly nextCursor: string | null;
}

const Counts = z.array(
  z.object({ type: z.string(), kind: z.string(), format: z.string(), events: count, repaired: count }),
);

/** Returns events by type, the commonest first, and the number of types. Throws `BadCursor`. */
export async function eventsByType(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<TypeList> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'counts');
  const [[totals], found] = await Promise.all([
    store.rows(`SELECT count(DISTINCT counts.type) AS total FROM import_counts AS counts WHERE ${sql}`, values),
    store.rows(
      `SELECT counts.type, counts.kind, counts.format, sum(counts.events) AS events, sum(counts.repaired) AS repaired
        FROM import_counts AS counts SEMI JOIN (
      SELECT counts.type FROM import_counts AS counts WHERE ${sql} GROUP BY counts.type
        ORDER BY sum(counts.events) DESC, counts.type LIMIT ${limit + 1} OFFSET ${from}
    ) AS shown ON shown.type = counts.type WHERE ${sql} GROUP BY counts.type, counts.kind, counts.format
      ORDER BY events DESC, counts.type, counts.format`,
      values,
    ),
  ]);
  const rows = Counts.parse(found);
  const types = new Map<string, EventsByType[number]>();
  for (const { type, kind, format, events, repaired } of rows) {
    const found = types.get(type) ?? { type, known: kind !== 'unknown', events: 0, repaired: 0, formats: [] };
    types.set(type, {
      ...found,
      events: found.events + events,
      repaired: found.repaired + repaired,
      formats: [...found.formats, { format, events }],
    });
  }
  const sorted = [...types.values()].sort((a, b) => b.events - a.events || (a.type < b.type ? -1 : 1));
  return {
    total: count.parse(totals?.total),
    types: sorted.slice(0, limit),
    nextCursor: nextOffset({ from, limit, found: sorted.length }),
  };
}

export const PassedOver = z
  .object({
    total: count,
    entries: z.array(z.object({ importId: id, path: textOrNull, reason: z.string() })),
    nextCursor: NextCursor,
  })
  .meta({ id: 'PassedOver' });
export type PassedOver = z.output<typeof PassedOver>;

/**
 * Returns entries of archives that were not read, in the order of the archives. Directories are left out: they hold
 * nothing to read. Throws `BadCursor`.
 */
export async function passedOver(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<PassedOver> {
  const from = offsetOf({ cursor });
  const { sql, values } = inScope(scope, 'log');
  const passed = `import_logs AS log WHERE log.passed_over <> 'directory' AND (${sql})`;
  const [[totals], rows] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM ${passed}`, values),
    store.rows(
      `SELECT log.import_id AS "importId", log.path, log.passed_over AS reason
        FROM ${passed} ORDER BY log.import_id, log.log LIMIT ${limit + 1} OFFSET ${from}`,
      values,
    ),
  ]);
  return PassedOver.parse({
    ...totals,
    entries: rows.slice(0, limit),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  });
}

export const ByImport = z
  .object({
    total: count,
    imports: z
      .array(
        z.object({
          id,
          name: z.string(),
          lines: count,
          rejectedLines: count,
          events: count,
          unknown: count,
          repaired: count,
          repeated: count,
        }),
      )
      .describe('Most rejected, unknown or repaired first; then newest first.'),
    nextCursor: NextCursor,
  })
  .meta({ id: 'ByImport' });
export type ByImport = z.output<typeof ByImport>;

/** Throws `BadCursor`. */
export async function byImport(store: Reader, scope: Scope, { limit, cursor }: Page): Promise<ByImport> {
  const from = offsetOf({ cursor });
  const [ledger, record] = [inScope(scope, 'ledger'), inScope(scope, 'record')];
  const [[totals], rows] = await Promise.all([
    store.rows(`SELECT count(*) AS total FROM imports AS ledger WHERE ${ledger.sql}`, ledger.values),
    store.rows(
      `SELECT ledger.import_id AS id, ledger.name, coalesce(logs.lines, 0) AS lines,
        coalesce(logs.rejected, 0) AS "rejectedLines",
        coalesce(logs.events, 0) AS events, coalesce(logs.unknown, 0) AS unknown,
        coalesce(logs.repaired, 0) AS repaired, coalesce(repeats.repeated, 0) AS repeated
      FROM imports AS ledger
      LEFT JOIN (SELECT import_id, sum(lines_total) AS lines, sum(lines_rejected) AS rejected, sum(events) AS events,
        sum(events_unknown) AS unknown, sum(events_repaired) AS repaired
        FROM import_logs GROUP BY import_id) AS logs ON logs.import_id = ledger.import_id
      LEFT JOIN (SELECT record.import_id, count(*) AS repeated FROM logged_events AS record
        SEMI JOIN duplicates USING (event_id) WHERE ${record.sql} GROUP BY record.import_id) AS repeats
        ON repeats.import_id = ledger.import_id
      WHERE ${ledger.sql} ORDER BY coalesce(logs.rejected + logs.unknown + logs.repaired, 0) DESC,
        ledger.import_id DESC LIMIT ${limit + 1} OFFSET ${from}`,
      ledger.values,
    ),
  ]);
  return ByImport.parse({
    ...totals,
    imports: rows.slice(0, limit),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  });
}
