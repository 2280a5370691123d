'use client';

import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useState } from 'react';
import { pluralize } from '@/components/formats';
import { remove } from '@/components/api';
import { address } from '@/components/links';
import { Button } from '@/components/ui/button';
import classes from './imports.module.css';

export interface Deletable {
  readonly id: string;
  readonly name: string;
  readonly events: number;
}
interface DeleteQuestionProps {
  readonly imports: readonly Deletable[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Explains what deleting imports does, and deletes them on request. */
export function DeleteQuestion({ imports, open, onClose, onDeleted }: DeleteQuestionProps) {
  const [state, setState] = useState<
    { readonly kind: 'asking' | 'deleting' } | { readonly kind: 'failed'; readonly message: string }
  >({ kind: 'asking' });
  // Mantine returns the focus on closing only if it has seen the question closed before.
  const mounted = useMounted();
  const [first, ...others] = imports;
  const [one, their] = [others.length === 0, others.length === 0 ? 'its' : 'their'];
  const events = imports.reduce((sum, found) => sum + found.events, 0);
  const confirm = async (): Promise<void> => {
    setState({ kind: 'deleting' });
    const answer = await remove(address('/api/imports', { id: imports.map(({ id }) => id) }));
    if (answer.ok) onDeleted();
    else setState({ kind: 'failed', message: answer.error.message });
  };
  return (
    <Modal
      opened={mounted && open}
      onClose={onClose}
      title={`Delete ${first !== undefined && others.length === 0 ? first.name : pluralize(imports.length, 'import')}?`}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ title: classes.questionTitle ?? '' }}
    >
      <p>
        This removes {their} {pluralize(events, 'event')} and rejected lines from Dendro. Data that another import also
        contains stays. Files on your disk are not changed.
      </p>
      {state.kind === 'failed' ? (
        <p role="alert" className={classes.failed}>
          {state.message}
        </p>
      ) : null}
      <p className={classes.answers}>
        <Button onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          look="danger"
          disabled={state.kind === 'deleting'}
          onClick={() => {
            void confirm();
          }}
        >
          {state.kind === 'deleting' ? 'Deleting…' : one ? 'Delete import' : 'Delete imports'}
        </Button>
      </p>
    </Modal>
  );
}
