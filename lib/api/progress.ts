import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../ingest/progress.ts';

/** Often enough to show progress, seldom enough to cost nothing. */
const pauseMs = 100;

/** Returns the progress of some work as lines of JSON, and its result as the last line. */
export async function* progressOf(
  work: (onProgress: (progress: Progress) => void) => Promise<unknown>,
): AsyncGenerator<string> {
  let latest: Progress | null = null;
  const finished = new AbortController();
  const result = work((progress) => {
    latest = progress;
  }).finally(() => finished.abort());
  // It is awaited below; this only keeps an early failure from being "unhandled" until then.
  result.catch(() => undefined);
  while (!finished.signal.aborted) {
    await delay(pauseMs, undefined, { signal: finished.signal }).catch(() => undefined);
    if (latest !== null) yield `${JSON.stringify({ progress: latest })}\n`;
    latest = null;
  }
  yield `${JSON.stringify(await result)}\n`;
}
