'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { ImportButton } from './import-button';
import { ImportStatus } from './import-status';
import { whenImportsOpen } from './open';

const DropAnywhere = dynamic(async () => (await import('./drop-anywhere')).DropAnywhere, { ssr: false });
const ImportDrawer = dynamic(async () => (await import('./import-drawer')).ImportDrawer, { ssr: false });

/**
 * Shows the import button of the shell, the drawer behind it, and the drop zone, which covers the whole window. Only
 * their small parts that show progress follow the queue: it changes many times a second.
 */
export function ImportCenter() {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(
    () =>
      whenImportsOpen(() => {
        setWanted(true);
        setOpen(true);
      }),
    [],
  );
  return (
    <>
      <ImportButton />
      <ImportStatus />
      <DropAnywhere />
      {wanted ? <ImportDrawer open={open} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
