import { isObject, type JsonObject } from '../../events/json-object.ts';

/** Fields of payloads, of which any may be missing or of another type. */
export const nothing: JsonObject = {};
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : nothing);
export const countOf = (value: unknown): number | null => (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null);

const lastMillisecond = 8.64e15;
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

const version7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** When a UUIDv7 was made, in ms since the epoch; null for other ids (`schema.md` §2.3). */
export function timeOfId(id: string | null): number | null {
  const [, high, low] = (id === null ? null : version7.exec(id)) ?? [];
  return high === undefined || low === undefined ? null : Number.parseInt(high + low, 16);
}
