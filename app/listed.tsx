import 'server-only';
import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/notice';
import { TextLink } from '@/components/ui/text-link';
import { BadCursor } from '@/lib/queries/cursor.ts';

/**
 * A page of a list, or what to do when the place in the address is not one that the list gave out. `start` is the
 * address of its beginning.
 */
export async function listed(start: string, render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof BadCursor)) throw error;
    return (
      <Notice kind="error" title="The address names a place in this list that does not exist.">
        <p>The list does not go on from there: {error.message}.</p>
        <p>
          <TextLink href={start}>Show the list from its beginning</TextLink>
        </p>
      </Notice>
    );
  }
}
