import { z } from 'zod';
import { allOf } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { nextOffset, offsetOf } from '../cursor.ts';
import { count, id, textOrNull } from '../fields.ts';
import { NextCursor, Reject, type Page } from '../shapes.ts';
import { inScope, type Scope } from './scope.ts';

export const RejectsByCode = z
  .array(
    z.object({
      code: z.string(),
      rejects: count,
      imports: count,
      example: z.string().describe('The message of one of them.'),
    }),
  )
  .meta({ id: 'RejectsByCode' });
export type RejectsByCode = z.output<typeof RejectsByCode>;

/** Returns rejects by code, the commonest first. A line of several events may be rejected more than once. */
export async function rejectsByCode(store: Reader, scope: Scope): Promise<RejectsByCode> {
  const { sql, values } = inScope(scope, 'reject');
  return RejectsByCode.parse(
    await store.rows(
      `SELECT reject.code, sum(reject.rejects) AS rejects, count(DISTINCT reject.import_id) AS imports,
        arg_min(reject.example, reject.import_id) AS example
    FROM reject_counts AS reject WHERE ${sql} GROUP BY reject.code ORDER BY rejects DESC, reject.code`,
      values,
    ),
  );
}

export const PlacedReject = Reject.extend({
  importId: id,
  path: textOrNull.describe('The archive entry that contains it.'),
});
export type PlacedReject = z.output<typeof PlacedReject>;
const RejectRows = z.object({
  total: count,
  kept: count.describe('How many are listed: the first of each import.'),
  lines: count.describe('Lines of the listed rejects.'),
  rejects: z.array(PlacedReject),
  nextCursor: NextCursor,
});

/**
 * Returns the rejects that are kept, in the order of imports and lines, only those of one code where `code` is given;
 * `total` is the number of all such rejects, `kept` of those that are kept, and `lines` of the lines that the kept ones
 * are on. Throws `BadCursor`.
 */
export async function rejectRows(
  store: Reader,
  scope: Scope,
  { code, limit, cursor }: Page & { readonly code?: string | undefined },
): Promise<z.output<typeof RejectRows>> {
  const from = offsetOf({ cursor });
  const { sql, values } = allOf([
    inScope(scope, 'reject'),
    code === undefined ? null : { sql: 'reject.code = $code', values: { code } },
  ]);
  const [all] = await store.rows(
    `SELECT coalesce(sum(reject.rejects), 0) AS total FROM reject_counts AS reject WHERE ${sql}`,
    values,
  );
  const [totals] = await store.rows(
    `SELECT coalesce(sum(rejects), 0) AS kept, count(*) AS lines FROM (
    SELECT count(*) AS rejects FROM rejects AS reject WHERE ${sql} GROUP BY reject.import_id, reject.log, reject.line)`,
    values,
  );
  const rows = await store.rows(
    `SELECT reject.import_id AS "importId", log.path, reject.line, reject.code, reject.message,
      coalesce(reject.excerpt, '') AS excerpt
    FROM rejects AS reject LEFT JOIN import_logs AS log ON log.import_id = reject.import_id AND log.log = reject.log
    WHERE ${sql} ORDER BY reject.import_id, reject.log, reject.line, reject.code, reject.message,
      excerpt LIMIT ${limit + 1} OFFSET ${from}`,
    values,
  );
  return RejectRows.parse({
    ...all,
    ...totals,
    rejects: rows.slice(0, limit),
    nextCursor: nextOffset({ from, limit, found: rows.length }),
  });
}
