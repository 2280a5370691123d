/**
 * How much of a log is taken before a thread is asked to read it, in bytes. It is held in memory. Most logs are
 * shorter, and are complete by then.
 */
const beginningBytes = 256 << 10;

/** A log whose beginning has come. `bytes` are all of it; `whole`: its sender has nothing more to send. */
export interface Begun {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly whole: boolean;
}

/**
 * Takes the beginning of a log. It asks for the next bytes at once, so that a sender's silence counts from then on, and
 * not only from when a thread is free.
 */
export async function takeBeginning(bytes: AsyncIterable<Uint8Array>): Promise<Begun> {
  const parts = bytes[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let length = 0;
  while (length < beginningBytes) {
    const next = await parts.next();
    if (next.done) return { whole: true, bytes: inOrder(taken) };
    taken.push(next.value);
    length += next.value.length;
  }
  const next = parts.next();
  // It is awaited below, maybe much later.
  next.catch(() => undefined);
  return { whole: false, bytes: inOrder(taken, { next, parts }) };
}

async function* inOrder(
  taken: readonly Uint8Array[],
  rest?: { readonly next: Promise<IteratorResult<Uint8Array>>; readonly parts: AsyncIterator<Uint8Array> },
): AsyncGenerator<Uint8Array> {
  try {
    yield* taken;
    for (let next = await rest?.next; next?.done === false; next = await rest?.parts.next()) yield next.value;
  } finally {
    await rest?.parts.return?.();
  }
}
