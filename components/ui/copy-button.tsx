'use client';

import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { Spoken } from './spoken';
import classes from './copy-button.module.css';

/** Copies `text`; `what` names it for those who cannot see the icon. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { copied, copy } = useClipboard({ timeout: 1500 });
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <button type="button" className={classes.button} title={`Copy ${what}`} onClick={() => copy(text)}>
      <Icon size={13} stroke={1.75} aria-hidden="true" />
      <Spoken>Copy {what}</Spoken>
      <span role="status">
        <Spoken>{copied ? 'Copied' : ''}</Spoken>
      </span>
    </button>
  );
}
