import type { KnownLog } from '../../known-logs.ts';
import { strangers } from '../strangers.ts';
import { ByteSource } from './byte-source.ts';
import { decompress } from './decompress.ts';
import { UnpackFailure } from './failure.ts';
import { UnpackMeter, type UnpackLimits } from './meter.ts';
import { packingOf, type Packing } from './recognise.ts';
import { tarEntries, type TarEntry } from './tar.ts';
import { zipEntries, type ZipEntry } from './zip.ts';

export const passedOverReasons = [
  'directory',
  'link',
  'special',
  'empty',
  'resource_file',
  'encrypted',
  'unsupported',
  'archive_in_archive',
  'packed_too_deep',
  'path_too_long',
  'sqlite_database',
] as const;
/**
 * Why an entry of an archive is no log: a folder; a link; a device, a sparse file or the like; without bytes; a file
 * that macOS adds to archives; locked with a password; compressed in an unknown way; an archive itself; compressed more
 * than three times; a path beyond 4,096 characters; a database.
 */
export type PassedOverReason = (typeof passedOverReasons)[number];

/**
 * An entry of the sent bytes. `path` is the entry's path as its archive says it, never to be used as the name of a
 * file; null when the bytes are the log itself, plain or only compressed. A `known` log comes without its bytes.
 */
export type Contained =
  | { readonly kind: 'log'; readonly path: string | null; readonly bytes: AsyncIterable<Uint8Array> }
  | ({ readonly kind: 'known'; readonly path: string } & KnownLog)
  | { readonly kind: 'passed_over'; readonly path: string; readonly reason: PassedOverReason };

const longestPath = 4096;
/** A compressed log in a compressed archive has two; nobody means more than three. */
const mostCompressions = 3;

interface Opened {
  readonly packing: Packing;
  readonly source: ByteSource;
}

/** Removes all compression, up to the limit. */
async function open(bytes: ByteSource, meter: UnpackMeter): Promise<Opened> {
  let source = bytes;
  for (let layers = 0; ; layers++) {
    const packing = await packingOf(source);
    if ((packing !== 'gzip' && packing !== 'zstd') || layers === mostCompressions) return { packing, source };
    source = new ByteSource(decompress(source, packing, meter));
  }
}

/** Returns why an opened entry is no log, or null. */
function strangeness(packing: Packing): PassedOverReason | null {
  if (packing === 'plain') return null;
  if (packing === 'tar' || packing === 'zip') return 'archive_in_archive';
  if (packing === 'sqlite') return 'sqlite_database';
  return packing === 'gzip' || packing === 'zstd' ? 'packed_too_deep' : 'unsupported';
}

function reasonOf({ kind, path, size }: Pick<TarEntry | ZipEntry, 'kind' | 'path' | 'size'>): PassedOverReason | null {
  if (path.length > longestPath) return 'path_too_long';
  if (kind !== 'file') return kind;
  if (/(?:^|\/)(?:__MACOSX\/|\._|\.DS_Store$)/.test(path)) return 'resource_file';
  return size === 0 ? 'empty' : null;
}

async function* contentsOf(entries: AsyncIterable<TarEntry | ZipEntry>, meter: UnpackMeter): AsyncGenerator<Contained> {
  for await (const entry of entries) {
    meter.addEntry();
    const path = entry.path.slice(0, longestPath);
    if ('known' in entry && entry.known !== null) {
      yield { kind: 'known', path, ...entry.known };
      continue;
    }
    const reason = reasonOf(entry);
    if (reason !== null) {
      yield { kind: 'passed_over', path, reason };
      continue;
    }
    const { packing, source } = await open(new ByteSource(entry.bytes), meter);
    const strange = strangeness(packing) ?? ((await source.isEmpty()) ? 'empty' : null);
    yield strange === null ? { kind: 'log', path, bytes: source } : { kind: 'passed_over', path, reason: strange };
    await source.close();
  }
}

/**
 * Returns the logs in `bytes`, one by one: gzip and zstd (concatenated too), .zip, .tar, both compressed again.
 * Recognised by content alone; plain bytes pass through unchanged. Read each log's bytes before asking for the next:
 * unread bytes are skipped. Archives inside archives are not opened. Memory is bounded whatever is sent; a .zip is kept
 * in a file in `folder` while it is read.
 *
 * Throws `UnpackFailure` where unpacking must end, here or while a log's bytes are read. In the latter case, if only
 * that entry is damaged, go on to get the entries after it. Failures of `bytes` itself are thrown unchanged.
 */
export async function* unpack(
  bytes: AsyncIterable<Uint8Array>,
  limits: UnpackLimits,
  folder: string,
): AsyncGenerator<Contained> {
  const sent = new ByteSource(bytes);
  const meter = new UnpackMeter(limits, () => sent.received);
  let opened: Opened | null = null;
  try {
    opened = await open(sent, meter);
    const { packing, source } = opened;
    if (packing === 'tar') yield* contentsOf(tarEntries(source), meter);
    else if (packing === 'zip') yield* contentsOf(zipEntries(source, meter, folder), meter);
    else if (packing === 'plain') yield { kind: 'log', path: null, bytes: source };
    else if (packing === 'gzip' || packing === 'zstd')
      throw new UnpackFailure(
        'packed_too_deep',
        `The file is compressed more than ${mostCompressions} times. Unpack it first.`,
      );
    else if (packing === 'sqlite') throw new UnpackFailure('sqlite_database', strangers.sqlite_database);
    else
      throw new UnpackFailure(
        'unsupported_archive',
        `The file is packed as ${packing}: unpack it, or pack it as gzip, zstd, zip or tar.`,
      );
  } finally {
    await opened?.source.close();
    await sent.close();
  }
}
