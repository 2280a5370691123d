import 'server-only';
import { cache } from 'react';
import { eventById } from '@/lib/queries/events.ts';
import { importNames } from '@/lib/queries/imports.ts';
import type { LoggedEvent } from '@/lib/queries/shapes.ts';
import { store } from '../view';

/** An event, read once a request. */
export const readEvent = cache((id: string) => eventById(store(), id));

/** The name of the log that it came in with. */
export async function importNameOf({ importId }: LoggedEvent): Promise<string> {
  return (await importNames(store(), [importId])).get(importId) ?? `import ${importId}`;
}
