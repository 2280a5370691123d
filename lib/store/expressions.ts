/*
 * SQL that engines spell differently, in one place. What is not here is in the subset that DuckDB and ClickHouse share.
 */

/** The least value that at least `fraction` of the values do not exceed, so that a quantile of whole numbers is one of them; null when there are none. */
export function quantile(expression: string, fraction: number): string {
  return `quantile_disc(${expression}, ${fraction})`;
}
