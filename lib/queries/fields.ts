import { z } from 'zod';

/*
 * The kinds of fields in the shapes of the API. Each also reads the store's own form of its values, so that a row is
 * checked and shaped in one step.
 */

const iso = z.iso.datetime({ precision: 3 });
/** ISO 8601 UTC with milliseconds; the store has milliseconds since the epoch. */
export const time = z.preprocess((value) => (typeof value === 'number' ? isoTime(value) : value), iso);
/** The same, or null when the time is unknown or its year has more than four digits. */
export const timeOrNull = z.preprocess((value) => (typeof value === 'number' ? isoTime(value) : value), iso.nullable());

/** The times that have an ISO form of four-digit years, in ms since the epoch. */
export const showableTimes = {
  first: Date.parse('0000-01-01T00:00:00Z'),
  last: Date.parse('9999-12-31T23:59:59.999Z'),
} as const;
function isoTime(milliseconds: number): string | null {
  return milliseconds >= showableTimes.first && milliseconds <= showableTimes.last
    ? new Date(milliseconds).toISOString()
    : null;
}

/** A whole number. A sum may be beyond 2⁵³, where it is the nearest number that readers of JSON can hold. */
export const integer = z.number().meta({ type: 'integer' });
export const integerOrNull = integer.nullable();
export const count = z.number().min(0).meta({ type: 'integer' });

/** Words of a kind; the store has them in one text, separated by spaces. */
export const words = <S extends z.ZodType<string>>(word: S) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(' ').filter(Boolean) : value), z.array(word));

/** An id that the store numbers; opaque to clients. */
export const id = z.coerce.string();
export const textOrNull = z.string().nullable();
