const pieceBytes = 1 << 20;
const piecesOnTheWay = 8;

/** What one thread needs of it. Made once a thread: memory made for each piece would make the engine collect garbage all the time. */
export const sharedMemory = (): readonly Uint8Array[] => Array.from({ length: piecesOnTheWay }, () => new Uint8Array(new SharedArrayBuffer(pieceBytes)));

/**
 * Hands the bytes of one log to a thread in pieces of memory that both sides see. A piece is written over once the thread has taken it, so that memory
 * stays bounded when reading is slower than sending.
 */
export class SharedPieces {
  readonly #memory: readonly Uint8Array[];
  #sent = 0;
  #taken = 0;
  #room = Promise.withResolvers<void>();

  constructor(memory: readonly Uint8Array[]) {
    this.#memory = memory;
  }

  /** The thread has taken the oldest piece that is on the way. */
  taken(): void {
    this.#taken++;
    this.#room.resolve();
  }

  /** The bytes as pieces to be sent, all full but the last. Rejects with `failed` when it waits for a thread that takes no more. */
  async *filledWith(bytes: AsyncIterable<Uint8Array>, failed: Promise<never>): AsyncGenerator<Uint8Array> {
    let piece: Uint8Array = new Uint8Array();
    let length = 0;
    for await (const part of bytes) {
      for (let from = 0; from < part.length;) {
        if (length === 0) piece = await this.#next(failed);
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
  }

  async #next(failed: Promise<never>): Promise<Uint8Array> {
    while (this.#sent - this.#taken >= this.#memory.length) {
      this.#room = Promise.withResolvers();
      await Promise.race([this.#room.promise, failed]);
    }
    return this.#memory[this.#sent % this.#memory.length] ?? new Uint8Array();
  }
}
