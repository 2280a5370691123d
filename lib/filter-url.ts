import type { Filter } from './filters.ts';

/*
 * The filter for the browser: its keys in a URL, without the schema. Code on the server parses with `lib/filters.ts`.
 */

export const threadKinds = ['user', 'subagent', 'guardian', 'other'] as const;
export type ThreadKind = (typeof threadKinds)[number];

export const listKeys = ['threadKind', 'model', 'client', 'codexVersion', 'importId'] as const satisfies ReadonlyArray<
  keyof Filter
>;
export const filterKeys = ['from', 'to', ...listKeys] as const satisfies ReadonlyArray<keyof Filter>;
export type FilterKey = (typeof filterKeys)[number];
