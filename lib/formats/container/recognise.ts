import type { ByteSource } from './byte-source.ts';
import { isTarHeader } from './tar.ts';

/** How bytes are packed, by their beginning. `plain`: not packed, or in an unknown way. */
export type Packing = 'plain' | 'gzip' | 'zstd' | 'zip' | 'tar' | 'xz' | 'bzip2' | '7z' | 'rar' | 'lz4' | 'sqlite';

const magics: readonly (readonly [Packing, RegExp])[] = [
  ['gzip', /^\x1f\x8b\x08/],
  // A frame, or a skippable frame, which may come first.
  ['zstd', /^(?:\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)/],
  ['zip', /^PK(?:\x03\x04|\x05\x06|\x07\x08)/],
  ['xz', /^\xfd7zXZ\0/],
  ['bzip2', /^BZh[1-9]1AY&SY/],
  ['7z', /^7z\xbc\xaf\x27\x1c/],
  ['rar', /^Rar!\x1a\x07/],
  ['lz4', /^\x04\x22\x4d\x18/],
  // The database, its journal, and the index of that journal.
  ['sqlite', /^(?:SQLite format 3\0|\x37\x7f\x06[\x82\x83]|\x18\xe2\x2d\0)/],
];

/** Looks at the first 512 bytes and leaves them in place. */
export async function packingOf(source: ByteSource): Promise<Packing> {
  const beginning = await source.peek(512);
  const text = Buffer.from(beginning.subarray(0, 16)).toString('latin1');
  return magics.find(([, magic]) => magic.test(text))?.[0] ?? (isTarHeader(beginning) ? 'tar' : 'plain');
}
