import type { Store, Transaction } from '../store/store.ts';
import { diskFull, saysDiskFull } from '../store/trouble.ts';
import type { AcknowledgedImports } from './acknowledged.ts';
import type { Changes } from './changes.ts';
import { figuresOf } from './ask-about.ts';
import { deleteImports } from './delete-imports.ts';
import type { Patience } from './patience.ts';
import { StoreTurns } from './store-turns.ts';

/** The import itself is stored: only its later loss would not be noticed. */
const notWritten = (error: unknown): void => {
  process.stderr.write(
    `The record of acknowledged imports could not be written: ${error instanceof Error ? error.message : String(error)}\n`,
  );
};

/** `folder` holds the store and the record. */
interface Parts {
  readonly store: Store;
  readonly acknowledged: AcknowledgedImports;
  readonly patience: Patience;
  readonly changes: Changes;
  readonly folder: string;
}

/** Changes the facts, keeps the record of acknowledged imports in step with them, and tells listeners of changes. */
export class RecordedChanges {
  readonly #store: Store;
  readonly #acknowledged: AcknowledgedImports;
  readonly #patience: Patience;
  readonly #changes: Changes;
  readonly #folder: string;
  /** Stores batches of logs. */
  readonly turns: StoreTurns;

  constructor({ store, acknowledged, patience, changes, folder }: Parts) {
    this.#store = store;
    this.#acknowledged = acknowledged;
    this.#patience = patience;
    this.#changes = changes;
    this.#folder = folder;
    this.turns = new StoreTurns(store, {
      changing: (importIds) => acknowledged.change(importIds),
      stored: (importIds) => this.acknowledge(importIds),
    });
  }

  /** Changes the facts when it is this work's turn. */
  async inTurn<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const waits = this.#patience.waitFor('store');
    try {
      return await this.#store.write((transaction) => {
        waits();
        return work(transaction);
      });
    } finally {
      waits();
    }
  }

  /** Tells listeners that these imports changed, and records their new figures as acknowledged. */
  async acknowledge(importIds: readonly number[]): Promise<void> {
    this.#changes.add();
    await this.#acknowledged.add(await figuresOf(this.#store, importIds)).catch(notWritten);
  }

  /** Deletes imports, all of them or none; returns the numbers without an import. */
  async delete(importIds: readonly number[]): Promise<readonly number[]> {
    let announced = false;
    try {
      const { missing, changed } = await this.inTurn(async (transaction) => {
        const deleted = await deleteImports(transaction, importIds);
        announced = deleted.missing.length === 0;
        if (announced) await this.#acknowledged.delete(importIds);
        if (deleted.changed.length > 0) await this.#acknowledged.change(deleted.changed);
        return deleted;
      });
      await this.acknowledge(changed);
      return missing;
    } catch (error) {
      if (announced) await this.#acknowledged.keep(importIds).catch(notWritten);
      throw saysDiskFull(error) ? await diskFull(this.#folder) : error;
    }
  }
}
