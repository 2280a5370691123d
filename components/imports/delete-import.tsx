'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import dynamic from 'next/dynamic';
import { Button } from '@/components/ui/button';

const DeleteQuestion = dynamic(async () => (await import('./delete-question')).DeleteQuestion, { ssr: false });

/** Takes an import out, after asking. */
export function DeleteImport({ id, name, events, then }: { readonly id: string; readonly name: string; readonly events: number; readonly then?: string }) {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [open, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  const deleted = (): void => {
    setOpen(false);
    startTransition(() => {
      if (then !== undefined) router.push(then);
      router.refresh();
    });
  };
  return (
    <>
      <Button disabled={pending} aria-haspopup="dialog" aria-label={`Delete ${name}`} onClick={() => { setAsked(true); setOpen(true); }}>Delete…</Button>
      {asked ? <DeleteQuestion id={id} name={name} events={events} open={open} onClose={() => setOpen(false)} onDeleted={deleted} /> : null}
    </>
  );
}
