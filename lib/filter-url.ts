import type { Filter } from './filters.ts';

/*
 * The filter as the browser needs it: its keys and its URL form, without the schema. Whatever runs on the server parses with `lib/filters.ts`.
 */

export const threadKinds = ['user', 'subagent', 'guardian', 'other'] as const;
export type ThreadKind = (typeof threadKinds)[number];

export const timeKeys = ['from', 'to'] as const satisfies ReadonlyArray<keyof Filter>;
export const listKeys = ['threadKind', 'model', 'client', 'codexVersion', 'importId'] as const satisfies ReadonlyArray<keyof Filter>;
export const filterKeys = [...timeKeys, ...listKeys] as const satisfies ReadonlyArray<keyof Filter>;
export type FilterKey = (typeof filterKeys)[number];

/** The URL form of a filter, which `parseFilter` reads back: ISO times, and one pair for each value of a list. An empty filter has no pairs. */
export function filterToSearchParams(filter: Filter): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const key of timeKeys) {
    const time = filter[key];
    if (time !== undefined) parameters.set(key, new Date(time).toISOString());
  }
  for (const key of listKeys) for (const value of filter[key] ?? []) parameters.append(key, value);
  return parameters;
}
