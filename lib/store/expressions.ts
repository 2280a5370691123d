/*
 * SQL that engines spell differently, in one place. What is not here is in the subset that DuckDB and ClickHouse share.
 */

/** The least value that at least `fraction` of the values do not exceed, so that a quantile of whole numbers is one of them; null when there are none. */
export function quantile(expression: string, fraction: number): string {
  return `quantile_disc(${expression}, ${fraction})`;
}

/** The creation time in ms that a UUIDv7 in `id` holds; null for any other text. */
export function uuidTime(id: string): string {
  return `CASE WHEN length(${id}) = 36 AND substr(${id}, 15, 1) = '7' THEN TRY_CAST('0x' || substr(${id}, 1, 8) || substr(${id}, 10, 4) AS BIGINT) END`;
}

/** The values of all rows as one JSON list in this order; null when there are no rows. Reading many rows one by one takes several times as long. */
export const jsonList = (expression: string, order: string): string => `to_json(list(${expression} ORDER BY ${order}))`;
