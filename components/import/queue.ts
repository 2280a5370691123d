import { batchTask } from './batch-task';
import { fileTask } from './file-task';
import type { Batch } from './found';
import { isActive, type ImportItem, type ImportTask } from './items';

const listeners = new Set<() => void>();
let tasks: readonly ImportTask[] = [];
let items: readonly ImportItem[] = [];
const waiting: ImportTask[] = [];
let working = false;

function show(): void {
  items = tasks.map((task) => task.item());
  for (const listener of listeners) listener();
}

/**
 * Works on one item after another: the store takes one import at a time, and items finish in the order of their drop.
 */
async function work(): Promise<void> {
  if (working) return;
  working = true;
  for (let next = waiting.shift(); next; next = waiting.shift()) await next.run();
  working = false;
}

/**
 * The files and folders that this browser tab imports or has imported. It lives outside of the pages, so going to
 * another page does not stop an import.
 */
export const importQueue = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  snapshot: (): readonly ImportItem[] => items,
  add(things: readonly (File | Batch)[]): void {
    const added = things.map((thing) => (thing instanceof File ? fileTask(thing, show) : batchTask(thing, show)));
    tasks = [...tasks, ...added];
    waiting.push(...added);
    show();
    void work();
  },
  cancel(key: string): void {
    tasks.find((task) => task.key === key)?.cancel();
  },
  /** Removes finished items from the list. */
  clearFinished(): void {
    tasks = tasks.filter((task) => isActive(task.item().state));
    show();
  },
};
