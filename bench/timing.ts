import { setTimeout } from 'node:timers/promises';

/**
 * Returns the value that `share` of all values do not exceed: the nearest rank, so the 95th percentile of 20 is the
 * 19th.
 */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN;
export const median = (values: readonly number[]): number => quantile(values, 0.5);

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/**
 * Starts `work` this many times a second, even when the one before has not ended. Returns the milliseconds from when
 * each was due to when it ended: a server that falls behind does not get fewer requests.
 */
export async function paced(
  perSecond: number,
  seconds: number,
  work: (index: number) => Promise<unknown>,
): Promise<readonly number[]> {
  const start = performance.now();
  const started: Promise<number>[] = [];
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = start + (index * 1000) / perSecond;
    await setTimeout(Math.max(0, due - performance.now()));
    const ended = work(index).then(() => performance.now() - due);
    // A failure is reported below, when all have been started.
    ended.catch(() => undefined);
    started.push(ended);
  }
  return Promise.all(started);
}
