import { randomId } from '@mantine/hooks';
import type { Import } from '@/lib/queries/shapes.ts';

/** How far the server has come with a file that it is receiving. */
export interface ServerProgress { readonly lines: number; readonly events: number; readonly rejected: number; readonly phase: string }

export type ImportState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running'; readonly sentBytes: number; readonly server: ServerProgress | null }
  /** `existing`: the same bytes were in already, and nothing changed. */
  | { readonly kind: 'done'; readonly existing: boolean; readonly result: Import }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'cancelled' };

/** One file that was dropped or chosen. `key` names it to the server as well. */
export interface ImportJob { readonly key: string; readonly name: string; readonly bytes: number; readonly state: ImportState }

const listeners = new Set<() => void>();
const waiting: Array<{ readonly key: string; readonly file: File }> = [];
const controllers = new Map<string, AbortController>();
let jobs: readonly ImportJob[] = [];
let working = false;

function show(next: readonly ImportJob[]): void {
  jobs = next;
  for (const listener of listeners) listener();
}
const update = (key: string, state: ImportState): void => show(jobs.map((job) => (job.key === key ? { ...job, state } : job)));

/** Sends the files one after another: the store takes one import at a time. */
async function work(): Promise<void> {
  if (working) return;
  working = true;
  const { send } = await import('./send');
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { key, file } = next;
    const controller = new AbortController();
    controllers.set(key, controller);
    update(key, { kind: 'running', sentBytes: 0, server: null });
    update(key, await send({ key, file, signal: controller.signal, onProgress: (state) => update(key, state) }));
    controllers.delete(key);
  }
  working = false;
}

/**
 * The files of this browser tab that are being imported, or were. It lives outside of the pages, so that going from one to another does not
 * stop an import.
 */
export const importQueue = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  },
  snapshot: (): readonly ImportJob[] => jobs,
  add(files: readonly File[]): void {
    const added = files.map((file) => ({ key: randomId('import-'), file }));
    waiting.push(...added);
    show([...jobs, ...added.map(({ key, file }): ImportJob => ({ key, name: file.name, bytes: file.size, state: { kind: 'waiting' } }))]);
    void work();
  },
  cancel(key: string): void {
    const place = waiting.findIndex((entry) => entry.key === key);
    if (place >= 0) {
      waiting.splice(place, 1);
      update(key, { kind: 'cancelled' });
    }
    controllers.get(key)?.abort();
  },
  /** Takes the files that are finished off the list. */
  clearFinished(): void {
    show(jobs.filter(({ state }) => isActive(state)));
  },
};

export const isActive = (state: ImportState): boolean => state.kind === 'waiting' || state.kind === 'running';
