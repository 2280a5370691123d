import type { Store, Transaction } from '../store/store.ts';
import { storeBatches, type BatchToStore, type StoredBatch } from './store-log.ts';

/**
 * The most whole batches, and the most events in all, that are stored together. When one of them fails, the others are
 * stored once more.
 */
const mostTogether = { batches: 64, events: 20_000 };

/** A batch that waits for the store. */
export interface WaitingBatch {
  readonly batch: BatchToStore;
  /** The number of its events, when all of its segments are at hand and can be read again; else null. */
  readonly events: number | null;
  /** Called when it is this batch's turn. */
  readonly onTurn: () => void;
  /** Throws when the batch is not wanted any more. Called first, and again right before it is durable. */
  readonly check: () => void;
}
/** Records imports: before they change, within the transaction that changes them, and when they are stored. */
export interface ImportRecord {
  readonly changing: (importIds: readonly number[]) => Promise<void>;
  readonly stored: (importIds: readonly number[]) => Promise<void>;
}

interface Waiting extends WaitingBatch, Pick<PromiseWithResolvers<StoredBatch>, 'resolve' | 'reject'> {}

/** Returns true if it is still wanted; rejects it if not. */
function isWanted({ check, reject }: Waiting): boolean {
  try {
    check();
    return true;
  } catch (error) {
    reject(error);
    return false;
  }
}

/**
 * Stores batches in the order in which they come. Small ones that wait at the same time are stored in one transaction:
 * figures are made once, and the disk is waited for once. Many small imports in one second then cost hardly more than
 * one.
 */
export class StoreTurns {
  readonly #store: Pick<Store, 'write'>;
  readonly #record: ImportRecord;
  readonly #waiting: Waiting[] = [];
  #storing = false;

  constructor(store: Pick<Store, 'write'>, record: ImportRecord) {
    this.#store = store;
    this.#record = record;
  }

  /**
   * Resolves when the batch is durable and on record. Rejects with the failure of storing it alone; nothing of it is
   * stored then.
   */
  async store(batch: WaitingBatch): Promise<StoredBatch> {
    const { promise, resolve, reject } = Promise.withResolvers<StoredBatch>();
    this.#waiting.push({ ...batch, resolve, reject });
    if (!this.#storing) void this.#storeAll();
    return promise;
  }

  async #storeAll(): Promise<void> {
    this.#storing = true;
    while (this.#waiting.length > 0) await this.#storeNext();
    this.#storing = false;
  }

  /** Chooses the batches when it is their turn: more may have come until then. */
  async #storeNext(): Promise<void> {
    let taken: readonly Waiting[] = [];
    try {
      const stored = await this.#store.write(async (transaction) => {
        taken = this.#take().filter(isWanted);
        return this.#storeTogether(transaction, taken);
      });
      await this.#settle(taken, stored);
    } catch (error) {
      // The store refused to begin.
      if (taken.length === 0) taken = this.#take();
      const [only, ...others] = taken;
      if (others.length === 0) only?.reject(error);
      else for (const one of taken) await this.#storeAlone(one);
    }
  }

  async #storeAlone(one: Waiting): Promise<void> {
    try {
      await this.#settle([one], await this.#store.write((transaction) => this.#storeTogether(transaction, [one])));
    } catch (error) {
      one.reject(error);
    }
  }

  async #storeTogether(transaction: Transaction, taken: readonly Waiting[]): Promise<readonly StoredBatch[]> {
    if (taken.length === 0) return [];
    for (const { onTurn } of taken) onTurn();
    const stored = await storeBatches(
      transaction,
      taken.map(({ batch }) => batch),
    );
    const changing = stored.flatMap(({ importId, isNew, changed }) => [...(isNew ? [] : [importId]), ...changed]);
    if (changing.length > 0) await this.#record.changing(changing);
    for (const { check } of taken) check();
    return stored;
  }

  async #settle(taken: readonly Waiting[], stored: readonly StoredBatch[]): Promise<void> {
    try {
      await this.#record.stored([...new Set(stored.flatMap(({ importId, changed }) => [importId, ...changed]))]);
      stored.forEach((batch, index) => taken[index]?.resolve(batch));
    } catch (error) {
      // They are in, and must not be stored again.
      for (const { reject } of taken) reject(error);
    }
  }

  /**
   * Takes the batch that waits longest. If it is whole, takes the next ones with it, until one that is not whole or
   * until they are too many to be stored together.
   */
  #take(): readonly Waiting[] {
    const [first] = this.#waiting;
    let events = 0;
    const fits = (waiting: Waiting): boolean => {
      if (waiting.events === null || first?.events === null) return waiting === first;
      events += waiting.events;
      return waiting === first || events <= mostTogether.events;
    };
    const others = this.#waiting.findIndex((waiting, index) => index === mostTogether.batches || !fits(waiting));
    return this.#waiting.splice(0, others < 0 ? this.#waiting.length : others);
  }
}
