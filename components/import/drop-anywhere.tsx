'use client';

import { Portal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Logo } from '@/components/shell/logo';
import { droppedIn } from './found';
import { openImports } from './open';
import { importQueue } from './queue';
import classes from './import.module.css';

/**
 * Accepts files and folders on the whole window. Mantine's drop zone would walk a dropped folder to its end before it
 * says anything, leave some files out without a word, and stay open when a folder is empty.
 */
export function DropAnywhere() {
  const [dragging, setDragging] = useState(false);
  useEffect(() => {
    const whenFiles =
      (take: (event: DragEvent, data: DataTransfer) => void) =>
      (event: DragEvent): void => {
        if (event.dataTransfer?.types.includes('Files') !== true) return;
        // Else the browser would open what is dropped.
        event.preventDefault();
        take(event, event.dataTransfer);
      };
    const listening = new AbortController();
    // React stops events over parts of the page that it has not taken over yet, so they are caught before React sees
    // them.
    const listen = (
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      take: (event: DragEvent, data: DataTransfer) => void,
    ): void => document.addEventListener(type, whenFiles(take), { signal: listening.signal, capture: true });
    listen('dragenter', () => setDragging(true));
    listen('dragover', (_, data) => {
      data.dropEffect = 'copy';
      setDragging(true);
    });
    // Moving from one element to another does not count as leaving.
    listen('dragleave', ({ relatedTarget }) => {
      if (relatedTarget === null) setDragging(false);
    });
    listen('drop', (_, data) => {
      setDragging(false);
      importQueue.add(droppedIn(data));
      openImports();
    });
    return () => listening.abort();
  }, []);
  return (
    <Portal>
      <div className={classes.dropScreen} data-dragging={dragging} aria-hidden="true">
        <div className={classes.dropzone} role="presentation">
          <div className={classes.dropWords}>
            <Logo size={40} />
            <p>Drop logs to import</p>
          </div>
        </div>
      </div>
    </Portal>
  );
}
