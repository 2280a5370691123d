/*
 * SQL that engines spell differently, in one place. All other SQL is in the subset that DuckDB and ClickHouse share.
 */

/**
 * The least value that at least `fraction` of the values do not exceed, so that a quantile of whole numbers is one of
 * them; null without values.
 */
export function quantile(expression: string, fraction: number): string {
  return `quantile_disc(${expression}, ${fraction})`;
}

/**
 * Returns the values of all rows as one JSON list in this order; null without rows. Reading many rows one by one takes
 * several times as long.
 */
export const jsonList = (expression: string, order: string): string => `to_json(list(${expression} ORDER BY ${order}))`;

/**
 * Limits a sum to a column of the store: 2⁶³ − 1 at most, which 1,025 of the largest numbers in events exceed. Null
 * when it is null.
 */
export const within = (sum: string): string =>
  `coalesce(TRY_CAST(${sum} AS BIGINT), sign(${sum}) * 9223372036854775807)`;
