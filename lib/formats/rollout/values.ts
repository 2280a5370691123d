import { isObject, type JsonObject } from '../../events/json-object.ts';
import { lastMillisecond } from '../../events/moments.ts';

/** Fields of payloads: any may be missing or of another type. */
export const nothing: JsonObject = {};
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : nothing);
export const countOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

export const millisecondsOf = (value: unknown): number | null => {
  const milliseconds = countOf(value);
  return milliseconds !== null && milliseconds > 0 && milliseconds <= lastMillisecond ? milliseconds : null;
};
/** Whole seconds since the epoch, in ms. */
export const secondsOf = (value: unknown): number | null => {
  const seconds = countOf(value);
  return seconds === null ? null : millisecondsOf(seconds * 1000);
};
/** A time as text, in ms since the epoch. Without a zone it is UTC. */
export function timeOf(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 64 || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return null;
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(time) || time < 0 ? null : time;
}
