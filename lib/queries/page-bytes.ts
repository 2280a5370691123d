/**
 * The most bytes of JSON, about, in an answer that lists things: a page ends early rather than grow with the content of
 * a log.
 */
export const mostAnswered = 8 << 20;

/**
 * The most bytes of JSON of one list on a page: ordinary records are far below it, and a page shows each of their texts
 * several times.
 */
export const mostOnPage = 100_000;

/**
 * Returns the first items that fit in this many bytes of JSON, and always at least one: an empty page would lead
 * nowhere.
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
