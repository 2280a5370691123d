import { sourcesOf } from '../sources.ts';

/** The kinds of log that a thread or a turn is known from. */
export const knownFrom = ['analytics', 'rollout', 'both', 'neither'] as const;

const words: Readonly<Record<(typeof knownFrom)[number], string>> = { analytics: 'analytics', rollout: 'rollout', both: 'analytics rollout', neither: '' };
/** One of `knownFrom`, for a row of `threads` or `turns`. */
export const knownFromColumn = (row: string): string => `CASE ${sourcesOf(row)} ${knownFrom.map((each) => `WHEN '${words[each]}' THEN '${each}'`).join(' ')} END`;
