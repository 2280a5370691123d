import { parentPort } from 'node:worker_threads';
import { UnpackFailure } from '../formats/container/failure.ts';
import type { UnpackLimits } from '../formats/container/meter.ts';
import { unpack } from '../formats/container/unpack.ts';
import type { LogLimits } from '../formats/log-items.ts';
import type { LogReading, Segment } from './log-reading.ts';
import type { Progress } from './progress.ts';
import { LogReader } from './read-log.ts';
import { SentBytes } from './sent-bytes.ts';

export type ReadLimits = LogLimits & UnpackLimits;

/** To the thread: one `open`, then bytes, then `end` or `cancel`; then the thread takes the next log. Bytes may be written over when they are `taken`. */
export type ToReader =
  | { readonly kind: 'open'; readonly folder: string; readonly limits: ReadLimits }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' | 'cancel' };
/** From the thread: `taken` for each piece of bytes, a `segment` now and then, and one of the others when it has done with a log: `read` comes with the last segment. */
export type FromReader =
  | { readonly kind: 'taken'; readonly progress: Progress }
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'read'; readonly segment: Segment; readonly reading: LogReading }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const answer = (message: FromReader): void => parentPort?.postMessage(message);
/** What is packed in such a way is not read at all; of what is only damaged, everything before the damage is. */
const refuses = ({ code }: UnpackFailure): boolean => code !== 'damaged_compression' && code !== 'damaged_archive';

async function readPart(reader: LogReader, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const piece of bytes) {
      const segment = reader.push(piece);
      if (segment) answer({ kind: 'segment', segment });
    }
  } catch (error) {
    if (!(error instanceof UnpackFailure) || refuses(error)) throw error;
    reader.finish(error);
    return;
  }
  reader.finish();
}

async function readAll(reader: LogReader, bytes: AsyncIterable<Uint8Array>, limits: ReadLimits, folder: string): Promise<void> {
  try {
    for await (const contained of unpack(bytes, limits, folder)) {
      if (contained.kind === 'passed_over') reader.passOver(contained.path, contained.reason);
      else {
        reader.begin(contained.path);
        await readPart(reader, contained.bytes);
      }
    }
  } catch (error) {
    if (!(error instanceof UnpackFailure) || refuses(error)) throw error;
    // The archive itself is damaged behind the entries that were read.
    reader.begin(null);
    reader.finish(error);
  }
}

async function read(sent: SentBytes, { folder, limits }: Extract<ToReader, { kind: 'open' }>): Promise<void> {
  let reader: LogReader | null = null;
  try {
    const mine = reader = new LogReader({ folder, limits });
    sent.onTaken = (bytes) => answer({ kind: 'taken', progress: { bytes, ...mine.progress } });
    await readAll(mine, sent, limits, folder);
    await sent.drain();
    answer({ kind: 'read', ...mine.end() });
  } catch (error) {
    reader?.destroy();
    const message = error instanceof Error ? error.message : String(error);
    answer(error instanceof UnpackFailure ? { kind: 'refused', code: error.code, message } : { kind: 'failed', message });
  }
}

let sent = new SentBytes();
let reading: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: ToReader) => {
  if (message.kind === 'open') {
    const mine = new SentBytes();
    sent = mine;
    reading = reading.then(() => read(mine, message));
  } else if (message.kind === 'bytes') sent.add(message.bytes);
  else if (message.kind === 'end') sent.end();
  else sent.cancel();
});
