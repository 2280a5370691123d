import { knownLogOf, knownLogRecord, type KnownLog } from '../../known-logs.ts';
import type { ByteSource } from './byte-source.ts';
import { UnpackFailure } from './failure.ts';

/** An entry of a tar archive. `bytes` are those of a file; read them before asking for the next entry. */
export interface TarEntry {
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'link' | 'special';
  readonly size: number;
  /** The log that an empty entry names in place of its bytes; null for any other entry. */
  readonly known: KnownLog | null;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const blockBytes = 512;
/** Long names and pax records of one entry; they are held in memory. */
const mostMetadataBytes = 1 << 20;

const damaged = (what: string): UnpackFailure =>
  new UnpackFailure(
    'damaged_archive',
    `The tar archive ${what} The entries before that were read. Pack or send it again for the rest.`,
  );
const cutOff = (): UnpackFailure => damaged('ends too early: it was cut off.');

const text = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
};

/** A number in octal digits, or in binary when the first bit is set (GNU, sizes beyond 8 GB). */
function numberIn(field: Uint8Array): number {
  const first = field[0] ?? 0;
  if ((first & 0x80) !== 0) return field.subarray(1).reduce((value, byte) => value * 256 + byte, first & 0x7f);
  const digits = text(field).trim();
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? parseInt(digits, 8) : NaN;
}

function hasChecksum(block: Uint8Array): boolean {
  // The field itself counts as eight spaces.
  const sum = block.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
  return numberIn(block.subarray(148, 156)) === sum;
}

/** Tells if a file that begins with `block` is a tar archive: ustar, pax or GNU. */
export const isTarHeader = (block: Uint8Array): boolean =>
  block.length === blockBytes && text(block.subarray(257, 262)) === 'ustar' && hasChecksum(block);

/** The records `length key=value\n` of a pax header. */
function paxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let from = 0; from < bytes.length;) {
    const space = bytes.indexOf(32, from);
    const length = space < 0 ? NaN : Number(Buffer.from(bytes.subarray(from, space)).toString('latin1'));
    if (!Number.isSafeInteger(length) || from + length > bytes.length || from + length <= space)
      throw damaged('has a damaged pax header.');
    const [key = '', ...value] = Buffer.from(bytes.subarray(space + 1, from + length - 1))
      .toString('utf8')
      .split('=');
    records.set(key, value.join('='));
    from += length;
  }
  return records;
}

interface Overrides {
  readonly path: string | null;
  readonly size: number | null;
  readonly isSparse: boolean;
  readonly known: KnownLog | null;
}
const nothing: Overrides = { path: null, size: null, isSparse: false, known: null };

function overridesOf(records: ReadonlyMap<string, string>): Overrides {
  const size = records.get('size');
  return {
    path: records.get('path') ?? null,
    size: size === undefined ? null : Number(size),
    isSparse: [...records.keys()].some((key) => key.startsWith('GNU.sparse.')),
    known: knownLogOf(records.get(knownLogRecord)),
  };
}

const kinds = new Map<string, TarEntry['kind']>([
  ['0', 'file'],
  ['\0', 'file'],
  ['7', 'file'],
  ['1', 'link'],
  ['2', 'link'],
  ['3', 'special'],
  ['4', 'special'],
  ['5', 'directory'],
  ['6', 'special'],
]);

function entryOf(block: Uint8Array, overrides: Overrides): Omit<TarEntry, 'bytes'> {
  const type = String.fromCharCode(block[156] ?? 0);
  const kind = overrides.isSparse ? 'special' : (kinds.get(type) ?? 'special');
  const prefix = block[262] === 0 ? text(block.subarray(345, 500)) : '';
  const name = text(block.subarray(0, 100));
  const path = overrides.path ?? (prefix === '' ? name : `${prefix}/${name}`);
  // Links, devices and directories state a size and have no bytes.
  const size = /[1-6]/.test(type) ? 0 : (overrides.size ?? numberIn(block.subarray(124, 136)));
  if (!Number.isSafeInteger(size) || size < 0) throw damaged('has an entry with an invalid size.');
  const known = kind === 'file' && size === 0 ? overrides.known : null;
  return { path, size, known, kind: kind === 'file' && path.endsWith('/') ? 'directory' : kind };
}

async function takeHeader(source: ByteSource): Promise<Uint8Array> {
  const block = await source.takeAll(blockBytes);
  if (!block) throw (await source.isEmpty()) ? damaged('has no end marker: entries may be missing.') : cutOff();
  return block;
}

async function takeMetadata(source: ByteSource, block: Uint8Array): Promise<Uint8Array> {
  const size = numberIn(block.subarray(124, 136));
  if (!(size <= mostMetadataBytes)) throw damaged(`has a header of more than ${mostMetadataBytes} bytes.`);
  const padded = await source.takeAll(Math.ceil(size / blockBytes) * blockBytes);
  if (!padded) throw cutOff();
  return padded.subarray(0, size);
}

/** Old GNU tar lists the holes of a sparse file in more blocks. */
async function skipSparseMap(source: ByteSource, block: Uint8Array): Promise<void> {
  for (let more = block[156] === 83 ? block[482] : 0; more !== 0;) more = (await takeHeader(source))[504];
}

/**
 * Returns the entries of a tar archive, one by one: ustar, pax and GNU long names, and several archives in one file.
 * Holds only one header in memory. Throws `damaged_archive` after the last good entry. (Tar libraries drop their buffer
 * when the end of an archive is missing, or hold headers of any size.)
 */
export async function* tarEntries(source: ByteSource): AsyncGenerator<TarEntry> {
  let overrides = nothing;
  for (;;) {
    const block = await takeHeader(source);
    if (block.every((byte) => byte === 0)) {
      if (await source.isEmpty()) return;
      continue;
    }
    if (!hasChecksum(block)) throw damaged('has a damaged header.');
    const type = String.fromCharCode(block[156] ?? 0);
    if (type === 'x') overrides = { ...overrides, ...overridesOf(paxRecords(await takeMetadata(source, block))) };
    else if (type === 'L') overrides = { ...overrides, path: text(await takeMetadata(source, block)) };
    else if (type === 'K' || type === 'g') await takeMetadata(source, block);
    else {
      await skipSparseMap(source, block);
      const entry = entryOf(block, overrides);
      overrides = nothing;
      let left = entry.size;
      const rest = async function* (): AsyncGenerator<Uint8Array> {
        while (left > 0) {
          const piece = await source.take(left);
          if (!piece) throw cutOff();
          left -= piece.length;
          yield piece;
        }
      };
      yield { ...entry, bytes: { [Symbol.asyncIterator]: rest } };
      for await (const _ of rest());
      if (!(await source.takeAll(-entry.size & (blockBytes - 1)))) throw cutOff();
    }
  }
}
