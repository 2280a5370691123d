import { parentPort } from 'node:worker_threads';
import { UnpackFailure } from '../formats/container/failure.ts';
import type { Answer, AskedLog, Segment } from './log-reading.ts';
import type { ReadProgress } from './progress.ts';
import { DropReader, type ReadLimits } from './read-drop.ts';
import { SentBytes } from './sent-bytes.ts';

/**
 * To the thread: one `open`, then bytes, then `end` or `cancel`; then the thread takes the next drop. Bytes may be
 * written over once they are `taken`. An `answer` to each `ask`.
 */
export type ToReader =
  | { readonly kind: 'open'; readonly folder: string; readonly limits: ReadLimits }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'answer'; readonly answers: readonly Answer[] }
  | { readonly kind: 'end' | 'cancel' };
/**
 * From the thread: `taken` for each piece of bytes, a `segment` now and then, and one of the others at the end of a
 * drop: `read` follows the last segment.
 */
export type FromReader =
  | { readonly kind: 'taken'; readonly progress: ReadProgress & { readonly bytes: number } }
  | { readonly kind: 'segment'; readonly segment: Segment }
  | { readonly kind: 'ask'; readonly logs: readonly AskedLog[] }
  | { readonly kind: 'read' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

const tell = (message: FromReader): void => parentPort?.postMessage(message);

let answered: (answers: readonly Answer[]) => void = () => undefined;
function ask(logs: readonly AskedLog[]): Promise<readonly Answer[]> {
  const { promise, resolve } = Promise.withResolvers<readonly Answer[]>();
  answered = resolve;
  tell({ kind: 'ask', logs });
  return promise;
}

async function read(sent: SentBytes, { folder, limits }: Extract<ToReader, { kind: 'open' }>): Promise<void> {
  let reader: DropReader | null = null;
  try {
    const mine = (reader = new DropReader({
      folder,
      limits,
      ask,
      give: (segment) => tell({ kind: 'segment', segment }),
    }));
    sent.onTaken = (bytes) => tell({ kind: 'taken', progress: { bytes, ...mine.progress } });
    sent.onWait = () => mine.pause();
    await mine.read(sent);
    await sent.drain();
    mine.end();
    tell({ kind: 'read' });
  } catch (error) {
    reader?.destroy();
    const message = error instanceof Error ? error.message : String(error);
    tell(error instanceof UnpackFailure ? { kind: 'refused', code: error.code, message } : { kind: 'failed', message });
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
  else if (message.kind === 'answer') answered(message.answers);
  else if (message.kind === 'end') sent.end();
  else sent.cancel();
});
