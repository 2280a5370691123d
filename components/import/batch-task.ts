import { randomId } from '@mantine/hooks';
import type { Batch } from './found';
import type { BatchCounts, BatchState, ImportTask, ListedFile } from './items';
import type { FoundFile } from './judge';

/** Often enough to show progress, and seldom enough that thousands of files cost the page nothing. */
const pauseMs = 250;

const byPath = (one: { readonly path: string }, other: { readonly path: string }): number =>
  one.path < other.path ? -1 : 1;

/** Returns the task that imports a batch. Its folders are walked at once; its files are sent when it runs. */
export function batchTask(batch: Batch, onChange: () => void): ImportTask {
  const key = randomId('import-');
  const controller = new AbortController();
  const { signal } = controller;
  const files: FoundFile[] = [];
  const passedOver: ListedFile[] = [];
  let refusals: readonly ListedFile[] = [];
  let bytes = 0;
  let counts: BatchCounts = { sentBytes: 0, imported: 0, existing: 0, passedOver: 0 };
  let state: BatchState = { kind: 'finding' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (next: BatchState): void => {
    clearTimeout(timer);
    timer = undefined;
    state = next;
    onChange();
  };
  const showSoon = (): void => {
    timer ??= setTimeout(() => show(state), pauseMs);
  };

  const finding = (async () => {
    for await (const found of batch.found()) {
      if (signal.aborted) return;
      if (found.kind === 'file') {
        files.push(found);
        bytes += found.file.size;
      } else passedOver.push(found);
      showSoon();
    }
    if (signal.aborted) return;
    for (const list of [files, passedOver]) list.sort(byPath);
    show({ kind: 'waiting' });
  })();

  return {
    key,
    item() {
      const over = state.kind !== 'finding' && state.kind !== 'waiting' && state.kind !== 'running';
      return {
        form: 'batch',
        key,
        name: batch.name,
        files: files.length,
        bytes,
        state,
        counts,
        passedOver: over ? passedOver : [],
        refusals: over ? refusals : [],
      };
    },
    async run() {
      const [loaded] = await Promise.all([import('./send-batch').catch(() => null), finding]);
      if (signal.aborted) return;
      show({ kind: 'running' });
      if (loaded === null) {
        show({ kind: 'broken' });
        return;
      }
      const { end, result, existing, none, changed } = await loaded.sendBatch({
        key,
        name: batch.name,
        files,
        signal,
        onProgress({ sentBytes, logs: { read, alreadyIn, passedOver: noLogs } }) {
          counts = { sentBytes, imported: read, existing: alreadyIn, passedOver: noLogs };
          showSoon();
        },
      });
      refusals = changed.toSorted(byPath);
      if (end === 'done') {
        const logs = result?.logs ?? { read: 0, alreadyIn: 0, passedOver: 0 };
        counts = {
          sentBytes: bytes,
          imported: logs.read,
          existing: logs.alreadyIn + existing,
          passedOver: logs.passedOver + none,
        };
        show({ kind: 'done', result });
      } else show(typeof end === 'string' ? { kind: end } : end);
    },
    cancel() {
      controller.abort();
      if (state.kind === 'finding' || state.kind === 'waiting') show({ kind: 'cancelled' });
    },
  };
}
