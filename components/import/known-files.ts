import { get } from '@/components/api';
import { address } from '@/components/links';
import { KnownLogs, mostSizesAsked } from '@/lib/known-logs.ts';
import type { FoundFile } from './judge';

/** The largest file that is hashed, in bytes: hashing holds it in memory. Larger files are always sent. */
const largestHashed = 64 * 2 ** 20;
/** Files that are hashed at the same time. */
const atOnce = 4;

const hexOf = (digest: ArrayBuffer): string =>
  Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Returns the digests of the logs that Dendro has of these sizes. */
async function digestsBySize(sizes: readonly number[]): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const digests = new Map<number, Set<string>>();
  for (let from = 0; from < sizes.length; from += mostSizesAsked) {
    const bytes = sizes.slice(from, from + mostSizesAsked).map(String);
    const answer = await get(KnownLogs, address('/api/known-logs', { bytes }));
    // Without an answer, the files are sent.
    for (const log of answer.ok ? answer.value.logs : []) {
      const others = digests.get(log.bytes) ?? new Set();
      digests.set(log.bytes, others.add(log.sha256));
    }
  }
  return digests;
}

/**
 * Returns the files that Dendro has byte for byte, with their SHA-256 digests: they need not be sent. Hashes only files
 * of the size of a log that is in. Outside a secure context (HTTPS or localhost) the browser cannot hash, and no file
 * is known. Calls `onKnown` with the size of each known file.
 */
export async function knownFiles(
  files: readonly FoundFile[],
  signal: AbortSignal,
  onKnown: (bytes: number) => void,
): Promise<ReadonlyMap<FoundFile, string>> {
  const known = new Map<FoundFile, string>();
  if (!isSecureContext) return known;
  const digests = await digestsBySize([...new Set(files.map(({ file }) => file.size))]);
  const left = files.filter(({ file: { size } }) => digests.has(size) && size <= largestHashed).values();
  const check = async (): Promise<void> => {
    for (const each of left) {
      if (signal.aborted) return;
      const bytes = await each.file.arrayBuffer().catch(() => null);
      if (bytes === null) continue;
      const sha256 = hexOf(await crypto.subtle.digest('SHA-256', bytes));
      if (digests.get(each.file.size)?.has(sha256) !== true) continue;
      known.set(each, sha256);
      onKnown(each.file.size);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, check));
  return known;
}
