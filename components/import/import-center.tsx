'use client';

import { IconFileImport } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { counted, share } from '@/components/formats';
import { Button } from '@/components/ui/button';
import { Spoken } from '@/components/ui/spoken';
import { openImports, whenImportsOpen } from './open';
import { isActive, type ImportJob } from './queue';
import { useImports } from './use-imports';

const DropAnywhere = dynamic(async () => (await import('./drop-anywhere')).DropAnywhere, { ssr: false });
const ImportDrawer = dynamic(async () => (await import('./import-drawer')).ImportDrawer, { ssr: false });

/** The import button of the shell, the drawer behind it, and the drop zone that is the whole window. */
export function ImportCenter() {
  const jobs = useImports();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const active = jobs.filter(({ state }) => isActive(state));
  const done = jobs.filter(({ state }) => state.kind === 'done').length;
  const seen = useRef(0);

  useEffect(() => {
    if (done > seen.current) router.refresh();
    seen.current = done;
  }, [done, router]);
  useEffect(() => whenImportsOpen(() => { setWanted(true); setOpen(true); }), []);
  useEffect(() => {
    if (active.length === 0) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active.length]);

  return (
    <>
      <Button look="primary" onClick={openImports} aria-haspopup="dialog">
        <IconFileImport size={16} stroke={1.75} aria-hidden="true" />{active.length > 0 ? `Importing ${progressText(jobs)}` : 'Import'}
      </Button>
      <span role="status"><Spoken>{spokenState(jobs)}</Spoken></span>
      <DropAnywhere />
      {wanted ? <ImportDrawer open={open} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function progressText(jobs: readonly ImportJob[]): string {
  const total = jobs.reduce((sum, { bytes }) => sum + bytes, 0);
  const sent = jobs.reduce((sum, { bytes, state }) => sum + (state.kind === 'waiting' ? 0 : state.kind === 'running' ? state.sentBytes : bytes), 0);
  return share(Math.floor((sent / Math.max(total, 1)) * 100), 100) ?? '';
}

/** What is said aloud: beginnings and ends, not every step. */
function spokenState(jobs: readonly ImportJob[]): string {
  return jobs.map(({ name, state }) => {
    if (state.kind === 'running') return `Importing ${name}.`;
    if (state.kind === 'done') return state.existing ? `${name} was imported before.` : `${name} is imported: ${counted(state.result.events.accepted, 'event')} stored, ${counted(state.result.lines.rejected, 'line')} rejected.`;
    return state.kind === 'refused' ? `${name} was refused: ${state.message}` : state.kind === 'cancelled' ? `${name} was cancelled.` : '';
  }).join(' ');
}
