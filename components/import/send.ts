import { get, readAnswer } from '@/components/api';
import { Import } from '@/lib/queries/shapes.ts';
import type { ImportState, ServerProgress } from './queue';
import { Running } from './running';

interface Sending { readonly key: string; readonly file: File; readonly signal: AbortSignal; readonly onProgress: (state: ImportState) => void }

const pollMs = 400;

/**
 * Sends one file and waits for what came of it. A browser reads no answer before it has sent the whole body, so what the server has done with it in
 * the meantime is asked for aside.
 */
export async function send({ key, file, signal, onProgress }: Sending): Promise<ImportState> {
  let sentBytes = 0;
  let server: ServerProgress | null = null;
  let finished = false;
  const poll = async (): Promise<void> => {
    while (!finished) {
      const answer = await get(Running, '/api/imports/running');
      const mine = answer.ok ? answer.value.running.find(({ clientKey }) => clientKey === key) : undefined;
      if (mine) server = mine;
      if (!finished) onProgress({ kind: 'running', sentBytes, server });
      await new Promise((resolve) => { setTimeout(resolve, pollMs); });
    }
  };
  const outcome = new Promise<ImportState>((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/imports?${new URLSearchParams({ name: file.name, clientKey: key })}`);
    request.upload.addEventListener('progress', (event) => {
      sentBytes = Math.min(event.loaded, file.size);
      onProgress({ kind: 'running', sentBytes, server });
    });
    request.addEventListener('load', () => {
      const answer = readAnswer(Import, request.status, request.responseText);
      resolve(answer.ok ? { kind: 'done', existing: answer.status === 200, result: answer.value } : { kind: 'refused', ...answer.error });
    });
    request.addEventListener('error', () => resolve({ kind: 'refused', code: 'unreachable', message: 'The connection broke before the import was done, so nothing was kept. Is Dendro still running? Drop the file again.' }));
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
    signal.addEventListener('abort', () => request.abort());
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
  void poll();
  const state = await outcome;
  finished = true;
  return state;
}
