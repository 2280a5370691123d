import { formatBytes, pluralize, formatInteger } from '@/components/formats';
import type { BatchImport } from './items';

const again = 'Drop it again, and it goes on from there.';

/** What came of a batch, in a sentence or three. */
export function batchResult({ state, files, passedOver, counts: { sentBytes, imported } }: BatchImport): string {
  if (state.kind === 'cancelled')
    return files === 0
      ? 'Cancelled.'
      : `Cancelled. What was in by then stays: ${formatInteger(imported)} of ${pluralize(files, 'file')}. ${again}`;
  if (state.kind === 'broken')
    return `Dendro could not be reached any more. What was in by then stays. Is Dendro still running? ${again}`;
  if (state.kind === 'refused') return `Not imported. ${state.message}`;
  if (files === 0)
    return passedOver.length === 0 ? 'There is no file in it.' : 'There is no file in it that could be a log.';
  if (imported === 0) return 'Everything was in already, so nothing changed.';
  return `Imported: ${formatInteger(imported)} of ${pluralize(files, 'file')}, ${formatBytes(sentBytes)} sent.`;
}
