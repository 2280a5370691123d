import type { z } from 'zod';

const notOurs = 'it is not a cursor that this list gave out';

/** A cursor that no list of this kind has given out. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** The place where a page ended, as the text that clients send back. */
export function encodeCursor(place: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Reads a cursor back. Throws `BadCursor` when it is not of the form `place`. */
export function decodeCursor<P extends z.ZodType>(cursor: string, place: P): z.output<P> {
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new BadCursor(notOurs);
  }
  const result = place.safeParse(decoded);
  if (!result.success) throw new BadCursor(notOurs);
  return result.data;
}
