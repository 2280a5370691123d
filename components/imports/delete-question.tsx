'use client';

import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useState } from 'react';
import { counted } from '@/components/formats';
import { remove } from '@/components/api';
import { Button } from '@/components/ui/button';
import classes from './imports.module.css';

interface DeleteQuestionProps { readonly id: string; readonly name: string; readonly events: number; readonly open: boolean; readonly onClose: () => void; readonly onDeleted: () => void }

/** Says what deleting an import does, and does it when told to. */
export function DeleteQuestion({ id, name, events, open, onClose, onDeleted }: DeleteQuestionProps) {
  const [state, setState] = useState<{ readonly kind: 'asking' | 'deleting' } | { readonly kind: 'failed'; readonly message: string }>({ kind: 'asking' });
  // Mantine gives the focus back on closing only if it has seen the question closed before.
  const mounted = useMounted();
  const confirm = async (): Promise<void> => {
    setState({ kind: 'deleting' });
    const answer = await remove(`/api/imports/${encodeURIComponent(id)}`);
    if (answer.ok) onDeleted();
    else setState({ kind: 'failed', message: answer.error.message });
  };
  return (
    <Modal opened={mounted && open} onClose={onClose} title={`Delete ${name}?`} centered closeButtonProps={{ 'aria-label': 'Close' }} classNames={{ title: classes.questionTitle ?? '' }}>
      <p>Its {counted(events, 'event')}, its rejects and its place in every figure go, as if it had never been imported. What another import holds as well stays, and counts there. The file it came from is not touched.</p>
      {state.kind === 'failed' ? <p role="alert" className={classes.failed}>{state.message}</p> : null}
      <p className={classes.answers}>
        <Button onClick={onClose} data-autofocus>Keep it</Button>
        <Button look="danger" disabled={state.kind === 'deleting'} onClick={() => { void confirm(); }}>{state.kind === 'deleting' ? 'Deleting…' : 'Delete the import'}</Button>
      </p>
    </Modal>
  );
}
