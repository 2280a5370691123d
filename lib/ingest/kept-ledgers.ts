import { z } from 'zod';
import type { AttachedDatabase } from '../store/duckdb/older.ts';
import type { Transaction } from '../store/store.ts';
import { storeLogs, unreadRows, type PlacedLog } from './log-ledgers.ts';
import type { LogEntry, RejectCount } from './log-reading.ts';
import { mostRejectsKept } from './read-log.ts';

/** One log of an import, as the older database has it. */
export const KeptPart = z.object({
  part: z.int(),
  path: z.string().nullable(),
  passed_over: z.string().nullable(),
  bytes: z.int(),
  lines_total: z.int(),
  lines_blank: z.int(),
  lines_rejected: z.int(),
});
export type KeptPart = z.output<typeof KeptPart>;

const KeptLedger = z.object({
  sha256: z.string(),
  bytes: z.int(),
  formats: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.int())),
});
const Rejected = z.array(z.object({ code: z.string(), rejects: z.int(), example: z.string() }));
const RejectedIn = z.array(z.object({ part: z.int(), code: z.string(), rejects: z.int(), example: z.string() }));

/**
 * Returns the rejects, by log. Rejects that are only counted are known by import, not by log: they go to the last log
 * with a kept reject of that kind, or to `otherwise`.
 */
async function rejectsByLog(
  transaction: Transaction,
  older: AttachedDatabase,
  importId: number,
  otherwise: number,
): Promise<ReadonlyMap<number, readonly RejectCount[]>> {
  const asked = { import: importId };
  const all = Rejected.parse(
    await transaction.rows(
      `SELECT code, rejects, example FROM (${older.rejectCounts}) WHERE import_id = $import ORDER BY code`,
      asked,
    ),
  );
  const kept = RejectedIn.parse(
    await transaction.rows(
      `
    SELECT part, code, count(*) AS rejects, arg_min(message, line) AS example
      FROM ${older.table('rejects')} WHERE import_id = $import GROUP BY part, code ORDER BY part, code`,
      asked,
    ),
  );
  const found = new Map<number, RejectCount[]>();
  const add = (part: number, rejects: RejectCount): void => {
    const list = found.get(part);
    if (list) list.push(rejects);
    else found.set(part, [rejects]);
  };
  for (const { part, ...rejects } of kept) add(part, rejects);
  for (const { code, rejects, example } of all) {
    const ofCode = kept.filter((each) => each.code === code);
    const rest = rejects - ofCode.reduce((sum, each) => sum + each.rejects, 0);
    if (rest <= 0) continue;
    const last = ofCode.at(-1)?.part ?? otherwise;
    const known = found.get(last)?.find((each) => each.code === code);
    if (known) known.rejects += rest;
    else add(last, { code, rejects: rest, example });
  }
  return found;
}

/**
 * Copies the import's ledgers from the older database. A file that was sent as it is has the digest of the sent bytes.
 * Digests of compressed logs and of logs in an archive are not known. For an archive, lines by format are only known in
 * total: they go to its first log. Rejects are kept up to the usual limit.
 */
export async function storeKeptLedgers(
  transaction: Transaction,
  older: AttachedDatabase,
  {
    importId,
    firstEventId,
    parts,
    logs,
  }: {
    readonly importId: number;
    readonly firstEventId: number;
    readonly parts: readonly KeptPart[];
    readonly logs: readonly LogEntry[];
  },
): Promise<readonly PlacedLog[]> {
  const asked = { import: importId };
  const [row] = await transaction.rows(
    `SELECT sha256, bytes, formats FROM ${older.table('imports')} WHERE import_id = $import`,
    asked,
  );
  const { sha256, bytes, formats } = KeptLedger.parse(row);
  const first = Math.max(
    0,
    logs.findIndex(({ kind }) => kind === 'read'),
  );
  const rejects = await rejectsByLog(transaction, older, importId, first);
  const [only] = parts;
  const digest = parts.length === 1 && only?.path === null && only.bytes === bytes ? sha256 : '';
  const placed = logs.flatMap((log, number): readonly PlacedLog[] => {
    const part = parts[number];
    if (log.kind !== 'read' || !part) return [];
    const lines = { total: part.lines_total, blank: part.lines_blank, rejected: part.lines_rejected };
    return [
      {
        importId,
        number,
        firstEventId: firstEventId + log.firstEvent,
        firstBlock: log.firstBlock,
        log: {
          ...log,
          sha256: digest,
          lines,
          formats: new Map(number === first ? Object.entries(formats) : []),
          rejects: rejects.get(number) ?? [],
        },
      },
    ];
  });
  await transaction.run(
    `INSERT INTO imports (import_id, name, state, sha256, bytes, started_at, finished_at)
    SELECT import_id, name, 'complete', sha256, bytes, started_at, finished_at
      FROM ${older.table('imports')} WHERE import_id = $import`,
    asked,
  );
  await transaction.run(
    `INSERT INTO rejects (import_id, log, line, code, message, excerpt)
    SELECT import_id, part, line, code, message, excerpt FROM ${older.table('rejects')} WHERE import_id = $import
      ORDER BY part, line LIMIT ${mostRejectsKept}`,
    asked,
  );
  await storeLogs(transaction, placed, unreadRows(importId, 0, logs));
  await transaction.run("UPDATE import_logs SET sha256 = NULL WHERE import_id = $import AND sha256 = ''", asked);
  return placed;
}
