'use client';

import { catchError, type ErrorInfo } from 'next/error';
import { Button } from './button';
import { Notice } from './notice';
import { useOnRevision } from './revision';
import { troubleOf } from './trouble';

function BlockErrorNotice({ what }: { readonly what: string }, { error, retry }: ErrorInfo) {
  const trouble = troubleOf(error);
  useOnRevision(retry);
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <Notice kind="error" title={`Could not load ${what}.`}>
      {trouble === null ? (
        <p>
          The rest of the page is not affected. If it fails again, check the server output
          {digest === null ? '' : ` (reference ${digest})`}.
        </p>
      ) : (
        <p>{trouble}</p>
      )}
      <p>
        <Button onClick={() => retry()}>Try again</Button>
      </p>
    </Notice>
  );
}

/** Keeps the failure of one block of figures inside that block. */
export const BlockError = catchError(BlockErrorNotice);
