import { randomId } from '@mantine/hooks';
import type { Batch } from './found';
import type { BatchCounts, BatchState, ImportTask, ListedFile } from './items';
import { isNoLog, type FoundFile } from './judge';

/** Often enough to see it move, and seldom enough that thousands of files cost the page nothing. */
const pauseMs = 100;

const byPath = (one: { readonly path: string }, other: { readonly path: string }): number => (one.path < other.path ? -1 : 1);

/** The import of a batch. It is walked at once, and sent when it is run. */
export function batchTask(batch: Batch, onChange: () => void): ImportTask {
  const key = randomId('import-');
  const controller = new AbortController();
  const { signal } = controller;
  const files: FoundFile[] = [];
  const passedOver: ListedFile[] = [];
  const refusals: ListedFile[] = [];
  const underWay = new Map<FoundFile, number>();
  let bytes = 0;
  let counts: BatchCounts = { doneFiles: 0, doneBytes: 0, sentBytes: 0, imported: 0, existing: 0, refused: 0, events: 0, rejectedLines: 0 };
  let state: BatchState = { kind: 'finding' };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (next: BatchState): void => {
    clearTimeout(timer);
    timer = undefined;
    state = next;
    onChange();
  };
  const showSoon = (): void => { timer ??= setTimeout(() => show(state), pauseMs); };
  const end = (kind: 'done' | 'cancelled' | 'broken'): void => {
    underWay.clear();
    for (const list of [refusals, passedOver]) list.sort(byPath);
    show({ kind });
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

  const add = (found: FoundFile, { sent = 0, ...more }: { readonly sent?: number } & Partial<BatchCounts>): void => {
    underWay.delete(found);
    counts = { ...counts, doneFiles: counts.doneFiles + 1, doneBytes: counts.doneBytes + found.file.size, sentBytes: counts.sentBytes + sent, ...more };
    showSoon();
  };

  return {
    key,
    item() {
      const sending = [...underWay.values()].reduce((sum, sent) => sum + sent, 0);
      const over = state.kind === 'done' || state.kind === 'cancelled' || state.kind === 'broken';
      return {
        form: 'batch', key, name: batch.name, files: files.length, bytes, state,
        counts: { ...counts, doneBytes: counts.doneBytes + sending, sentBytes: counts.sentBytes + sending },
        passedOver: over ? passedOver : [], refusals: over ? refusals : [],
      };
    },
    async run() {
      const [loaded] = await Promise.all([import('./send-batch').catch(() => null), finding]);
      if (signal.aborted) return;
      show({ kind: 'running' });
      const reachable = await loaded?.sendBatch({
        files, controller,
        onSent(found, sentBytes) {
          underWay.set(found, sentBytes);
          showSoon();
        },
        onEnd(found, outcome) {
          const sent = found.file.size;
          if (outcome.kind === 'refused' && isNoLog(outcome.code)) {
            passedOver.push({ path: found.path, code: outcome.code, message: outcome.message });
            add(found, { sent });
          } else if (outcome.kind === 'known') add(found, { existing: counts.existing + 1 });
          else if (outcome.kind === 'refused') {
            refusals.push({ path: found.path, code: outcome.code, message: outcome.message });
            add(found, { sent, refused: counts.refused + 1 });
          } else if (outcome.kind === 'done' && outcome.existing) add(found, { sent, existing: counts.existing + 1 });
          else if (outcome.kind === 'done') {
            const { events, lines } = outcome.result;
            add(found, { sent, imported: counts.imported + 1, events: counts.events + events.accepted, rejectedLines: counts.rejectedLines + lines.rejected });
          }
        },
      });
      end(counts.doneFiles === files.length ? 'done' : reachable === true ? 'cancelled' : 'broken');
    },
    cancel() {
      controller.abort();
      if (state.kind === 'finding' || state.kind === 'waiting') end('cancelled');
    },
  };
}
