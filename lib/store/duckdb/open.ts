import { version } from '@duckdb/node-api';
import type { Store, Transaction } from '../store.ts';
import { Answers } from './answers.ts';
import { definition, schemaVersion } from './definition.ts';
import { damaged, Engine } from './engine.ts';
import type { Instance, StoreSettings } from './instance.ts';
import { changeInPlace, layoutOf, refuseUnreadable, setAside } from './older.ts';
import { createTransaction } from './transaction.ts';

export { StoreUnavailable, type StoreSettings } from './instance.ts';

/** Creates the missing parts of a new store: all at once, because each transaction waits for the disk. */
const define = (instance: Instance): Promise<void> =>
  instance.writing(async () => {
    const { writer } = instance;
    await writer.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER)');
    await writer.run(
      `INSERT INTO schema_version SELECT ${schemaVersion} WHERE NOT EXISTS (SELECT 1 FROM schema_version)`,
    );
    for (const statement of definition()) await writer.run(statement);
    await writer.run('INSERT INTO next_ids SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM next_ids)');
  });

/** Opens the engine on a database of the present layout; sets one of an older layout aside first. */
async function openEngine(settings: StoreSettings): Promise<Engine> {
  const engine = await Engine.open(settings);
  let layout: number | null;
  try {
    layout = await engine.run(
      async (instance) => {
        const found = await layoutOf(instance);
        return found === null ? null : changeInPlace(instance, found);
      },
      { repeatable: true },
    );
    if (layout === null || layout === schemaVersion) {
      await engine.run(define, { repeatable: true });
      return engine;
    }
    refuseUnreadable(layout, settings.dataFolder);
    // With its journal in it, it is one file, which is renamed at once.
    await engine.run((instance) => instance.writer.run('CHECKPOINT'), { repeatable: true });
  } catch (error) {
    await engine.close();
    throw error;
  }
  await engine.close();
  await setAside(layout, settings.dataFolder);
  return openEngine(settings);
}

async function transact<T>(
  instance: Instance,
  work: (transaction: Transaction) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted();
  return instance.writing(async () => {
    const stop = (): void => instance.writer.interrupt();
    signal?.addEventListener('abort', stop);
    try {
      const result = await work(createTransaction(instance, signal));
      signal?.throwIfAborted();
      return result;
    } finally {
      // Neither the commit nor the rollback is stopped half way.
      signal?.removeEventListener('abort', stop);
    }
  });
}

/**
 * Opens the database in the data folder; creates the folder when it is missing. Sets the database of an older Dendro
 * aside: call `readOlder` (`lib/ingest/older.ts`) before anything is read. Rejects with `StoreUnavailable` when the
 * folder cannot be written, another process holds the database, or its layout cannot be read.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const engine = await openEngine(settings);
  const answers = new Answers(engine);
  let lastWrite: Promise<unknown> = Promise.resolve();
  return {
    engine: `DuckDB ${version()}`,
    trouble: () => engine.trouble,
    damaged(what) {
      engine.damage ??= damaged(what, settings);
    },
    rows: (...statement) => answers.rows(...statement),
    batches: (...statement) => answers.batches(...statement),
    answer: (work) => answers.answer(work),
    write(work, signal, { repeatable = false } = {}) {
      const run = lastWrite.then(() => {
        if (engine.damage) throw engine.damage;
        return engine.run((instance) => transact(instance, work, signal), { repeatable });
      });
      lastWrite = run.catch(() => undefined);
      return run;
    },
    async close() {
      await lastWrite;
      await engine.close();
    },
  };
}
