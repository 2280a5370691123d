import { version } from '@duckdb/node-api';
import type { Store, Transaction } from '../store.ts';
import { definition, schemaVersion } from './definition.ts';
import { damaged, Engine } from './engine.ts';
import { StoreUnavailable, type Instance, type StoreSettings } from './instance.ts';
import { readerOf } from './reader.ts';
import { createTransaction } from './transaction.ts';

export { StoreUnavailable, type StoreSettings } from './instance.ts';

/** Makes what a new store has, and checks that another version of Dendro did not make it. */
async function define(instance: Instance, folder: string): Promise<void> {
  const { writer } = instance;
  await writer.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER)');
  const [found] = await readerOf(writer, instance).rows('SELECT max(version) AS version FROM schema_version');
  if (typeof found?.version !== 'number') await writer.run(`INSERT INTO schema_version VALUES (${schemaVersion})`);
  else if (found.version !== schemaVersion) {
    throw new StoreUnavailable(`The database in ${folder} has layout ${found.version} and this Dendro wants ${schemaVersion}: set DENDRO_DATA to another folder and import the logs again.`);
  }
  for (const statement of definition()) await writer.run(statement);
}

async function transact<T>(instance: Instance, work: (transaction: Transaction) => Promise<T>, signal?: AbortSignal): Promise<T> {
  signal?.throwIfAborted();
  const { writer } = instance;
  await instance.call(() => writer.run('BEGIN'));
  try {
    const stop = (): void => writer.interrupt();
    signal?.addEventListener('abort', stop);
    try {
      const result = await work(createTransaction(instance, signal));
      signal?.throwIfAborted();
      await instance.call(() => writer.run('COMMIT'));
      return result;
    } finally {
      // Before the rollback, which nothing may stop.
      signal?.removeEventListener('abort', stop);
    }
  } catch (error) {
    await instance.call(() => writer.run('ROLLBACK')).catch(() => undefined);
    throw error;
  }
}

/**
 * Opens the database in `folder`, which is made when it is missing. Rejects with `StoreUnavailable` when the folder cannot be written, another
 * process holds the database, or another version of Dendro made it.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const engine = await Engine.open(settings);
  try {
    await engine.run((instance) => define(instance, settings.dataFolder), { repeatable: true });
  } catch (error) {
    await engine.close();
    throw error;
  }
  let lastWrite: Promise<unknown> = Promise.resolve();
  return {
    engine: `DuckDB ${version()}`,
    trouble: () => engine.trouble,
    damaged(what) {
      engine.damage ??= damaged(what, settings);
    },
    rows: (sql, values) => engine.run((instance) => instance.call(() => instance.reading((connection) => readerOf(connection, null).rows(sql, values))), { repeatable: true }),
    async *batches(sql, values) {
      const { instance, connection, first, rest } = await engine.run(async (opened) => {
        const own = await opened.call(() => opened.connect());
        const found = readerOf(own, opened).batches(sql, values)[Symbol.asyncIterator]();
        return { instance: opened, connection: own, first: await found.next(), rest: found };
      }, { repeatable: true });
      try {
        for (let next = first; !next.done; next = await engine.run(() => rest.next(), { repeatable: false })) yield next.value;
      } finally {
        instance.disconnect(connection);
      }
    },
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
