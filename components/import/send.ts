import { get, readAnswer } from '@/components/api';
import { address } from '@/components/links';
import { RunningImports } from '@/lib/ingest/progress.ts';
import { Import } from '@/lib/queries/shapes.ts';
import { unreachable, type FileState, type Outcome, type ServerProgress } from './items';

interface Posting { readonly key?: string; readonly file: File; readonly signal: AbortSignal; readonly onSent: (sentBytes: number) => void }

const changed: Outcome = { kind: 'refused', code: 'file_changed', message: 'The file changed or went away after it was chosen, so nothing was kept. Drop it again.' };

/** A file as it was chosen can no longer be read once it has changed. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Sends one file and waits for what came of it. By its `key` it can be found among the running imports. */
export function post({ key, file, signal, onSent }: Posting): Promise<Outcome> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'cancelled' });
      return;
    }
    const request = new XMLHttpRequest();
    request.open('POST', address('/api/imports', { name: file.name, clientKey: key }));
    request.upload.addEventListener('progress', (event) => onSent(Math.min(event.loaded, file.size)));
    request.addEventListener('load', () => {
      const answer = readAnswer(Import, request.status, request.responseText);
      resolve(answer.ok ? { kind: 'done', existing: answer.status === 200, result: answer.value } : { kind: 'refused', ...answer.error });
    });
    request.addEventListener('error', () => { void isReadable(file).then((readable) => resolve(readable ? unreachable : changed)); });
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort);
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

interface Sending { readonly key: string; readonly file: File; readonly signal: AbortSignal; readonly onProgress: (state: FileState) => void }

const pollMs = 400;

/**
 * Sends one file and tells how far it is. A browser reads no answer before it has sent the whole body, so what the server has done with it in the
 * meantime is asked for aside.
 */
export async function send({ key, file, signal, onProgress }: Sending): Promise<Outcome> {
  let sentBytes = 0;
  let server: ServerProgress | null = null;
  let finished = false;
  const poll = async (): Promise<void> => {
    while (!finished) {
      const answer = await get(RunningImports, '/api/imports/running');
      const mine = answer.ok ? answer.value.running.find(({ clientKey }) => clientKey === key) : undefined;
      if (mine) server = mine;
      if (!finished) onProgress({ kind: 'running', sentBytes, server });
      await new Promise((resolve) => { setTimeout(resolve, pollMs); });
    }
  };
  void poll();
  const outcome = await post({
    key, file, signal,
    onSent(bytes) {
      sentBytes = bytes;
      onProgress({ kind: 'running', sentBytes, server });
    },
  });
  finished = true;
  return outcome;
}
