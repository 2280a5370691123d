import type { Reader } from '../lib/store/store.ts';

/** From so many events on, a page whose answers nobody has asked for yet takes noticeably longer than one whose answers are kept. */
const manyEvents = 100_000;
/** The JavaScript engine makes code fast only after it has run a few times. */
const rounds = 4;
const paths = ['/', '/threads', '/compactions', '/hooks', '/guardian', '/quality', '/imports'];

/**
 * Asks for each page as a browser would, so that its code is loaded and fast and its answers are kept when the first person comes. Small stores do not need it. It stops
 * between two pages when `signal` is aborted.
 */
export async function askOwnPages(address: string, token: string | null, ledgers: Reader, signal: AbortSignal): Promise<void> {
  const [row] = await ledgers.rows('SELECT count(*) AS events, any_value(thread_id) AS thread FROM logged_events');
  if (Number(row?.events) < manyEvents) return;
  for (let round = 0; round < rounds; round++) {
    for (const path of [...paths, `/threads/${encodeURIComponent(String(row?.thread))}`]) {
      if (signal.aborted) return;
      const response = await fetch(address + path, token === null ? {} : { headers: { authorization: `Bearer ${token}` } });
      await response.text();
    }
  }
}
