import { z } from 'zod';
import { readConfiguration } from '../lib/configuration.ts';
import { readOlder } from '../lib/ingest/older.ts';
import { rebuildFigures } from '../lib/ingest/settle-logs.ts';
import { openStore, StoreUnavailable } from '../lib/store/duckdb/open.ts';
import { StoreTrouble } from '../lib/store/trouble.ts';

const Made = z.tuple([z.object({ threads: z.int(), trees: z.int() })]);
const pluralize = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/**
 * Makes all figures of the data folder again, in one transaction. Rejects with `StoreUnavailable` while a Dendro holds
 * the folder.
 */
async function rebuildAll(): Promise<void> {
  const read = readConfiguration(process.env);
  if (!read.ok) throw new Error(read.message);
  const store = await openStore(read.value);
  try {
    await readOlder(store, read.value.dataFolder);
    const start = performance.now();
    await store.write(rebuildFigures, undefined, { repeatable: true });
    const [made] = Made.parse(
      await store.rows('SELECT count(*) AS threads, count(DISTINCT tree) AS trees FROM threads'),
    );
    process.stdout.write(
      `Made the figures of ${pluralize(made.threads, 'thread')} in ${pluralize(made.trees, 'tree')} anew, in ${((performance.now() - start) / 1000).toFixed(1)} s.\n`,
    );
  } finally {
    await store.close();
  }
}

await rebuildAll().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof StoreUnavailable || error instanceof StoreTrouble;
  process.stderr.write(known ? `${message} [${error.code}]\n` : `The figures were not made anew: ${message}\n`);
  process.exitCode = 1;
});
