import { diskFull, freeBytes, saysDiskFull, StoreTrouble } from '../trouble.ts';
import { Instance, StoreUnavailable, temporaryBytes, temporaryLimit, type StoreSettings } from './instance.ts';

/**
 * Passes of the optimizer that are left out: more of them each time that the engine fails on a statement.
 *
 * The first two are always left out. One trusts the statistics of tables: a statement that was prepared before rows
 * were added misses rows after it. The other makes the values of a column smaller where statistics say that they are
 * few or short, and in DuckDB 1.5.5 some plans do not find their columns after it ("Failed to bind column reference"):
 * the stored data decided if a statement could be planned. The engine's tracker has reports of this error in other
 * plans, and none of this one. Figures of 400,000 events take no longer without these two, nor without all passes; but
 * larger statements may take more memory.
 */
const leftOut = [
  ['statistics_propagation', 'compressed_materialization'],
  // Passes that such reports name, or that depend on statistics.
  [
    'column_lifetime',
    'top_n_window_elimination',
    'window_self_join',
    'late_materialization',
    'join_elimination',
    'common_subplan',
    'common_subexpressions',
    'common_aggregate',
    'duplicate_groups',
    'empty_result_pullup',
    'cte_filter_pusher',
    'row_group_pruner',
    'join_filter_pushdown',
    'sum_rewriter',
  ],
  // All others.
  [
    'expression_rewriter',
    'filter_pullup',
    'filter_pushdown',
    'regex_range',
    'in_clause',
    'join_order',
    'deliminator',
    'unnest_rewriter',
    'unused_columns',
    'limit_pushdown',
    'top_n',
    'build_side_probe_side',
    'reorder_filter',
    'sampling_pushdown',
    'extension',
    'materialized_cte',
    'cte_inlining',
  ],
];
const lastLevel = leftOut.length - 1;
const passesLeftOut = (level: number): string =>
  leftOut
    .slice(0, level + 1)
    .flat()
    .join(',');

const firstLine = (text: string): string => text.split('\n')[0] ?? text;
const units: Readonly<Record<string, number>> = { bytes: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };
/** Returns the limit of temporary files, in bytes, that kept the engine from spilling; null for another failure. */
function limitMet(message: string): number | null {
  const [, amount, unit] = /failed to offload.*\/([\d.]+) (\w+) used\)/.exec(message) ?? [];
  return amount === undefined || unit === undefined ? null : Number(amount) * (units[unit] ?? 1);
}

/** The result of a failure: the trouble to report, and if a retry may work now. */
interface Mended {
  readonly trouble: StoreTrouble;
  readonly again: boolean;
}
/** The engine as a piece of work finds it. */
interface Found {
  readonly instance: Instance;
  readonly level: number;
}

/**
 * Keeps the engine usable after a failure: makes it plan more carefully, opens it again when it has given up, and makes
 * it check again how much room there is for temporary files. Repairs only what a restart also repairs, so a restart
 * always helps.
 */
export class Engine {
  readonly #settings: StoreSettings;
  #instance: Instance | null;
  #opening: Promise<Instance> | null = null;
  #level = 0;
  #ended = false;
  /** The damage of the stored data; stays for good. */
  damage: StoreTrouble | null = null;

  private constructor(settings: StoreSettings, instance: Instance) {
    this.#settings = settings;
    this.#instance = instance;
  }

  static async open(settings: StoreSettings): Promise<Engine> {
    return new Engine(settings, await Instance.open(settings, passesLeftOut(0)));
  }

  /** The trouble that readers of figures should know; null when all is well. */
  get trouble(): StoreTrouble | null {
    if (this.damage) return this.damage;
    return this.#level === 0
      ? null
      : new StoreTrouble(
          'engine_failed',
          'The database engine failed on a statement, and Dendro works around it: figures are whole, and may take longer until the next start. The server’s output says which failure it was.',
        );
  }

  /**
   * Runs `work`; again after a mended failure, if it is `repeatable`. Rejects with `StoreTrouble` for failures of the
   * engine or of the disk.
   */
  async run<T>(work: (instance: Instance) => Promise<T>, { repeatable }: { readonly repeatable: boolean }): Promise<T> {
    for (;;) {
      const found = { instance: await this.#opened(), level: this.#level };
      try {
        return await work(found.instance);
      } catch (error) {
        const mended = error instanceof Error ? await this.#mend(error, found) : null;
        if (!mended) throw error;
        if (!mended.again || !repeatable) throw mended.trouble;
      }
    }
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#opening?.catch(() => undefined);
    await this.#instance?.close();
  }

  async #opened(): Promise<Instance> {
    if (this.#instance && !this.#instance.closed) return this.#instance;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #open(): Promise<Instance> {
    if (this.#ended) throw new Error('The store is closed.');
    await this.#instance?.close();
    try {
      return (this.#instance = await Instance.open(this.#settings, passesLeftOut(this.#level)));
    } catch (error) {
      if (saysDiskFull(error)) throw await diskFull(this.#settings.dataFolder);
      throw error instanceof StoreUnavailable ? new StoreTrouble('engine_failed', error.message) : error;
    }
  }

  async #mend(error: Error, found: Found): Promise<Mended | null> {
    const { message } = error;
    // Another failure closed the database of this call meanwhile.
    if (error instanceof StoreTrouble)
      return { trouble: error, again: error.code === 'engine_failed' && found.instance.closed && !this.#ended };
    if (saysDiskFull(error)) {
      if (message.startsWith('FATAL Error')) await found.instance.close();
      else await this.#lookForRoom(found);
      return { trouble: await diskFull(this.#settings.dataFolder), again: false };
    }
    if (message.startsWith('Out of Memory Error')) return this.#outOfMemory(message, found);
    if (/^(INTERNAL|FATAL) Error/.test(message)) return this.#planCarefully(message, found);
    if (/^IO Error.*(checksum|[Cc]orrupt)|^(Serialization|Corruption) Error/.test(message)) {
      this.damage ??= damaged(`The engine says: ${firstLine(message)}`, this.#settings);
      return { trouble: this.damage, again: false };
    }
    return null;
  }

  async #planCarefully(message: string, found: Found): Promise<Mended> {
    const trouble = new StoreTrouble(
      'engine_failed',
      `The database engine failed on a statement, also when it was tried another way. Nothing was changed. Start Dendro again, and report it: ${firstLine(message)}`,
    );
    if (found.level < this.#level || found.instance.closed) return { trouble, again: true };
    process.stderr.write(`The database engine failed, and is told to plan more simply: ${firstLine(message)}\n`);
    const again = this.#level < lastLevel;
    if (again) this.#level++;
    // It has given up this database; the next call opens it again.
    if (message.startsWith('FATAL Error')) await found.instance.close();
    else
      await found.instance.call(() =>
        found.instance.reading((connection) =>
          connection.run(`SET GLOBAL disabled_optimizers = '${passesLeftOut(this.#level)}'`),
        ),
      );
    return { trouble, again };
  }

  /**
   * Checks the limit of temporary files again: the engine sets it to the free space at its first spill and keeps it, so
   * that after a full disk hardly anything would fit for ever.
   */
  async #outOfMemory(message: string, found: Found): Promise<Mended> {
    const limit = limitMet(message);
    if (limit === null) return { trouble: outOfMemory(), again: false };
    await this.#lookForRoom(found);
    const free = await freeBytes(this.#settings.dataFolder);
    // The engine's own share of what is free is nine tenths.
    if (Math.min(free, temporaryBytes) * 0.9 > limit * 1.25) return { trouble: outOfMemory(), again: true };
    return {
      trouble: limit < temporaryBytes * 0.9 ? await diskFull(this.#settings.dataFolder) : outOfMemory(),
      again: false,
    };
  }

  async #lookForRoom({ instance }: Found): Promise<void> {
    await instance
      .call(() =>
        instance.reading((connection) => connection.run(`SET GLOBAL max_temp_directory_size = '${temporaryLimit}'`)),
      )
      .catch(() => undefined);
  }
}

const outOfMemory = (): StoreTrouble =>
  new StoreTrouble(
    'out_of_memory',
    'The database needs more memory than it may use: raise DENDRO_DATABASE_MEMORY_BYTES and restart Dendro.',
  );

/** Reports that the stored data is damaged, and what to do. `what` is whole sentences. */
export function damaged(what: string, { dataFolder }: Pick<StoreSettings, 'dataFolder'>): StoreTrouble {
  return new StoreTrouble(
    'database_damaged',
    `The database in ${dataFolder} is damaged. ${what} Put a copy of the folder back, or set DENDRO_DATA to another folder and import the logs again. Until then nothing is taken in, and figures are not shown.`,
  );
}
