/**
 * Notifies listeners when figures change. The revision grows with each change. It begins at the time when the process
 * starts, so it also grows after a restart: a client with an older revision is out of date.
 */
export class Changes {
  #revision = Date.now();
  #ended = false;
  readonly #listeners = new Set<() => void>();

  get revision(): number {
    return this.#revision;
  }

  /** True after `end`: no more changes come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Call it when a change is durable. */
  add(): void {
    this.#revision++;
    this.#wake();
  }

  /** Ends all waits, also later ones. */
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
