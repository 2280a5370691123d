import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { ByteSource } from './byte-source.ts';
import { decompress, type Compression } from './decompress.ts';
import { UnpackFailure } from './failure.ts';
import type { UnpackMeter } from './meter.ts';

/** An entry of a zip archive. `bytes` are those of a file, unpacked; read them before asking for the next entry. */
export interface ZipEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'encrypted' | 'unsupported';
  readonly size: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const compressions = new Map<number, Compression | null>([
  [0, null],
  [8, 'deflate'],
  [93, 'zstd'],
]);
const utf8Flag = 0x800;
const [unix, fileType, symbolicLink] = [3, 0o170000, 0o120000];

const damaged = (what: string, error?: unknown): UnpackFailure =>
  new UnpackFailure(
    'damaged_archive',
    `${what}${error instanceof Error ? ` (${error.message})` : ''} Pack or send it again.`,
  );

/** Many tools write UTF-8 without the flag; other encodings hardly ever look like it. */
const nameOf = ({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string =>
  getFileNameLowLevel(generalPurposeBitFlag | (isUtf8(fileNameRaw) ? utf8Flag : 0), fileNameRaw, extraFields, false);

function kindOf(entry: Entry, name: string): ZipEntry['kind'] {
  if (name.endsWith('/')) return 'directory';
  if (entry.versionMadeBy >> 8 === unix && ((entry.externalFileAttributes >>> 16) & fileType) === symbolicLink)
    return 'link';
  if (entry.isEncrypted()) return 'encrypted';
  return compressions.has(entry.compressionMethod) ? 'file' : 'unsupported';
}

async function* packedBytes(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of await zip.openReadStreamPromise(entry, { decodeFileData: false }))
      if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    throw damaged('An entry of the zip archive cannot be read.', error);
  }
}

/** Stored entries count as unpacked too: several may share the same bytes. */
async function* stored(packed: ByteSource, meter: UnpackMeter): AsyncGenerator<Uint8Array> {
  let given = 0;
  for await (const piece of packed) {
    given += piece.length;
    meter.addUnpacked(piece.length, given, given);
    yield piece;
  }
}

/** Returns the bytes of a file; checks the size and the checksum that the archive's directory states. */
async function* fileBytes(zip: ZipFile, entry: Entry, meter: UnpackMeter): AsyncGenerator<Uint8Array> {
  const packed = new ByteSource(packedBytes(zip, entry));
  const compression = compressions.get(entry.compressionMethod) ?? null;
  let [size, checksum] = [0, 0];
  for await (const piece of compression === null ? stored(packed, meter) : decompress(packed, compression, meter)) {
    size += piece.length;
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (size !== entry.uncompressedSize || checksum !== entry.crc32)
    throw damaged('An entry of the zip archive does not match the directory of the archive.');
}

async function* entriesIn(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw damaged('The directory of the zip archive is damaged.', error);
  }
}

/**
 * Returns the entries of a zip archive in the order of its directory. The directory stands at the end, so the bytes
 * first go into a file in `folder`, which is removed at the end. Memory holds one piece of one entry. Stored, deflated
 * and zstd entries, zip64. Throws `damaged_archive`; of a file that is cut off nothing can be read.
 */
export async function* zipEntries(source: ByteSource, meter: UnpackMeter, folder: string): AsyncGenerator<ZipEntry> {
  const file = path.join(folder, `zip-${randomUUID()}`);
  let zip: ZipFile | null = null;
  try {
    await pipeline(source, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    try {
      // Names are decoded here: the library refuses whole archives for names that are unsafe as file names.
      zip = await openPromise(file, { decodeStrings: false, autoClose: false });
    } catch (error) {
      throw damaged('The zip archive has no directory at its end: it was cut off, or is damaged.', error);
    }
    for await (const entry of entriesIn(zip)) {
      const name = nameOf(entry);
      yield {
        path: name,
        kind: kindOf(entry, name),
        size: entry.uncompressedSize,
        bytes: fileBytes(zip, entry, meter),
      };
    }
  } finally {
    zip?.close();
    await rm(file, { force: true });
  }
}
