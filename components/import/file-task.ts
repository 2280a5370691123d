import { randomId } from '@mantine/hooks';
import { isActive, unreachable, type FileState, type ImportTask } from './items';

/** Returns the task that imports one file with a card of its own. */
export function fileTask(file: File, onChange: () => void): ImportTask {
  const key = randomId('import-');
  const controller = new AbortController();
  let state: FileState = { kind: 'waiting' };
  const show = (next: FileState): void => {
    state = next;
    onChange();
  };
  return {
    key,
    item: () => ({ form: 'file', key, name: file.name, bytes: file.size, state }),
    async run() {
      const loaded = await import('./send').catch(() => null);
      if (!isActive(state)) return;
      show({ kind: 'running', sentBytes: 0, server: null });
      show(
        loaded === null ? unreachable : await loaded.send({ key, file, signal: controller.signal, onProgress: show }),
      );
    },
    cancel() {
      if (state.kind === 'waiting') show({ kind: 'cancelled' });
      controller.abort();
    },
  };
}
