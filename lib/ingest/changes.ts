/**
 * Tells when figures have changed. A revision grows with each change and, because the first one is the time of the
 * start, from one process to the next: who knows the latest one has missed nothing.
 */
export class Changes {
  #revision = Date.now();
  #ended = false;
  readonly #listeners = new Set<() => void>();

  get revision(): number {
    return this.#revision;
  }

  /** True when no more changes are told. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Call it when a change is durable. */
  add(): void {
    this.#revision++;
    this.#wake();
  }

  /** Ends all waiting. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Resolves at the next change, after `ms` milliseconds, or when `signal` is aborted. */
  next(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.#ended || signal.aborted) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }

  #wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
