import { z } from 'zod';
import type { Store } from '../store/store.ts';
import { keysOf, tables } from '../store/tables.ts';
import { AcknowledgedImports, type AcknowledgedImport } from './acknowledged.ts';

const Counted = z.array(z.object({ import_id: z.int(), sha256: z.string().nullable(), said: z.int(), found: z.int() }));
/** One row for each import in any record: its contents by the ledger, and those that are stored. */
const storedCounts = `
  SELECT import_id, any_value(sha256) AS sha256, coalesce(sum(said), 0) AS said, coalesce(sum(found), 0) AS found FROM (
    SELECT import_id, sha256, NULL AS said, NULL AS found FROM imports
    UNION ALL SELECT import_id, NULL, sum(events), NULL FROM import_counts GROUP BY import_id
    UNION ALL SELECT import_id, NULL, NULL, count(*) FROM logged_events GROUP BY import_id
  ) GROUP BY import_id ORDER BY import_id`;

const mostNamed = 5;
function named(ids: readonly number[]): string {
  const first = ids.slice(0, mostNamed).join(', ');
  return `${ids.length === 1 ? 'import' : 'imports'} ${first}${ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : ''}`;
}
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Returns the differences from what was acknowledged, in sentences; empty when all is well. */
function differences(rows: z.output<typeof Counted>, acknowledged: readonly AcknowledgedImport[]): string[] {
  const there = new Map(rows.map((row) => [row.import_id, row]));
  const isLost = ({ import: id, content }: AcknowledgedImport): boolean => {
    const row = there.get(id);
    return content === null ? row?.sha256 === undefined || row.sha256 === null : row?.sha256 !== content.sha256;
  };
  const lost = acknowledged.filter(isLost);
  const events = new Map(
    acknowledged.flatMap(({ import: id, content }) => (content ? [[id, content.events] as const] : [])),
  );
  const partly = rows
    .filter(
      ({ import_id: id, sha256, said, found }) =>
        sha256 === null || said !== found || (events.get(id) ?? said) !== said,
    )
    .filter(({ import_id: id }) => !lost.some((each) => each.import === id));
  return [
    ...(lost.length === 0
      ? []
      : [
          `It lost ${named(lost.map((each) => each.import))}, with ${sum(lost.map(({ content }) => content?.events ?? 0))} stored events.`,
        ]),
    ...(partly.length === 0
      ? []
      : [
          `It has only ${sum(partly.map(({ found }) => found))} of ${sum(partly.map(({ import_id: id, said }) => events.get(id) ?? said))} stored events of ${named(partly.map((row) => row.import_id))}.`,
        ]),
  ];
}

/**
 * Checks, when Dendro starts, that the store has everything that was acknowledged, and marks it as damaged if not.
 * Returns the record of acknowledged imports to continue, and `read`, which resolves when every table has been read
 * once or `signal` is aborted: this finds damage that no count shows.
 */
export async function checkStored(
  store: Store,
  folder: string,
  signal: AbortSignal,
): Promise<{ readonly acknowledged: AcknowledgedImports; readonly read: Promise<void> }> {
  const known = await AcknowledgedImports.read(folder);
  const rows = Counted.parse(await store.rows(storedCounts));
  const wrong = differences(rows, known);
  if (wrong.length > 0) store.damaged(wrong.join(' '));
  // An older Dendro, or a process that was killed, may have left imports that the record lacks.
  const acknowledged = await AcknowledgedImports.open(
    folder,
    wrong.length > 0
      ? null
      : rows.map(({ import_id: id, sha256, said }) => ({ import: id, sha256: sha256 ?? '', events: said })),
  );
  return { acknowledged, read: readAll(store, signal) };
}

/** Reads every table: the engine reports damaged blocks when it reads them, and the store notes that. */
async function readAll(store: Store, signal: AbortSignal): Promise<void> {
  for (const table of keysOf(tables)) {
    if (signal.aborted || store.trouble()?.code === 'database_damaged') return;
    try {
      await store.rows(`SELECT count(COLUMNS(*)) FROM ${table}`);
    } catch (error) {
      process.stderr.write(
        `The table ${table} cannot be read: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }
}
