/**
 * Returns Dendro's own words for a failure, the only part of an error on the server that reaches the browser: its
 * `digest`, with a code before the message (`lib/store/trouble.ts`). Null for any other failure, whose digest is one of
 * Next's numbers.
 */
export function troubleOf(error: unknown): string | null {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : '';
  return /^[a-z_]+: (.+)$/s.exec(digest)?.[1] ?? null;
}
