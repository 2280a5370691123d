'use client';

import { useState } from 'react';
import { formatInteger } from '@/components/formats';
import { Button } from '@/components/ui/button';
import type { ListedFile } from './items';
import classes from './import.module.css';

/** A page shows at most this many items of a list, however long it is. */
const shown = 100;

/** Shows files with a remark on each; folded, and a hundred at a time when they are many. */
export function ListedFiles({ title, files }: { readonly title: string; readonly files: readonly ListedFile[] }) {
  const [from, setFrom] = useState(0);
  if (files.length === 0) return null;
  const to = Math.min(from + shown, files.length);
  return (
    <details className={classes.rejects} open={files.length <= 5}>
      <summary>{title}</summary>
      <ul className={classes.rejectList} aria-label={title}>
        {files.slice(from, to).map(({ path, code, message }, index) => (
          <li key={from + index}>
            <span className={classes.path}>{path}</span> <code>{code}</code>
            <p>{message}</p>
          </li>
        ))}
      </ul>
      {files.length <= shown ? null : (
        <p className={classes.pager}>
          <Button aria-disabled={from === 0} onClick={() => setFrom(Math.max(from - shown, 0))}>
            Previous
          </Button>
          <span role="status">
            {formatInteger(from + 1)}–{formatInteger(to)} of {formatInteger(files.length)}
          </span>
          <Button
            aria-disabled={to === files.length}
            onClick={() => {
              if (to < files.length) setFrom(to);
            }}
          >
            Next
          </Button>
        </p>
      )}
    </details>
  );
}
