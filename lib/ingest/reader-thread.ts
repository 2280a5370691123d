import { parentPort } from 'node:worker_threads';
import type { RecordLimits } from '../formats/records.ts';
import type { Progress } from './progress.ts';
import { LogReader, type LogReading, type Segment } from './read-log.ts';

/** To the thread: one `open`, then bytes, then `end` or `cancel`; then the thread takes the next log. */
export type ToReader =
  | { readonly kind: 'open'; readonly folder: string; readonly limits: RecordLimits }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'end' | 'cancel' };
/** From the thread: `taken` for each piece of bytes, a `segment` now and then, one `read` or `failed` for each log. */
export type FromReader =
  | { readonly kind: 'taken'; readonly progress: Progress }
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'read'; readonly reading: LogReading }
  | { readonly kind: 'failed'; readonly message: string };

let reader: LogReader | null = null;
let queue: Promise<void> = Promise.resolve();
const answer = (message: FromReader): void => parentPort?.postMessage(message);

async function handle(message: ToReader): Promise<void> {
  if (message.kind === 'open') {
    reader = new LogReader(message);
  } else if (message.kind === 'cancel') {
    reader?.destroy();
    reader = null;
  } else if (reader && message.kind === 'bytes') {
    const segment = await reader.push(message.bytes);
    if (segment) answer({ kind: 'segment', segment });
    answer({ kind: 'taken', progress: reader.progress });
  } else if (reader && message.kind === 'end') {
    const { segment, reading } = await reader.end();
    reader = null;
    answer({ kind: 'segment', segment });
    answer({ kind: 'read', reading });
  }
}

parentPort?.on('message', (message: ToReader) => {
  queue = queue.then(() => handle(message)).catch((error: unknown) => {
    reader?.destroy();
    reader = null;
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
