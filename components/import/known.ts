import { z } from 'zod';
import { get } from '@/components/api';
import { address } from '@/components/links';
import { inLanes } from './lanes';

/** A digest is of the whole file in memory; a larger file costs less to send than to keep. */
export const mostBytes = 64 * 2 ** 20;

/** SHA-256 as the server makes it, in hexadecimal; null for a file that is too large or cannot be read, and where the page's address is not secure. */
async function digestOf(file: File): Promise<string | null> {
  if (!window.isSecureContext || file.size > mostBytes) return null;
  try {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return null;
  }
}

const Known = z.object({ imports: z.array(z.object({ sha256: z.string() })) });

/** At most this many files are asked for at once. */
export const mostAsked = 100;

/** Which of these files are in already, byte for byte. A file of which that cannot be told is not among them. */
export async function knownOf(files: readonly File[], signal: AbortSignal): Promise<ReadonlySet<File>> {
  const digests = new Map<File, string>();
  await inLanes(files, async (file) => {
    const digest = signal.aborted ? null : await digestOf(file);
    if (digest !== null) digests.set(file, digest);
  });
  if (digests.size === 0) return new Set();
  const answer = await get(Known, address('/api/imports', { sha256: [...new Set(digests.values())] }));
  const known = new Set(answer.ok ? answer.value.imports.map(({ sha256 }) => sha256) : []);
  return new Set(files.filter((file) => known.has(digests.get(file) ?? '')));
}
