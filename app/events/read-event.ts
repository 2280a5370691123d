import 'server-only';
import { cache } from 'react';
import { eventById } from '@/lib/queries/events.ts';
import { importNames } from '@/lib/queries/imports.ts';
import type { LoggedEvent } from '@/lib/queries/shapes.ts';
import { store } from '../view';

/** Reads an event, once for each request. */
export const readEvent = cache((id: string) => eventById(store(), id));

/** Returns the name of the log that the event came with. */
export async function importNameOf({ importId }: LoggedEvent): Promise<string> {
  return (await importNames(store(), [importId])).get(importId) ?? `import ${importId}`;
}
