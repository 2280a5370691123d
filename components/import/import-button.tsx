'use client';

import { IconFileImport } from '@tabler/icons-react';
import { formatShare } from '@/components/formats';
import { Button } from '@/components/ui/button';
import { Spoken } from '@/components/ui/spoken';
import { isActive, type ImportItem } from './items';
import { openImports } from './open';
import { useImports } from './use-imports';

/** Opens the imports, and shows the progress of running ones. */
export function ImportButton() {
  const items = useImports();
  const active = items.some(({ state }) => isActive(state));
  return (
    <Button look="primary" onClick={openImports} aria-haspopup="dialog">
      <IconFileImport size={16} stroke={1.75} aria-hidden="true" />
      {active ? (
        `Importing ${progressText(items)}`
      ) : (
        <>
          Import<Spoken> logs</Spoken>
        </>
      )}
    </Button>
  );
}

function doneBytes(item: ImportItem): number {
  if (item.form === 'batch') return isActive(item.state) ? item.counts.sentBytes : item.bytes;
  return item.state.kind === 'waiting' ? 0 : item.state.kind === 'running' ? item.state.sentBytes : item.bytes;
}

function progressText(items: readonly ImportItem[]): string {
  const sum = (of: (item: ImportItem) => number): number => items.reduce((total, item) => total + of(item), 0);
  return (
    formatShare(
      Math.floor(
        (sum(doneBytes) /
          Math.max(
            sum(({ bytes }) => bytes),
            1,
          )) *
          100,
      ),
      100,
    ) ?? ''
  );
}
