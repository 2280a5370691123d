/**
 * No answer that lists things is much larger, in bytes of JSON: a page ends early rather than grow with what a log
 * holds.
 */
export const mostAnswered = 8 << 20;

/**
 * Of one list on a page, in bytes of JSON: ordinary records are far below it, and a page shows each of their texts
 * several times.
 */
export const mostOnPage = 100_000;

/**
 * As many of these, from the first on, as come to at most so many bytes of JSON, and always the first: a page that
 * showed none would lead nowhere.
 */
export function firstWithin<T>(
  items: readonly T[],
  bytes: number,
  sizeOf: (item: T) => number = (item) => Buffer.byteLength(JSON.stringify(item)),
): T[] {
  let left = bytes;
  const beyond = items.findIndex((item, index) => {
    left -= sizeOf(item);
    return left < 0 && index > 0;
  });
  return beyond === -1 ? [...items] : items.slice(0, beyond);
}
