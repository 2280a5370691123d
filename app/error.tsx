'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { troubleOf } from '@/components/ui/trouble';

/** A page that failed as a whole; its frame stands. */
export default function PageError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const trouble = troubleOf(error);
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <>
      <PageHeader title="Something went wrong" />
      <Notice kind="error" title="This page could not be made.">
        {trouble === null ? (
          <p>
            Try again; if it fails again, the server’s output says why{digest === null ? '' : ` (reference ${digest})`}.
          </p>
        ) : (
          <p>{trouble}</p>
        )}
        <p>
          <Button onClick={() => retry()}>Try again</Button>
        </p>
      </Notice>
    </>
  );
}
