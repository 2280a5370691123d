import type { SqlRow, Store, Transaction } from '../store/store.ts';
import { derive } from './derive.ts';
import { KeptAnswers } from './kept-answers.ts';
import { StillMoments } from './still-moments.ts';

/** Facts that have not changed for so long are no longer coming in: the logs of a folder follow one another faster. */
const quietMs = 250;

/** What is done once figures are settled, until `signal` is aborted. */
type Preparation = (signal: AbortSignal) => Promise<void>;
/** Stops what is done in a quiet moment, for which no one waits. */
interface Unasked { readonly rebuild: AbortController; readonly preparation: AbortController }

/**
 * Keeps the derived tables in step with the facts, late: a change of facts only marks them stale, and the next reader rebuilds them, or the first quiet
 * moment. So two thousand small logs, sent one after another, cost a few rebuilds instead of two thousand, and a reader still never sees figures of other
 * facts than those that are in. That they are stale is kept in the store, so that a process that was killed leaves nothing wrong behind.
 */
export class Figures {
  /** The store as pages see it: every read is of facts and derived tables that belong together. Its `write` does not know of figures. */
  readonly store: Store;
  readonly #facts: Store;
  readonly #folder: string;
  /** Counts changes of facts, each just before it is committed. */
  #changes: number;
  /** The changes that the derived tables know of. */
  #derived = 0;
  readonly #answers = new KeptAnswers();
  readonly #moments = new StillMoments();
  /** Changes under way, or waiting for their turn. */
  #changing = 0;
  /** Called after a change in a quiet moment; null when nothing is to be done then. */
  #prepare: Preparation | null = null;
  #untilQuiet: NodeJS.Timeout | undefined;
  #unasked: Unasked | null = null;

  private constructor(facts: Store, folder: string, stale: boolean) {
    this.#facts = facts;
    this.#folder = folder;
    this.#changes = stale ? 1 : 0;
    this.store = { ...facts, rows: (...statement) => this.#rows(...statement), batches: (...statement) => this.#batches(...statement) };
  }

  /** `folder` takes a file for the time of a rebuild. */
  static async of(facts: Store, folder: string): Promise<Figures> {
    return new Figures(facts, folder, (await facts.rows('SELECT stale FROM figures_state')).length > 0);
  }

  /** The same store for what no figure is needed for: it does not wait for any. */
  get facts(): Store {
    return this.#facts;
  }

  /** Runs `work`, which changes facts, as one transaction. It may hold the store for `long`: then figures that are stale by now are settled first. */
  async change<T>(work: (transaction: Transaction) => Promise<T>, { long }: { readonly long: boolean }): Promise<T> {
    this.#changing++;
    // A long one has them settled first, so that a rebuild under way goes on.
    this.#disturb({ rebuild: !long || this.#derived === this.#changes });
    const settled = long ? this.#rebuild() : Promise.resolve();
    const changed = this.#facts.write(async (transaction) => {
      const result = await work(transaction);
      if ((await transaction.rows('SELECT stale FROM figures_state')).length === 0) await transaction.append('figures_state', [[true]]);
      await this.#moments.close();
      this.#changes++;
      return result;
    }).finally(() => this.#moments.open());
    try {
      const [result] = await Promise.all([changed, settled]);
      return result;
    } finally {
      this.#changing--;
      this.#awaitQuiet();
    }
  }

  /**
   * Runs `work`, all of whose reads are of one state of the facts: a change that comes meanwhile is committed behind it. What is read in batches must have given
   * its first one when `work` ends.
   */
  async still<T>(work: () => Promise<T>): Promise<T> {
    do {
      await this.#moments.opened;
      await this.#refresh();
    } while (this.#moments.opened !== null || this.#derived < this.#changes);
    return this.#moments.during(work);
  }

  /**
   * From now on, rebuilds what is stale in quiet moments too, so that no reader has to wait for it, and then calls `prepare`. A change that comes meanwhile does not wait: it stops
   * both and aborts the signal. One that holds the store for long lets a rebuild go on, and `prepare` waits for the quiet after it.
   */
  settleWhenQuiet(prepare: Preparation = () => Promise.resolve()): { readonly stop: () => void } {
    this.#prepare = prepare;
    this.#awaitQuiet();
    return {
      stop: () => {
        this.#prepare = null;
        this.#disturb({ rebuild: true });
      },
    };
  }

  #awaitQuiet(): void {
    const prepare = this.#prepare;
    clearTimeout(this.#untilQuiet);
    if (prepare !== null && this.#changing === 0) this.#untilQuiet = setTimeout(() => void this.#settleUnasked(prepare), quietMs);
  }

  #disturb({ rebuild }: { readonly rebuild: boolean }): void {
    clearTimeout(this.#untilQuiet);
    this.#unasked?.preparation.abort();
    if (rebuild) this.#unasked?.rebuild.abort();
  }

  /** One at a time: every change stops the preparation of the one before, and a rebuild that it lets go on is done before the change is, because the store takes one write at a time. */
  async #settleUnasked(prepare: Preparation): Promise<void> {
    const { rebuild, preparation } = this.#unasked = { rebuild: new AbortController(), preparation: new AbortController() };
    try {
      await this.#rebuild(rebuild.signal);
      preparation.signal.throwIfAborted();
      await prepare(preparation.signal);
    } catch {
      // It gave way to a change, after which it is tried again. Any other failure of the rebuild meets whoever asks for figures, and without a preparation they only wait longer.
    }
  }

  async #refresh(): Promise<void> {
    while (this.#derived < this.#changes) await this.#rebuild();
  }

  /** Figures of a damaged store would be wrong without a sign of it. */
  #refuseDamaged(): void {
    const trouble = this.#facts.trouble();
    if (trouble?.code === 'database_damaged') throw trouble;
  }

  /** Rebuilds what is stale when the store's turn comes to it: of several that wait, the first one does the work. */
  async #rebuild(signal?: AbortSignal): Promise<void> {
    this.#derived = await this.#facts.write(async (transaction) => {
      const changes = this.#changes;
      if (this.#derived < changes) {
        await derive(transaction, this.#folder);
        await transaction.run('DELETE FROM figures_state');
      }
      return changes;
    }, signal, { repeatable: true });
  }

  /** A statement that ran while facts changed may have seen new facts beside old figures, and runs again. One that ran since the last change does not. */
  async #rows(...statement: Parameters<Store['rows']>): ReturnType<Store['rows']> {
    for (;;) {
      await this.#refresh();
      this.#refuseDamaged();
      const changes = this.#changes;
      const kept = this.#answers.find(statement, changes);
      if (kept) return kept;
      const rows = await this.#facts.rows(...statement);
      if (changes !== this.#changes) continue;
      this.#answers.keep(statement, { changes, rows });
      return rows;
    }
  }

  async *#batches(...statement: Parameters<Store['batches']>): AsyncGenerator<readonly SqlRow[]> {
    await this.#refresh();
    this.#refuseDamaged();
    yield* this.#facts.batches(...statement);
  }
}
