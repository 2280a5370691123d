/** As many as keep the server reading while it stores: it stores one import at a time. */
const lanes = 3;

/** Does the work of each item, a few at a time, in their order. It rejects as soon as one does. */
export async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  // Every lane takes the next item from the same iterator.
  const left = items.values();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (const item of left) await work(item);
  }));
}
