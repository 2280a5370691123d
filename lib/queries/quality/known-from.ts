/** The kinds of log that a thread or a turn is known from. */
export const knownFrom = ['analytics', 'rollout', 'both', 'neither'] as const;

/** Returns one of `knownFrom`, for a row of `threads` or `turns`. */
export const knownFromColumn = (row: string): string =>
  `CASE WHEN ${row}.in_analytics AND ${row}.in_rollouts THEN 'both' WHEN ${row}.in_analytics THEN 'analytics'
    WHEN ${row}.in_rollouts THEN 'rollout' ELSE 'neither' END`;
