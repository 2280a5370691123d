import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, version, type DuckDBConnection } from '@duckdb/node-api';
import type { Store, Transaction } from '../store.ts';
import { definition, schemaVersion } from './definition.ts';
import { readerOf } from './reader.ts';
import { createTransaction } from './transaction.ts';

/** The store cannot be opened; `message` is one sentence for the user. */
export class StoreUnavailable extends Error {}

/** Concurrent reads: a page asks for its figures side by side, on two or more cores. */
const readers = 4;
/**
 * For one statement. With several, the one that waits for the others turns in a circle meanwhile: loading a log took half as much processor time again, and
 * pages, whose statements run side by side anyway, took longer.
 */
const threadsOfStatement = 1;
/**
 * A pass of the optimizer that is left out. It makes the values of a column smaller where statistics say that they are few or short, and in DuckDB 1.5.5 some plans do not find their
 * columns any more after it ("Failed to bind column reference"): whether a statement could be planned depended on what was stored. The engine's tracker has reports of this error in
 * other plans, and none of this one. Figures of 400,000 events take no longer without the pass.
 */
const disabledPasses = 'compressed_materialization';
const temporaryLimit = '20GB';
/** What the name of the folder for what is spilled begins with. Each process has one of its own, because the engine does not remove what a process left that was killed. */
const temporaryFolder = 'engine-temporary';

/** `databaseMemory` is in bytes: beyond it the engine spills to its temporary folder what it can. */
export interface StoreSettings { readonly dataFolder: string; readonly databaseMemory: number }

async function openInstance({ dataFolder: folder, databaseMemory }: StoreSettings): Promise<DuckDBInstance> {
  try {
    await mkdir(folder, { recursive: true });
    const probe = path.join(folder, `.writable-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new StoreUnavailable(`The data folder ${folder} cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'}): set DENDRO_DATA to another one.`);
  }
  const temporary = `${temporaryFolder}-${randomUUID()}`;
  try {
    const instance = await DuckDBInstance.create(path.join(folder, 'dendro.duckdb'), {
      memory_limit: `${Math.floor(databaseMemory / 2 ** 20)}MiB`, temp_directory: path.join(folder, temporary), max_temp_directory_size: temporaryLimit,
      threads: String(threadsOfStatement), autoinstall_known_extensions: 'false', autoload_known_extensions: 'false',
      preserve_insertion_order: 'false', checkpoint_threshold: '256MB', disabled_optimizers: disabledPasses,
    });
    // Only now is it certain that no other process uses them.
    const left = (await readdir(folder)).filter((name) => name.startsWith(temporaryFolder) && name !== temporary);
    await Promise.all(left.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
    return instance;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/conflicting lock|set lock/i.test(reason)) throw new StoreUnavailable(`The database in ${folder} is held by another process: stop that one, or set DENDRO_DATA to another folder.`);
    throw new StoreUnavailable(`The database in ${folder} cannot be opened: ${reason.split('\n')[0] ?? reason}`);
  }
}

/**
 * Opens the database in `folder`, which is made when it is missing. Rejects with `StoreUnavailable` when the folder cannot be written, another
 * process holds the database, or another version of Dendro made it.
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const folder = settings.dataFolder;
  const instance = await openInstance(settings);
  const writer = await instance.connect();
  await writer.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER)');
  const [found] = await readerOf(writer).rows('SELECT max(version) AS version FROM schema_version');
  if (typeof found?.version !== 'number') await writer.run(`INSERT INTO schema_version VALUES (${schemaVersion})`);
  else if (found.version !== schemaVersion) {
    writer.closeSync();
    instance.closeSync();
    throw new StoreUnavailable(`The database in ${folder} has layout ${found.version} and this Dendro wants ${schemaVersion}: set DENDRO_DATA to another folder and import the logs again.`);
  }
  for (const statement of definition()) await writer.run(statement);

  const idle: DuckDBConnection[] = [];
  for (let count = 0; count < readers; count++) idle.push(await instance.connect());
  const waiting: ((connection: DuckDBConnection) => void)[] = [];
  const borrow = (): Promise<DuckDBConnection> => {
    const connection = idle.pop();
    return connection ? Promise.resolve(connection) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (connection: DuckDBConnection): void => {
    const next = waiting.shift();
    if (next) next(connection);
    else idle.push(connection);
  };

  let lastWrite: Promise<unknown> = Promise.resolve();
  const transact = async <T>(work: (transaction: Transaction) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    signal?.throwIfAborted();
    await writer.run('BEGIN');
    try {
      const stop = (): void => writer.interrupt();
      signal?.addEventListener('abort', stop);
      try {
        const result = await work(createTransaction(writer, signal));
        signal?.throwIfAborted();
        await writer.run('COMMIT');
        return result;
      } finally {
        // Before the rollback, which nothing may stop.
        signal?.removeEventListener('abort', stop);
      }
    } catch (error) {
      await writer.run('ROLLBACK').catch(() => undefined);
      throw error;
    }
  };

  return {
    engine: `DuckDB ${version()}`,
    async rows(sql, values) {
      const connection = await borrow();
      try {
        return await readerOf(connection).rows(sql, values);
      } finally {
        giveBack(connection);
      }
    },
    async *batches(sql, values) {
      // A connection of its own: whoever takes the batches may be slow, and must not hold up the other readers.
      const connection = await instance.connect();
      try {
        yield* readerOf(connection).batches(sql, values);
      } finally {
        connection.closeSync();
      }
    },
    write(work, signal) {
      const run = lastWrite.then(() => transact(work, signal));
      lastWrite = run.catch(() => undefined);
      return run;
    },
    async close() {
      await lastWrite;
      for (const connection of [...idle, writer]) connection.closeSync();
      instance.closeSync();
    },
  };
}
