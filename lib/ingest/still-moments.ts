/**
 * Keeps what changes something apart from what wants it unchanged: many of these at a time, and a change only when none of them runs. A change that waits goes
 * before those that come later. There is one change at a time.
 */
export class StillMoments {
  #running = 0;
  /** Called when none runs any more. */
  #onNone: () => void = () => undefined;
  #closed: PromiseWithResolvers<void> | null = null;

  /** Resolves when a change that waits or goes on is over; null when there is none. */
  get opened(): Promise<void> | null {
    return this.#closed?.promise ?? null;
  }

  /** To be called when `opened` is null. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    try {
      return await work();
    } finally {
      this.#running--;
      if (this.#running === 0) this.#onNone();
    }
  }

  /** Resolves when nothing runs. Nothing may begin then until `open`. */
  async close(): Promise<void> {
    this.#closed = Promise.withResolvers();
    if (this.#running > 0) await new Promise<void>((resolve) => { this.#onNone = resolve; });
  }

  open(): void {
    this.#closed?.resolve();
    this.#closed = null;
  }
}
