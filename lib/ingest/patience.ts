/** The resources of an import that others wait for: a thread that reads, or the store. */
export type Held = 'thread' | 'store';
/** How long nothing came, and if others waited for the sender's resources. */
export interface Silence {
  readonly seconds: number;
  readonly othersWait: boolean;
}
/**
 * `holds` is the set of resources that the sender's import holds now; it may change during the wait. `seconds` is the
 * longest allowed silence while nobody waits.
 */
export interface Sender {
  readonly holds: ReadonlySet<Held>;
  readonly seconds: number;
  readonly givenUp: (silence: Silence) => Error;
}

/**
 * The longest silence of a sender that holds what others wait for: longer than a network's delay, and short for those
 * who wait.
 */
const graceSeconds = 5;

/**
 * Tracks who waits for a thread or the store, and which senders are silent. A sender that is silent for too long and
 * holds what others wait for is given up at once.
 */
export class Patience {
  readonly #waiting: Record<Held, number> = { thread: 0, store: 0 };
  readonly #silent = new Set<() => void>();

  /** Notes that someone waits for `what`; call the result once the wait is over. */
  waitFor(what: Held): () => void {
    this.#waiting[what]++;
    this.judge();
    let waits = true;
    return () => {
      if (waits) this.#waiting[what]--;
      waits = false;
    };
  }

  /** Checks every silent sender again: call it when one holds more than before. */
  judge(): void {
    for (const judge of this.#silent) judge();
  }

  /**
   * Waits for `next`, which a sender has yet to send. Rejects with the result of `givenUp` when the sender is silent
   * for too long.
   */
  async within<T>(next: Promise<T>, { holds, seconds, givenUp }: Sender): Promise<T> {
    const began = performance.now();
    const silence = Promise.withResolvers<never>();
    let timer: NodeJS.Timeout | undefined;
    const judge = (): void => {
      const othersWait = [...holds].some((what) => this.#waiting[what] > 0);
      const longest = othersWait ? Math.min(graceSeconds, seconds) : seconds;
      const leftMs = longest * 1000 - (performance.now() - began);
      clearTimeout(timer);
      if (leftMs <= 0) silence.reject(givenUp({ seconds: longest, othersWait }));
      else timer = setTimeout(judge, leftMs);
    };
    this.#silent.add(judge);
    judge();
    try {
      return await Promise.race([next, silence.promise]);
    } finally {
      clearTimeout(timer);
      this.#silent.delete(judge);
    }
  }
}
