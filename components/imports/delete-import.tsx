'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import dynamic from 'next/dynamic';
import { Button } from '@/components/ui/button';
import type { Deletable } from './delete-question';

const DeleteQuestion = dynamic(async () => (await import('./delete-question')).DeleteQuestion, { ssr: false });

interface DeleteImportsProps {
  readonly imports: readonly Deletable[];
  readonly label: string;
  readonly spoken?: string;
  readonly then?: string;
  readonly onDeleted?: () => void;
}

/** Deletes imports after a question. */
export function DeleteImports({ imports, label, spoken, then, onDeleted }: DeleteImportsProps) {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [open, setOpen] = useState(false);
  const [pending, startTransition] = useTransition();
  const deleted = (): void => {
    setOpen(false);
    onDeleted?.();
    startTransition(() => {
      if (then !== undefined) router.push(then);
      router.refresh();
    });
  };
  return (
    <>
      <Button
        disabled={pending}
        aria-haspopup="dialog"
        aria-label={spoken}
        onClick={() => {
          setAsked(true);
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {asked ? (
        <DeleteQuestion imports={imports} open={open} onClose={() => setOpen(false)} onDeleted={deleted} />
      ) : null}
    </>
  );
}

export const DeleteImport = ({ then, ...found }: Deletable & { readonly then?: string }) => (
  <DeleteImports
    imports={[found]}
    label="Delete…"
    spoken={`Delete ${found.name}`}
    {...(then === undefined ? {} : { then })}
  />
);
