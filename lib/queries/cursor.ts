import { z } from 'zod';

const notOurs = 'it is not a cursor from this list';

/** Thrown for a cursor that no list of this kind has given out. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** Returns the place where a page ended, as the text that clients send back. */
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

const offset = z.tuple([z.int().min(0)]);

/** Returns the number of records before a page, in a list whose places are numbers of records. Throws `BadCursor`. */
export const offsetOf = ({ cursor }: { readonly cursor?: string | undefined }): number =>
  cursor === undefined ? 0 : decodeCursor(cursor, offset)[0];

/**
 * Returns the cursor of the page after the one that begins at `from`; null when the rest of the list, `found` records,
 * is no more than `limit`.
 */
export const nextOffset = ({
  from,
  limit,
  found,
}: {
  readonly from: number;
  readonly limit: number;
  readonly found: number;
}): string | null => (found > limit ? encodeCursor([from + limit]) : null);
