import { z } from 'zod';

/*
 * A log that is in need not be sent again. A client asks for the digests of the logs that have the sizes of its files;
 * for a file with the same bytes, it sends an empty entry in a tar archive, with a pax record of the size and digest.
 */

/** A log by its size in bytes and the SHA-256 digest of its bytes. */
export const KnownLog = z.object({ bytes: z.int(), sha256: z.string() }).meta({ id: 'KnownLog' });
export type KnownLog = z.output<typeof KnownLog>;

export const KnownLogs = z.object({ logs: z.array(KnownLog) }).meta({ id: 'KnownLogs' });
export type KnownLogs = z.output<typeof KnownLogs>;

/** The most sizes in one call: all must fit in the address. */
export const mostSizesAsked = 500;

/** The key of the pax record. */
export const knownLogRecord = 'DENDRO.log';

/** Returns the value of the pax record. */
export const knownLogText = ({ bytes, sha256 }: KnownLog): string => `${bytes} ${sha256}`;

/** Returns the log that a pax record names, or null. */
export function knownLogOf(text: string | undefined): KnownLog | null {
  const [, bytes, sha256] = /^(\d{1,15}) ([0-9a-f]{64})$/.exec(text ?? '') ?? [];
  return bytes === undefined || sha256 === undefined ? null : { bytes: Number(bytes), sha256 };
}
