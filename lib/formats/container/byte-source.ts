/**
 * Bytes that are read on demand: only `peek` reads ahead. A failure of the bytes is thrown only after the last good
 * byte, however the bytes are cut.
 */
export class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array, unknown>;
  #held: Uint8Array = new Uint8Array();
  #end: { readonly failure: unknown } | 'reached' | null = null;
  #received = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#pieces = bytes[Symbol.asyncIterator]();
  }

  /** How many bytes have come in so far. */
  get received(): number {
    return this.#received;
  }

  /**
   * Returns the next `count` bytes and leaves them in place; fewer only at the end. Costs a copy when they lie in
   * several pieces.
   */
  async peek(count: number): Promise<Uint8Array> {
    const pieces = [this.#held];
    for (let length = this.#held.length; length < count && this.#end === null;) {
      const piece = await this.#next();
      if (length === 0) pieces.pop();
      pieces.push(piece);
      length += piece.length;
    }
    const [only] = pieces;
    this.#held = only && pieces.length === 1 ? only : Buffer.concat(pieces);
    return this.#held.subarray(0, count);
  }

  /** Takes some of the next bytes, at least one and at most `most`; null at the end. */
  async take(most = Infinity): Promise<Uint8Array | null> {
    while (this.#held.length === 0) {
      if (this.#end === 'reached') return null;
      if (this.#end !== null) throw this.#end.failure;
      this.#held = await this.#next();
    }
    const taken = this.#held.subarray(0, most);
    this.#held = this.#held.subarray(taken.length);
    return taken;
  }

  /** Takes the next `count` bytes, or null when the end comes before. For headers: they are held in memory. */
  async takeAll(count: number): Promise<Uint8Array | null> {
    const taken = await this.peek(count);
    if (taken.length < count) {
      if (this.#end !== null && this.#end !== 'reached') throw this.#end.failure;
      return null;
    }
    this.#held = this.#held.subarray(count);
    return taken;
  }

  /**
   * Puts back the bytes that were taken last: they come again. Costs a copy only when the next bytes lie elsewhere in
   * memory.
   */
  putBack(bytes: Uint8Array): void {
    const held = this.#held;
    const isBefore = bytes.buffer === held.buffer && bytes.byteOffset + bytes.length === held.byteOffset;
    this.#held =
      held.length === 0
        ? bytes
        : isBefore
          ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length + held.length)
          : Buffer.concat([bytes, held]);
  }

  /** True if no byte is left. False when a failure is still to be thrown. */
  async isEmpty(): Promise<boolean> {
    return (await this.peek(1)).length === 0 && this.#end === 'reached';
  }

  /** All that is left. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let piece = await this.take(); piece; piece = await this.take()) yield piece;
  }

  /** Releases the bytes, read or not. */
  async close(): Promise<void> {
    this.#held = new Uint8Array();
    this.#end = 'reached';
    await this.#pieces.return?.();
  }

  async #next(): Promise<Uint8Array> {
    try {
      const next = await this.#pieces.next();
      if (!next.done) {
        this.#received += next.value.length;
        return next.value;
      }
      this.#end = 'reached';
    } catch (failure) {
      this.#end = { failure };
    }
    return new Uint8Array();
  }
}
