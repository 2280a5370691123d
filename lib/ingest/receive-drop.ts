import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Configuration, Limits } from '../configuration.ts';
import type { Store } from '../store/store.ts';
import { askAbout } from './ask-about.ts';
import { takeBeginning } from './beginning.ts';
import type { DropRequest } from './drop.ts';
import { bodyTooLarge } from './importer.ts';
import type { Held, Patience, Silence } from './patience.ts';
import type { ReaderPool } from './reader-pool.ts';
import { Refused, throwIfCancelled } from './refusals.ts';
import { SegmentQueue } from './segments.ts';

/** A dead connection may go unnoticed at both ends, and would keep other imports waiting for ever. */
const senderSilent = ({ seconds, othersWait }: Silence): Refused =>
  new Refused({
    code: 'sender_silent',
    message: othersWait
      ? `No data received for ${seconds} s while other imports waited. Send the log again.`
      : `No data received for ${seconds} s. Send the log again, or raise DENDRO_MAX_SILENCE_SECONDS.`,
  });

interface Watch {
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly patience: Patience;
  readonly holds: ReadonlySet<Held>;
  readonly seen: (part: Uint8Array) => void;
}
async function* watched(
  bytes: AsyncIterable<Uint8Array>,
  { limits: { bodyBytes, silenceSeconds }, signal, patience, holds, seen }: Watch,
): AsyncGenerator<Uint8Array> {
  const parts = bytes[Symbol.asyncIterator]();
  let total = 0;
  try {
    for (;;) {
      // Only while bytes are wanted: a sender that has to wait for Dendro is not silent.
      const next = await patience.within(parts.next(), { holds, seconds: silenceSeconds, givenUp: senderSilent });
      throwIfCancelled(signal);
      if (next.done) return;
      const part = next.value;
      total += part.length;
      if (total > bodyBytes) throw new Refused(bodyTooLarge(bodyBytes));
      seen(part);
      yield part;
    }
  } finally {
    // Not awaited, because the bytes asked for last may never come.
    parts.return?.().catch(() => undefined);
  }
}

/** `folder` is for files of this drop, and `stop` is aborted when no more of it is wanted. */
interface Receiver {
  readonly store: Store;
  readonly configuration: Configuration;
  readonly pool: ReaderPool;
  readonly patience: Patience;
  readonly folder: string;
  readonly stop: AbortSignal;
}
/** The logs of a request, from when a thread is asked to read them. */
export interface ReceivedDrop {
  /** The segments that were read, in order of completion. */
  readonly segments: SegmentQueue;
  /** Resolves when all of it is read. */
  readonly read: Promise<void>;
  /** How many bytes have come so far. */
  readonly bytes: () => number;
  /** The digest of the bytes so far; null for a drop in several requests. */
  readonly sha256: () => string | null;
}

/** Takes the bytes of a request as they come, and has them read. */
export async function receiveDrop(
  { request: { bytes, signal, continues = null, more = false }, holds, note, tell }: DropRequest,
  { store, configuration, pool, patience, folder, stop }: Receiver,
): Promise<ReceivedDrop> {
  // Nobody sees all bytes of a drop in several requests.
  const digest = continues === null && !more ? createHash('sha256') : null;
  let received = 0;
  const begun = await takeBeginning(
    watched(bytes, {
      limits: configuration.limits,
      signal: AbortSignal.any([signal, stop]),
      patience,
      holds,
      seen(part) {
        digest?.update(part);
        received += part.length;
      },
    }),
  );
  await mkdir(folder);
  const segments = new SegmentQueue();
  const waitsForThread = patience.waitFor('thread');
  const read = pool
    .read({
      ...begun,
      folder,
      limits: { ...configuration.limits, titles: configuration.titles },
      ask: (logs) => askAbout(store, logs),
      onBegun() {
        waitsForThread();
        holds.add('thread');
        patience.judge();
      },
      onProgress: tell,
      onSegment: (segment) => segments.add(segment),
    })
    .then(() => note({ phase: 'waiting' }));
  read.then(
    () => segments.end(),
    (error: unknown) => segments.end(error instanceof Error ? error : new Error(String(error))),
  );
  return { segments, read, bytes: () => received, sha256: () => digest?.copy().digest('hex') ?? null };
}
