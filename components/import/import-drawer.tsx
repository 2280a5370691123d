'use client';

import { Drawer } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconFileImport } from '@tabler/icons-react';
import { useRef, type ChangeEvent } from 'react';
import { Button } from '@/components/ui/button';
import { ImportCard } from './import-card';
import { importQueue, isActive } from './queue';
import { SampleButton } from './sample-button';
import { useImports } from './use-imports';
import classes from './import.module.css';

/** Where logs are chosen, and where one sees what becomes of them. */
export function ImportDrawer({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const jobs = useImports();
  // Mantine gives the focus back on closing only if it has seen the drawer closed before.
  const mounted = useMounted();
  const picker = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>): void => {
    importQueue.add([...(event.currentTarget.files ?? [])]);
    // The same file can be chosen again.
    event.currentTarget.value = '';
  };
  return (
    <Drawer opened={mounted && open} onClose={onClose} position="right" size="30rem" title="Import logs" closeButtonProps={{ 'aria-label': 'Close' }} classNames={{ title: classes.drawerTitle ?? '', content: classes.drawer ?? '', header: classes.drawerHeader ?? '' }}>
      <div className={classes.choose}>
        <input ref={picker} type="file" multiple hidden onChange={choose} aria-label="Log files" />
        <Button look="primary" onClick={() => picker.current?.click()} data-autofocus><IconFileImport size={16} stroke={1.75} aria-hidden="true" />Choose files…</Button>
        <p className={classes.hint}>Or drop them anywhere on the page. Dendro takes analytics logs of Codex: one request body a line, one event a line, or the envelopes of a sink; lines of different forms may mix.</p>
      </div>
      {jobs.length === 0
        ? <p className={classes.hint}>No log at hand? <SampleButton /></p>
        : <ul className={classes.jobs}>{jobs.map((job) => <li key={job.key}><ImportCard job={job} onFollow={onClose} /></li>)}</ul>}
      {jobs.some(({ state }) => !isActive(state)) ? <Button onClick={() => importQueue.clearFinished()}>Clear the finished ones</Button> : null}
    </Drawer>
  );
}
