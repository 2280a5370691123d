import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { StoreTrouble } from '../trouble.ts';
import { workingDefinition } from './definition.ts';
import { PreparedStatements } from './prepared.ts';

export type UnavailableCode =
  | 'folder_not_writable'
  | 'database_held'
  | 'database_unusable'
  | 'layout_newer'
  | 'layout_unknown'
  | 'older_in_the_way'
  | 'journal_left';
/** The store cannot be opened; `message` tells the user why, and what to do. */
export class StoreUnavailable extends Error {
  readonly code: UnavailableCode;
  constructor(code: UnavailableCode, message: string) {
    super(message);
    this.code = code;
  }
}

export const databaseName = 'dendro.duckdb';
/** Concurrent reads: a page asks for its figures side by side, on two or more cores. */
const readers = 4;
/**
 * For one statement. With several threads, waiting ones spin: loading a log took half as much processor time again, and
 * pages, whose statements run side by side anyway, took longer.
 */
const threadsOfStatement = 1;
export const temporaryBytes = 20e9;
export const temporaryLimit = '20GB';
/**
 * The prefix of the folder for spilled data. Each process has its own, because the engine does not remove the files of
 * a killed process.
 */
const temporaryFolder = 'engine-temporary';

/** `databaseMemory` is in bytes: beyond it the engine spills to its temporary folder where it can. */
export interface StoreSettings {
  readonly dataFolder: string;
  readonly databaseMemory: number;
}

async function openInstance(
  { dataFolder: folder, databaseMemory }: StoreSettings,
  disabledPasses: string,
): Promise<DuckDBInstance> {
  try {
    await mkdir(folder, { recursive: true });
    const probe = path.join(folder, `.writable-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new StoreUnavailable(
      'folder_not_writable',
      `The data folder ${folder} cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'}): set DENDRO_DATA to another folder.`,
    );
  }
  const temporary = `${temporaryFolder}-${randomUUID()}`;
  try {
    const instance = await DuckDBInstance.create(path.join(folder, databaseName), {
      memory_limit: `${Math.floor(databaseMemory / 2 ** 20)}MiB`,
      temp_directory: path.join(folder, temporary),
      max_temp_directory_size: temporaryLimit,
      threads: String(threadsOfStatement),
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'false',
      checkpoint_threshold: '256MB',
      disabled_optimizers: disabledPasses,
    });
    // Only now is it certain that no other process uses them.
    const left = (await readdir(folder)).filter((name) => name.startsWith(temporaryFolder) && name !== temporary);
    await Promise.all(left.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
    return instance;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/conflicting lock|set lock/i.test(reason))
      throw new StoreUnavailable(
        'database_held',
        `The database in ${folder} is held by another process. Stop it, or set DENDRO_DATA to another folder.`,
      );
    throw new StoreUnavailable(
      'database_unusable',
      `The database in ${folder} cannot be opened, and may be damaged: put a copy of the folder back, or set DENDRO_DATA to another folder and import the logs again. The engine says: ${reason.split('\n')[0] ?? reason}`,
    );
  }
}

/** The engine's database while it is open, with its connections. It may be closed while in use: later calls reject. */
export class Instance {
  readonly writer: DuckDBConnection;
  /** The writer's. */
  readonly statements: PreparedStatements;
  readonly #instance: DuckDBInstance;
  readonly #readers: readonly DuckDBConnection[];
  readonly #idle: DuckDBConnection[];
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];
  readonly #own = new Set<DuckDBConnection>();
  #calls = 0;
  #closing: Promise<void> | null = null;
  #onNone: () => void = () => undefined;

  private constructor(instance: DuckDBInstance, writer: DuckDBConnection, connections: readonly DuckDBConnection[]) {
    this.#instance = instance;
    this.writer = writer;
    this.statements = new PreparedStatements(writer);
    this.#readers = connections;
    this.#idle = [...connections];
  }

  static async open(settings: StoreSettings, disabledPasses: string): Promise<Instance> {
    const instance = await openInstance(settings, disabledPasses);
    const connections = await Promise.all(Array.from({ length: readers + 1 }, () => instance.connect()));
    const [writer, ...others] = connections;
    if (!writer) throw new Error('There is no connection.');
    for (const statement of workingDefinition()) await writer.run(statement);
    return new Instance(instance, writer, others);
  }

  get closed(): boolean {
    return this.#closing !== null;
  }

  /** Runs `work`, which waits only for the engine and files: the database is not closed before it ends. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing)
      throw new StoreTrouble(
        'engine_failed',
        'The database engine failed and was restarted. Try again. Nothing was changed.',
      );
    this.#calls++;
    try {
      return await work();
    } finally {
      this.#calls--;
      if (this.#calls === 0) this.#onNone();
    }
  }

  /** Runs `work` as one transaction of the writer: its changes are undone when it rejects. */
  async writing<T>(work: () => Promise<T>): Promise<T> {
    await this.call(() => this.writer.run('BEGIN'));
    try {
      const result = await work();
      await this.call(() => this.writer.run('COMMIT'));
      return result;
    } catch (error) {
      await this.call(() => this.writer.run('ROLLBACK')).catch(() => undefined);
      throw error;
    }
  }

  async reading<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection =
      this.#idle.pop() ?? (await new Promise<DuckDBConnection>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(connection);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(connection);
      else this.#idle.push(connection);
    }
  }

  /**
   * Opens a separate connection, to be given to `disconnect`: a reader of batches may be slow, and must not hold up the
   * others.
   */
  async connect(): Promise<DuckDBConnection> {
    const connection = await this.#instance.connect();
    this.#own.add(connection);
    return connection;
  }

  disconnect(connection: DuckDBConnection): void {
    if (this.#own.delete(connection)) connection.closeSync();
  }

  /** Resolves when nothing holds the database any more. */
  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    if (this.#calls > 0)
      await new Promise<void>((resolve) => {
        this.#onNone = resolve;
      });
    this.statements.forget();
    for (const connection of [...this.#readers, ...this.#own, this.writer]) connection.closeSync();
    this.#own.clear();
    this.#instance.closeSync();
  }
}
