import 'server-only';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { BadCursor } from '@/lib/queries/cursor.ts';

/**
 * A page of a list. For a place that the list did not give out, it says what to do. `start` is the address of the
 * beginning of the list.
 */
export async function listed(start: string, render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    return (
      <Notice kind="error" title="Page not found in this list.">
        <p>Invalid page address: {error.message}.</p>
        <p>
          <TextLink href={start}>Go to the first page</TextLink>
        </p>
      </Notice>
    );
  }
}
