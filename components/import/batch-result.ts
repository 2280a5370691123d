import { bytes, counted, whole } from '@/components/formats';
import type { BatchImport } from './items';

/** What came of a batch, in a sentence or three. */
export function batchResult({ state, files, passedOver, counts: { doneFiles, sentBytes, imported } }: BatchImport): string {
  const unsent = counted(files - doneFiles, 'file');
  if (state.kind === 'cancelled') return `Cancelled. What was in by then stays; ${unsent} did not come in.`;
  if (state.kind === 'broken') return `Dendro could not be reached any more. What was in by then stays; ${unsent} did not come in. Is Dendro still running? Drop it again: what is in already is not sent again.`;
  if (files === 0) return passedOver.length === 0 ? 'There is no file in it.' : 'There is no file in it that could be a log.';
  if (imported === 0 && sentBytes === 0) return 'Everything was in already, so nothing was sent.';
  return `Imported: ${whole(imported)} of ${counted(files, 'file')}, ${bytes(sentBytes)} sent.`;
}
