import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { UnpackFailure } from './failure.ts';
import type { UnpackLimits } from './meter.ts';
import { unpack } from './unpack.ts';
import { knownLogText } from '../../known-logs.ts';
import { tarOf } from '../../../components/import/tar.ts';

const samples = new URL('samples/', import.meta.url);
const sample = (name: string): Promise<Buffer> => readFile(new URL(name, samples));
const folder = await mkdtemp(path.join(tmpdir(), 'unpack-'));
after(() => rm(folder, { recursive: true }));

const [first, second] = [await sample('first.jsonl'), await sample('second.jsonl')];
const generous: UnpackLimits = { unpackedBytes: 1 << 30, ratio: 300, entries: 100 };
const longName =
  'rollout-2026-11-22T11-58-27-with-a-name-that-is-longer-than-one-hundred-characters-which-only-extensions-can-say.jsonl';

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Keeps failure messages short. */
const named = (text: string): string => text.replace(String(first), 'FIRST').replace(String(second), 'SECOND');
type Found = readonly [path: string | null, content: string];
/**
 * Returns the text of each log in `bytes`, or the reason why an entry is none; the failure of a log follows its text.
 */
async function contents(bytes: Uint8Array, limits = generous): Promise<Found[]> {
  const found: Found[] = [];
  try {
    for await (const contained of unpack(inPieces(bytes), limits, folder)) {
      if (contained.kind !== 'log') {
        found.push([contained.path, contained.kind === 'known' ? knownLogText(contained) : contained.reason]);
        continue;
      }
      let text = '';
      try {
        for await (const piece of contained.bytes) text += Buffer.from(piece).toString('latin1');
      } catch (error) {
        text += `!${error instanceof UnpackFailure ? error.code : String(error)}`;
      }
      found.push([contained.path, named(Buffer.from(text, 'latin1').toString())]);
    }
  } catch (error) {
    found.push([null, `!!${error instanceof UnpackFailure ? error.code : String(error)}`]);
  }
  assert.deepEqual(await readdir(folder), []);
  return found;
}
const sorted = (found: readonly Found[]): readonly Found[] =>
  found.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));

test('plain bytes are the log itself, and are not copied', async () => {
  assert.deepEqual(await contents(first), [[null, 'FIRST']]);
  assert.deepEqual(await contents(Buffer.from('PK')), [[null, 'PK']]);
  assert.deepEqual(await contents(new Uint8Array()), [[null, '']]);
  for await (const contained of unpack(inPieces(first), generous, folder)) {
    assert.equal(contained.kind, 'log');
    if (contained.kind === 'log')
      for await (const piece of contained.bytes) assert.equal(piece.buffer === first.buffer, true);
  }
});

test('gzip and zstd, with several members or frames, and one in the other', async () => {
  assert.deepEqual(await contents(await sample('two-members.gz')), [[null, 'FIRSTSECOND']]);
  assert.deepEqual(await contents(await sample('two-frames.zst')), [[null, 'FIRSTSECOND']]);
  const skippable = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  assert.deepEqual(
    await contents(Buffer.concat([skippable, zstdCompressSync(first), skippable, zstdCompressSync(second), skippable])),
    [[null, 'FIRSTSECOND']],
  );
  assert.deepEqual(await contents(gzipSync(zstdCompressSync(first))), [[null, 'FIRST']]);
  assert.deepEqual(await contents(Buffer.concat([gzipSync(first), Buffer.alloc(3000)])), [[null, 'FIRST']]);
  assert.deepEqual(await contents(gzipSync(gzipSync(gzipSync(gzipSync(first))))), [[null, '!!packed_too_deep']]);
});

const tree = (longPath: string): readonly Found[] =>
  sorted([
    ['sessions/', 'directory'],
    ['sessions/2026/', 'directory'],
    ['sessions/2026/11/', 'directory'],
    ['sessions/2026/11/22/', 'directory'],
    ['sessions/2026/11/22/empty.jsonl', 'empty'],
    ['sessions/2026/11/22/first.jsonl', 'FIRST'],
    ['sessions/2026/11/22/inner.tar', 'archive_in_archive'],
    ['sessions/2026/11/22/link.jsonl', 'link'],
    ['sessions/2026/11/22/né 東京.jsonl', 'FIRST'],
    ['sessions/2026/11/22/packed.jsonl.gz', 'FIRST'],
    ['sessions/2026/11/22/packed.jsonl.zst', 'SECOND'],
    [longPath, 'SECOND'],
    ['__MACOSX/', 'directory'],
    ['__MACOSX/sessions/', 'directory'],
    ['__MACOSX/sessions/._first.jsonl', 'resource_file'],
  ]);

test('tar as GNU, pax and ustar write it: each entry, with what is passed over', async () => {
  const expected = tree(`sessions/2026/11/22/${longName}`);
  assert.deepEqual(sorted(await contents(await sample('gnu.tar.gz'))), expected);
  assert.deepEqual(sorted(await contents(await sample('pax.tar.zst'))), expected);
  assert.deepEqual(await contents(gunzipSync(await sample('ustar.tar.gz'))), [
    ['first.jsonl', 'FIRST'],
    ['second.jsonl', 'SECOND'],
  ]);
});

test('tar archives one behind the other are all read', async () => {
  const tar = gunzipSync(await sample('ustar.tar.gz'));
  assert.deepEqual((await contents(Buffer.concat([tar, tar]))).length, 4);
});

test('zip as Info-ZIP and Python write it, streamed and zip64', async () => {
  assert.deepEqual(sorted(await contents(await sample('info-zip.zip'))), tree(`sessions/2026/11/22/${longName}`));
  const two = [
    ['deflated.jsonl', 'FIRST'],
    ['stored.jsonl', 'SECOND'],
  ];
  assert.deepEqual(await contents(await sample('streamed.zip')), two);
  assert.deepEqual(await contents(await sample('zip64.zip')), two);
  assert.deepEqual(await contents(gzipSync(await sample('zip64.zip'))), two);
});

test('what cannot be opened in a zip is named, and the rest is read', async () => {
  assert.deepEqual(await contents(await sample('encrypted.zip')), [
    ['first.jsonl', 'encrypted'],
    ['second.jsonl', 'SECOND'],
  ]);
  assert.deepEqual(await contents(await sample('bzip2.zip')), [
    ['bzip2.jsonl', 'unsupported'],
    ['../../outside.jsonl', 'SECOND'],
  ]);
});

test('other ways of packing are refused by name', async () => {
  assert.deepEqual(await contents(Buffer.from('\xfd7zXZ\0\0\x04', 'latin1')), [[null, '!!unsupported_archive']]);
  assert.deepEqual(await contents(Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1')), [
    [null, '!!unsupported_archive'],
  ]);
});

test('a log may be left before its end, and the reading of all of them too', async () => {
  const seen: (string | null)[] = [];
  let closed = false;
  async function* tarFile(): AsyncGenerator<Uint8Array> {
    try {
      yield* inPieces(await sample('gnu.tar.gz'), 100);
    } finally {
      closed = true;
    }
  }
  for await (const contained of unpack(tarFile(), generous, folder)) {
    if (contained.kind !== 'log') continue;
    seen.push(contained.path);
    if (seen.length === 1) continue;
    for await (const piece of contained.bytes) if (piece.length > 0) break;
    if (seen.length === 3) break;
  }
  assert.equal(seen.length, 3);
  assert.equal(closed, true);
  for await (const contained of unpack(inPieces(await sample('info-zip.zip')), generous, folder)) {
    if (contained.kind === 'log') for await (const _ of contained.bytes) break;
    if (contained.path?.endsWith('first.jsonl')) break;
  }
  assert.deepEqual(await readdir(folder), []);
});

test('a gzip file with anything behind it gives its data, then the failure, in whatever pieces it comes', async () => {
  const behind = [
    'junk',
    'x',
    '\n',
    '\x1f',
    '\x1f\x8b',
    '\x1f\x8b\x08',
    '\0\0\0junk',
    `\x1f\x8b\x08\0${'\x07'.repeat(300)}`,
    'a'.repeat(200_000),
  ];
  for (const junk of behind) {
    const packed = Buffer.concat([gzipSync(first), gzipSync(second), Buffer.from(junk, 'latin1')]);
    assert.deepEqual(await contents(packed), [[null, 'FIRSTSECOND!damaged_compression']], junk.slice(0, 20));
  }
});

test('the optional fields of a gzip header are passed over', async () => {
  const member = gzipSync(first);
  const header = Buffer.concat([
    member.subarray(0, 3),
    Buffer.from([4 | 8 | 16 | 2]),
    member.subarray(4, 10),
    Buffer.from('\x03\0abcname\0a comment\0\x01\x02', 'latin1'),
  ]);
  assert.deepEqual(await contents(Buffer.concat([header, member.subarray(10)])), [[null, 'FIRST']]);
});

/** The sample with the method and the encryption flag of its first entry changed in the directory. */
async function zipWith(method: number, encrypted: boolean): Promise<Buffer> {
  const zip = Buffer.from(await sample('zip64.zip'));
  const entry = zip.indexOf('PK\x01\x02', 0, 'latin1');
  zip.writeUInt16LE(zip.readUInt16LE(entry + 8) | (encrypted ? 1 : 0), entry + 8);
  zip.writeUInt16LE(method, entry + 10);
  return zip;
}

test('entries of a zip that are encrypted or compressed in unknown ways are named, and the others are read', async () => {
  for (const method of [9, 12, 14, 95, 97, 98, 12345])
    assert.deepEqual(
      await contents(await zipWith(method, false)),
      [
        ['deflated.jsonl', 'unsupported'],
        ['stored.jsonl', 'SECOND'],
      ],
      String(method),
    );
  for (const method of [8, 93, 99])
    assert.deepEqual(
      await contents(await zipWith(method, true)),
      [
        ['deflated.jsonl', 'encrypted'],
        ['stored.jsonl', 'SECOND'],
      ],
      String(method),
    );
});

test('a database and what lies beside it are named, alone and in an archive', async () => {
  for (const magic of ['SQLite format 3\0', '\x37\x7f\x06\x82', '\x18\xe2\x2d\0'])
    assert.deepEqual(await contents(Buffer.from(`${magic}rest`, 'latin1')), [[null, '!!sqlite_database']]);
});

test('an empty entry can name a known log, with a short path, with a long path, and among files', async () => {
  const known = { bytes: 1234, sha256: 'ab'.repeat(32) };
  const file = new Blob(['a\n']);
  const named = { file: new Blob(['x'.repeat(known.bytes)]), sha256: known.sha256 };
  const long = `${'folder/'.repeat(30)}b.jsonl`;
  const { archive, contentBytes } = tarOf([
    { path: 'a.jsonl', ...named },
    { path: 'c.jsonl', file },
    { path: long, ...named },
  ]);
  assert.equal(contentBytes, file.size);
  assert.deepEqual(await contents(new Uint8Array(await archive.arrayBuffer())), [
    ['a.jsonl', knownLogText(known)],
    ['c.jsonl', 'a\n'],
    [long, knownLogText(known)],
  ]);
});
