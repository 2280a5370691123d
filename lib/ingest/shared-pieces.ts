const pieceBytes = 1 << 20;
const piecesOnTheWay = 8;
/** The longest time that bytes of a slow sender wait to be handed on, in ms. */
const longestWaitMs = 250;

/** Returns true if `next` settles within `ms` milliseconds. Rejects as `next` does. */
async function comesWithin(next: Promise<unknown>, ms: number): Promise<boolean> {
  if (ms <= 0) return false;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      next.then(() => true),
      new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, ms, false);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Creates the memory for one thread. Once a thread: new memory for each piece would make the engine collect garbage all
 * the time.
 */
export const sharedMemory = (): readonly Uint8Array[] =>
  Array.from({ length: piecesOnTheWay }, () => new Uint8Array(new SharedArrayBuffer(pieceBytes)));

/**
 * Hands the bytes of one log to a thread in pieces of shared memory. A piece is written over once the thread has taken
 * it, so that memory stays bounded when reading is slower than sending.
 */
export class SharedPieces {
  readonly #memory: readonly Uint8Array[];
  #sent = 0;
  #taken = 0;
  #room = Promise.withResolvers<void>();

  constructor(memory: readonly Uint8Array[]) {
    this.#memory = memory;
  }

  /** Notes that the thread has taken the oldest piece on the way. */
  taken(): void {
    this.#taken++;
    this.#room.resolve();
  }

  /**
   * Returns the bytes as pieces to be sent, all full unless the next bytes take long. Rejects with `failed` while it
   * waits for a thread that takes no more.
   */
  async *filledWith(bytes: AsyncIterable<Uint8Array>, failed: Promise<never>): AsyncGenerator<Uint8Array> {
    const parts: AsyncIterator<Uint8Array, unknown> = bytes[Symbol.asyncIterator]();
    let piece: Uint8Array = new Uint8Array();
    let [length, since] = [0, 0];
    try {
      for (;;) {
        const next = parts.next();
        if (length > 0 && !(await comesWithin(next, since + longestWaitMs - performance.now()))) {
          this.#sent++;
          yield piece.subarray(0, length);
          length = 0;
        }
        const came = await next;
        if (came.done) break;
        const part = came.value;
        for (let from = 0; from < part.length;) {
          if (length === 0) [piece, since] = [await this.#next(failed), performance.now()];
          const until = Math.min(part.length, from + pieceBytes - length);
          piece.set(part.subarray(from, until), length);
          length += until - from;
          from = until;
          if (length < pieceBytes) continue;
          this.#sent++;
          length = 0;
          yield piece;
        }
      }
      if (length > 0) yield piece.subarray(0, length);
    } finally {
      await parts.return?.();
    }
  }

  async #next(failed: Promise<never>): Promise<Uint8Array> {
    while (this.#sent - this.#taken >= this.#memory.length) {
      this.#room = Promise.withResolvers();
      await Promise.race([this.#room.promise, failed]);
    }
    return this.#memory[this.#sent % this.#memory.length] ?? new Uint8Array();
  }
}
