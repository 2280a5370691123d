import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readConfiguration } from '../configuration.ts';
import { createImporter } from '../ingest/create.ts';
import type { ImportOutcome } from '../ingest/importer.ts';
import { ReaderPool } from '../ingest/reader-pool.ts';
import { summary } from '../queries/summary.ts';
import type { Dendro } from '../running.ts';
import { openStore } from '../store/duckdb/open.ts';

export type TestLog = string | Uint8Array<ArrayBuffer>;
export interface TestDendro extends Dendro, AsyncDisposable {
  take(log: TestLog, name?: string): Promise<ImportOutcome>;
}

/**
 * Starting a thread that reads logs takes longer than reading most logs of tests: the Dendros of a process share their
 * reader threads, which end with it.
 */
const readers = new ReaderPool();

/**
 * Opens a Dendro of a test's own with these logs, the first one first. Its folder is removed when it is disposed of.
 */
export const openDendro = (...logs: readonly TestLog[]): Promise<TestDendro> => openDendroWith({}, ...logs);

/** Opens the same with these settings, as the environment has them. */
export async function openDendroWith(
  settings: Readonly<Record<string, string>>,
  ...logs: readonly TestLog[]
): Promise<TestDendro> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  const read = readConfiguration({ ...settings, DENDRO_DATA: folder });
  if (!read.ok) throw new Error(read.message);
  const store = await openStore(read.value);
  const importer = await createImporter({ store, configuration: read.value, pool: readers });
  const take = (log: TestLog, name = 'test.jsonl'): Promise<ImportOutcome> =>
    importer.import({
      name,
      bytes: new Blob([log]).stream(),
      totalBytes: null,
      clientKey: null,
      signal: new AbortController().signal,
    });
  for (const log of logs) await take(log);
  return {
    store,
    importer,
    configuration: read.value,
    take,
    async [Symbol.asyncDispose]() {
      await importer.close();
      // The database is removed with its folder: its journal need not be moved into it.
      await store.write((transaction) => transaction.run('PRAGMA disable_checkpoint_on_shutdown'));
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Returns everything that a user could compare: the figures, the forest and the turns. */
export async function stateOf({ store }: TestDendro): Promise<unknown> {
  const threads = await store.rows('SELECT * EXCLUDE (thread, tree) FROM threads ORDER BY thread_id');
  const turns = await store.rows(
    'SELECT * EXCLUDE (event_id, import_id, thread) FROM turns ORDER BY thread_id, turn_id',
  );
  return { summary: await summary(store, {}), threads, turns };
}
/** Returns the same of a Dendro with these logs and nothing else. */
export async function stateWith(...logs: readonly TestLog[]): Promise<unknown> {
  await using dendro = await openDendro(...logs);
  return await stateOf(dendro);
}

/**
 * Lets `begin` read all its imports before the store takes any of them, so that all wait for the store at the same
 * time.
 */
export async function atOnce<T>(
  { store, importer }: TestDendro,
  begin: () => readonly Promise<T>[],
  whileWaiting = (): void => undefined,
): Promise<readonly T[]> {
  const held = Promise.withResolvers<void>();
  const holding = store.write(() => held.promise);
  const outcomes = Promise.all(begin());
  do await new Promise(setImmediate);
  while (importer.running().some(({ phase }) => phase === 'reading'));
  whileWaiting();
  held.resolve();
  await holding;
  return outcomes;
}

/** The log of the real Codex 0.169.0 that comes with Dendro. */
export const sampleLog = await readFile(
  path.join(import.meta.dirname, '../../public/samples/codex-0.169.0.jsonl'),
  'utf8',
);
