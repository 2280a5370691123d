import { formatBytes, pluralize, formatInteger } from '@/components/formats';
import type { BatchImport } from './items';

const again = 'Drop it again to resume.';

/** Returns the result of a batch in one to three sentences. */
export function batchResult({ state, files, passedOver, counts: { sentBytes, imported } }: BatchImport): string {
  if (state.kind === 'cancelled')
    return files === 0
      ? 'Cancelled.'
      : `Cancelled. Kept ${formatInteger(imported)} of ${pluralize(files, 'file')}. ${again}`;
  if (state.kind === 'broken')
    return `Lost connection to Dendro. Files imported so far are kept. Check that Dendro is running. ${again}`;
  if (state.kind === 'refused') return state.message;
  if (files === 0) return passedOver.length === 0 ? 'The folder is empty.' : 'No log files found.';
  if (imported === 0) return 'Already imported; nothing changed.';
  return `Imported: ${formatInteger(imported)} of ${pluralize(files, 'file')}, ${formatBytes(sentBytes)}.`;
}
