'use client';

import { Dropzone } from '@mantine/dropzone';
import { Logo } from '@/components/shell/logo';
import { openImports } from './open';
import { importQueue } from './queue';
import classes from './import.module.css';

/** The whole window takes files. */
export function DropAnywhere() {
  const drop = (files: readonly File[]): void => {
    importQueue.add(files);
    openImports();
  };
  return (
    <Dropzone.FullScreen active onDrop={drop} classNames={{ root: classes.dropzone ?? '', fullScreen: classes.dropScreen ?? '' }} activateOnKeyboard={false} aria-hidden="true">
      <div className={classes.dropWords}><Logo size={40} /><p>Drop the logs to import them.</p></div>
    </Dropzone.FullScreen>
  );
}
