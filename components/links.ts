import type { UrlParameters } from '../lib/parameters.ts';
import { pathSegment } from '../lib/path-segment.ts';

/**
 * Returns a page's address with its parameters. Later sets of parameters replace earlier values of the same name, and
 * undefined removes a name.
 */
export function address(path: string, ...sets: readonly UrlParameters[]): string {
  const merged = new Map<string, readonly string[]>();
  for (const set of sets) {
    for (const [name, value] of Object.entries(set)) {
      if (value === undefined) merged.delete(name);
      else merged.set(name, typeof value === 'string' ? [value] : value);
    }
  }
  const query = new URLSearchParams(
    [...merged].flatMap(([name, values]) => values.map((value) => [name, value])),
  ).toString();
  return query ? `${path}?${query}` : path;
}

/** The parameters of pages that hold the place in a list; a page with several lists has one for each. */
const cursorNames = ['cursor', 'unknowns', 'entries', 'imports', 'types', 'repairs', 'repeats'] as const;
export type CursorName = (typeof cursorNames)[number];
/** Starts every list of an address at its first page again. */
export const firstPages: UrlParameters = Object.fromEntries(cursorNames.map((name) => [name, undefined]));

export const threadAddress = (threadId: string, kept: UrlParameters, more: UrlParameters = {}): string =>
  address(`/threads/${pathSegment(threadId)}`, kept, more);
export const turnAddress = (threadId: string, turnId: string, kept: UrlParameters): string =>
  address(`/threads/${pathSegment(threadId)}/turns/${pathSegment(turnId)}`, kept);
export const eventAddress = (eventId: string, kept: UrlParameters): string =>
  address(`/events/${encodeURIComponent(eventId)}`, kept);
/** Returns the API address of a thread's run. An early request must use exactly the same address. */
export const timelineAddress = (threadId: string): string => `/api/threads/${pathSegment(threadId)}/timeline`;
/** Returns the address of the list of events that these parameters select. */
export const eventsAddress = (...sets: readonly UrlParameters[]): string => address('/events', ...sets);
/** Returns the address of the rows behind a figure of the Data quality page. */
export const rowsAddress = (
  rows: 'lines' | 'threads' | 'turns' | 'rejects',
  ...sets: readonly UrlParameters[]
): string => address(`/quality/${rows}`, ...sets);
