'use client';

import { Drawer } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconFileImport, IconFolder } from '@tabler/icons-react';
import { useRef, type ChangeEvent } from 'react';
import { Button } from '@/components/ui/button';
import { chosenIn } from './found';
import { ImportList } from './import-list';
import { importQueue } from './queue';
import classes from './import.module.css';

/** Shows the drawer where the user chooses logs and sees their progress. */
export function ImportDrawer({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  // Mantine returns the focus on closing only if it has seen the drawer closed before.
  const mounted = useMounted();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    importQueue.add(chosenIn([...(event.currentTarget.files ?? [])]));
    // The same file can be chosen again.
    event.currentTarget.value = '';
  };
  return (
    <Drawer
      opened={mounted && open}
      onClose={onClose}
      position="right"
      size="30rem"
      title="Import logs"
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{
        title: classes.drawerTitle ?? '',
        content: classes.drawer ?? '',
        header: classes.drawerHeader ?? '',
      }}
    >
      <div className={classes.choose}>
        <input ref={files} type="file" multiple hidden onChange={choose} aria-label="Log files" />
        {/* React does not declare this attribute; every browser knows it. */}
        <input ref={folder} type="file" hidden onChange={choose} aria-label="Log folder" {...{ webkitdirectory: '' }} />
        <div className={classes.choices}>
          <Button look="primary" onClick={() => files.current?.click()} data-autofocus>
            <IconFileImport size={16} stroke={1.75} aria-hidden="true" />
            Choose files…
          </Button>
          <Button onClick={() => folder.current?.click()}>
            <IconFolder size={16} stroke={1.75} aria-hidden="true" />
            Choose a folder…
          </Button>
        </div>
        <p className={classes.hint}>
          Or drop files and folders, such as <code>~/.codex/sessions</code>, anywhere on the page. Dendro reads
          rollouts, analytics events in any form, collector text logs and HAR files, plain, compressed or in an archive.
        </p>
      </div>
      <ImportList onFollow={onClose} />
    </Drawer>
  );
}
