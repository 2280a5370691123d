import { pluralize } from '@/components/formats';
import { batchResult } from './batch-result';
import type { BatchImport, FileImport, ImportItem } from './items';

function spokenFile({ name, state }: FileImport): string {
  if (state.kind === 'running') return `Importing ${name}.`;
  if (state.kind === 'done')
    return state.existing
      ? `${name} is already imported.`
      : `Imported ${name}: ${pluralize(state.result.events.accepted, 'event')} stored, ${pluralize(state.result.lines.rejected, 'line')} rejected.`;
  return state.kind === 'refused'
    ? `Could not import ${name}: ${state.message}`
    : state.kind === 'cancelled'
      ? `Cancelled ${name}.`
      : '';
}

function spokenBatch(batch: BatchImport): string {
  const {
    name,
    state,
    files,
    counts: { existing, passedOver },
  } = batch;
  if (state.kind === 'finding' || state.kind === 'waiting') return '';
  if (state.kind === 'running') return `Importing ${name}: ${pluralize(files, 'file')}.`;
  return `${name}: ${batchResult(batch)} ${pluralize(existing, 'file')} already imported, ${pluralize(passedOver, 'file')} without Codex events.`;
}

/** Returns the announcement for screen readers: beginnings and ends, not every step. */
export const spokenState = (items: readonly ImportItem[]): string =>
  items.map((item) => (item.form === 'file' ? spokenFile(item) : spokenBatch(item))).join(' ');
