import { z } from 'zod';
import type { Reader } from '../store/store.ts';
import { KnownLogs } from '../known-logs.ts';
import type { Answer, AskedLog } from './log-reading.ts';

const Known = z.object({ sha256: z.string(), import_id: z.int() });
const Current = z.object({
  path: z.string(),
  import_id: z.int(),
  log: z.int(),
  sha256: z.string(),
  bytes: z.int(),
  first_line: z.string().nullable(),
  prefixes: z.instanceof(Uint8Array).nullable(),
});

/** The most logs in one answer. A client sends the files that it does not find in it. */
const mostKnownLogs = 10_000;

/** Tells which logs are in, byte for byte, and which log now stands for each path. */
export async function askAbout(store: Reader, logs: readonly AskedLog[]): Promise<readonly Answer[]> {
  const digests = logs.flatMap(({ sha256 }) => sha256 ?? []);
  const paths = logs.flatMap(({ path }) => path ?? []);
  const known =
    digests.length === 0
      ? []
      : await store.rows(
          `SELECT sha256, max(import_id) AS import_id FROM import_logs
            WHERE state = 'read' AND sha256 IN (SELECT unnest($digests)) GROUP BY sha256`,
          { digests },
        );
  const current =
    paths.length === 0
      ? []
      : await store.rows(
          `SELECT path, import_id, log, sha256, bytes, first_line, prefixes FROM import_logs
    WHERE state = 'read' AND sha256 IS NOT NULL AND path IN (SELECT unnest($paths)) ORDER BY import_id, log`,
          { paths },
        );
  const importOf = new Map(known.map((row) => Known.parse(row)).map(({ sha256, import_id: id }) => [sha256, id]));
  // The latest one stands last.
  const currentOf = new Map(
    current
      .map((row) => Current.parse(row))
      .map(({ path, import_id: importId, log, sha256, bytes, first_line: firstLine, prefixes }) => [
        path,
        { importId, log, sha256, bytes, firstLine, prefixes },
      ]),
  );
  return logs.map(({ path, sha256 }) => ({
    knownIn: (sha256 === null ? null : importOf.get(sha256)) ?? null,
    current: (path === null ? null : currentOf.get(path)) ?? null,
  }));
}

/** Returns the logs in the store that have one of these sizes, in bytes. */
export async function knownLogs(store: Reader, sizes: readonly number[]): Promise<KnownLogs> {
  if (sizes.length === 0) return { logs: [] };
  const logs = await store.rows(
    `SELECT DISTINCT bytes, sha256 FROM import_logs
      WHERE state = 'read' AND sha256 <> '' AND bytes IN (SELECT unnest($sizes)) LIMIT $most`,
    { sizes, most: mostKnownLogs },
  );
  return KnownLogs.parse({ logs });
}

const Figures = z.array(z.object({ import: z.int(), sha256: z.string(), events: z.int() }));

/** Returns the figures of these imports; missing ones are left out. */
export async function figuresOf(store: Reader, importIds: readonly number[]): Promise<z.output<typeof Figures>> {
  if (importIds.length === 0) return [];
  return Figures.parse(
    await store.rows(
      `SELECT import_id AS import, any_value(sha256) AS sha256, coalesce(sum(events), 0) AS events FROM (
    SELECT import_id, sha256, NULL AS events FROM imports WHERE import_id IN (SELECT unnest($ids))
      UNION ALL SELECT import_id, NULL, events FROM import_logs WHERE import_id IN (SELECT unnest($ids))
  ) GROUP BY import_id HAVING count(sha256) > 0 ORDER BY import_id`,
      { ids: importIds },
    ),
  );
}
