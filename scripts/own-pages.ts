import { pathSegment } from '../lib/path-segment.ts';
import { summary } from '../lib/queries/summary.ts';
import { threadList } from '../lib/queries/threads.ts';
import type { Reader } from '../lib/store/store.ts';

/** From so many events on, a page whose answers nobody has asked for yet takes noticeably longer than one whose answers are kept. */
const manyEvents = 100_000;
/** The JavaScript engine makes code fast only after it has run a few times. */
const rounds = 4;
const paths = ['/', '/threads', '/compactions', '/hooks', '/guardian', '/quality', '/imports'];

/**
 * Asks for each page, and for that of the root of the largest tree, as a browser would, so that their code is loaded and fast and their answers are kept when the
 * first person comes. Small stores do not need it. Rejects when the server does not answer, and at once when `signal` is aborted.
 */
export async function askOwnPages({ address, token, store }: { readonly address: string; readonly token: string | null; readonly store: Reader }, signal: AbortSignal): Promise<void> {
  const { events } = await summary(store, {});
  if (events.total < manyEvents) return;
  const { threads } = await threadList(store, {}, { sort: '-subtreeSize', limit: 1 });
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  for (let round = 0; round < rounds; round++) {
    for (const path of [...paths, ...threads.map(({ threadId }) => `/threads/${pathSegment(threadId)}`)]) {
      const response = await fetch(address + path, { headers, signal });
      await response.text();
    }
  }
}
