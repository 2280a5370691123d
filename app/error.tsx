'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { useOnRevision } from '@/components/ui/revision';
import { troubleOf } from '@/components/ui/trouble';

/** Shows that a page failed as a whole; its frame stays. */
export default function PageError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const trouble = troubleOf(error);
  useOnRevision(retry);
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <>
      <PageHeader title="Something went wrong" />
      <Notice kind="error" title="Could not load this page.">
        {trouble === null ? (
          <p>If it fails again, check the server output{digest === null ? '' : ` (reference ${digest})`}.</p>
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
