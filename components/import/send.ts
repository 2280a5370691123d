import { get, readAnswer } from '@/components/api';
import { address } from '@/components/links';
import { ImportAnswer, RunningImports, type RunningImport } from '@/lib/ingest/progress.ts';
import { unreachable, type FileState, type Outcome, type ServerProgress } from './items';

/**
 * The body of a request, and its import: `continues` is the import to add to, and `more` says that another request
 * follows. `key` finds it among the running imports.
 */
interface Posting {
  readonly key: string;
  readonly name: string;
  readonly body: Blob;
  readonly continues?: string | undefined;
  readonly more?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onSent: (sentBytes: number) => void;
}

const changed: Outcome = {
  kind: 'refused',
  code: 'file_changed',
  message: 'The file changed or was removed before the upload; nothing was kept. Drop it again.',
};

/** Returns whether a chosen file can still be read: it cannot once it has changed. */
export async function isReadable(file: Blob): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

/** Sends bytes and waits for the result. */
export function post({ key, name, body, continues, more, signal, onSent }: Posting): Promise<Outcome> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'cancelled' });
      return;
    }
    const request = new XMLHttpRequest();
    request.open(
      'POST',
      address('/api/imports', { name, clientKey: key, continues, more: more === true ? 'true' : undefined }),
    );
    request.upload.addEventListener('progress', (event) => onSent(Math.min(event.loaded, body.size)));
    request.addEventListener('load', () => {
      const answer = readAnswer(ImportAnswer, request.status, request.responseText);
      resolve(
        answer.ok
          ? { kind: 'done', existing: answer.status === 200, result: answer.value }
          : { kind: 'refused', ...answer.error },
      );
    });
    request.addEventListener('error', () => resolve(unreachable));
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort);
    request.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(body);
  });
}

const pollMs = 400;

/**
 * Reports the server's progress while `work` goes on. A browser reads no answer before it has sent the whole body, so
 * it asks for the progress in a separate request.
 */
export async function watched<T>(
  key: string,
  onProgress: (server: RunningImport) => void,
  work: Promise<T>,
): Promise<T> {
  let finished = false;
  const poll = async (): Promise<void> => {
    while (!finished) {
      const answer = await get(RunningImports, '/api/imports/running');
      const mine = answer.ok ? answer.value.running.find(({ clientKey }) => clientKey === key) : undefined;
      if (mine && !finished) onProgress(mine);
      await new Promise((resolve) => {
        setTimeout(resolve, pollMs);
      });
    }
  };
  void poll();
  try {
    return await work;
  } finally {
    finished = true;
  }
}

interface Sending {
  readonly key: string;
  readonly file: File;
  readonly signal: AbortSignal;
  readonly onProgress: (state: FileState) => void;
}

/** Sends one file and reports the progress. */
export async function send({ key, file, signal, onProgress }: Sending): Promise<Outcome> {
  let sentBytes = 0;
  let server: ServerProgress | null = null;
  const tell = (): void => onProgress({ kind: 'running', sentBytes, server });
  const outcome = await watched(
    key,
    (progress) => {
      server = progress;
      tell();
    },
    post({
      key,
      name: file.name,
      body: file,
      signal,
      onSent(bytes) {
        sentBytes = bytes;
        tell();
      },
    }),
  );
  return outcome === unreachable && !(await isReadable(file)) ? changed : outcome;
}
