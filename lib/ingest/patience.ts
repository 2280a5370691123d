/** What an import may hold that others wait for: a thread that reads, or the store. */
export type Held = 'thread' | 'store';
/** How long nothing came, and whether others waited for what the sender held. */
export interface Silence {
  readonly seconds: number;
  readonly othersWait: boolean;
}
/** `holds` is what the sender's import holds by now. `seconds` is the longest that it may be silent, whoever waits. */
export interface Sender {
  readonly holds: ReadonlySet<Held>;
  readonly seconds: number;
  readonly givenUp: (silence: Silence) => Error;
}

/**
 * So long may a sender be silent that holds what others wait for: longer than a network hesitates, and short for
 * whoever waits.
 */
const graceSeconds = 5;

/**
 * Who waits for a thread or the store, and which senders are silent. One that is silent for long enough and holds what
 * others wait for is given up at once.
 */
export class Patience {
  readonly #waiting: Record<Held, number> = { thread: 0, store: 0 };
  readonly #silent = new Set<() => void>();

  /** Says that someone waits for it; call what comes back once it is had. */
  waitFor(what: Held): () => void {
    this.#waiting[what]++;
    this.judge();
    let waits = true;
    return () => {
      if (waits) this.#waiting[what]--;
      waits = false;
    };
  }

  /** Looks at every silent sender again: call it when one holds more than before. */
  judge(): void {
    for (const judge of this.#silent) judge();
  }

  /**
   * What `next`, which a sender has yet to send, comes to. Rejects with what `givenUp` says when the sender has been
   * silent for too long.
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
