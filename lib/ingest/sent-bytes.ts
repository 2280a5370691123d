/** How often `onWait` is called while there are no bytes. */
const waitMs = 250;

/** Bytes that come in messages, read piece by piece. Each piece is a copy, because the sender uses its memory again. */
export class SentBytes implements AsyncIterable<Uint8Array> {
  readonly #pieces: Uint8Array[] = [];
  #ended = false;
  #taken = 0;
  #change = Promise.withResolvers<void>();
  cancelled = false;
  /** Called when a piece has been worked through, with the bytes so far: the sender may send another one. */
  onTaken: (bytes: number) => void = () => undefined;
  /** Called from time to time while there is nothing to read. The reader waits for it. */
  onWait: () => Promise<void> = () => Promise.resolve();

  add(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#change.resolve();
  }

  end(): void {
    this.#ended = true;
    this.#change.resolve();
  }

  /** The reader gets an error. */
  cancel(): void {
    this.cancelled = true;
    this.#change.resolve();
  }

  /** Takes the unread rest, so that the sender can finish. */
  async drain(): Promise<void> {
    const rest = this[Symbol.asyncIterator]();
    while (!(await rest.next()).done);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (this.cancelled) throw new Error('The import was cancelled.');
      const piece = this.#pieces.shift();
      if (piece) {
        yield Uint8Array.from(piece);
        this.#taken += piece.length;
        this.onTaken(this.#taken);
      } else if (this.#ended) return;
      else await this.#wait();
    }
  }
  async #wait(): Promise<void> {
    await this.onWait();
    const { promise } = this.#change;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = await Promise.race([
      promise.then(() => true),
      new Promise<boolean>((resolve) => {
        timer = setTimeout(resolve, waitMs, false);
      }),
    ]);
    clearTimeout(timer);
    if (changed) this.#change = Promise.withResolvers();
  }
}
