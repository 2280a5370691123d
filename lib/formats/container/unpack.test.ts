import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { UnpackFailure } from './failure.ts';
import type { UnpackLimits } from './meter.ts';
import { unpack } from './unpack.ts';

const samples = new URL('samples/', import.meta.url);
const sample = (name: string): Promise<Buffer> => readFile(new URL(name, samples));
const folder = await mkdtemp(path.join(tmpdir(), 'unpack-'));
after(() => rm(folder, { recursive: true }));

const [first, second] = [await sample('first.jsonl'), await sample('second.jsonl')];
const generous: UnpackLimits = { unpackedBytes: 1 << 30, ratio: 300, entries: 100 };
const longName = 'rollout-2026-11-22T11-58-27-with-a-name-that-is-longer-than-one-hundred-characters-which-only-extensions-can-say.jsonl';

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Keeps what a failing test shows short. */
const named = (text: string): string => text.replace(String(first), 'FIRST').replace(String(second), 'SECOND');
type Found = readonly [path: string | null, content: string];
/** What is in `bytes`: the text of each log, or the reason why an entry is none; a failure of one log stands behind its text. */
async function contents(bytes: Uint8Array, limits = generous): Promise<Found[]> {
  const found: Found[] = [];
  try {
    for await (const contained of unpack(inPieces(bytes), limits, folder)) {
      if (contained.kind === 'passed_over') {
        found.push([contained.path, contained.reason]);
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
const sorted = (found: readonly Found[]): readonly Found[] => found.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));

test('plain bytes are the log itself, and are not copied', async () => {
  assert.deepEqual(await contents(first), [[null, 'FIRST']]);
  assert.deepEqual(await contents(Buffer.from('PK')), [[null, 'PK']]);
  assert.deepEqual(await contents(new Uint8Array()), [[null, '']]);
  for await (const contained of unpack(inPieces(first), generous, folder)) {
    assert.equal(contained.kind, 'log');
    if (contained.kind === 'log') for await (const piece of contained.bytes) assert.equal(piece.buffer === first.buffer, true);
  }
});

test('gzip and zstd, with several members or frames, and one in the other', async () => {
  assert.deepEqual(await contents(await sample('two-members.gz')), [[null, 'FIRSTSECOND']]);
  assert.deepEqual(await contents(await sample('two-frames.zst')), [[null, 'FIRSTSECOND']]);
  const skippable = Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  assert.deepEqual(await contents(Buffer.concat([skippable, zstdCompressSync(first), skippable, zstdCompressSync(second), skippable])), [[null, 'FIRSTSECOND']]);
  assert.deepEqual(await contents(gzipSync(zstdCompressSync(first))), [[null, 'FIRST']]);
  assert.deepEqual(await contents(Buffer.concat([gzipSync(first), Buffer.alloc(3000)])), [[null, 'FIRST']]);
  assert.deepEqual(await contents(gzipSync(gzipSync(gzipSync(gzipSync(first))))), [[null, '!!packed_too_deep']]);
});

const tree = (longPath: string): readonly Found[] => sorted([
  ['sessions/', 'directory'], ['sessions/2026/', 'directory'], ['sessions/2026/11/', 'directory'], ['sessions/2026/11/22/', 'directory'],
  ['sessions/2026/11/22/empty.jsonl', 'empty'], ['sessions/2026/11/22/first.jsonl', 'FIRST'], ['sessions/2026/11/22/inner.tar', 'archive_in_archive'],
  ['sessions/2026/11/22/link.jsonl', 'link'], ['sessions/2026/11/22/né 東京.jsonl', 'FIRST'], ['sessions/2026/11/22/packed.jsonl.gz', 'FIRST'],
  ['sessions/2026/11/22/packed.jsonl.zst', 'SECOND'], [longPath, 'SECOND'],
  ['__MACOSX/', 'directory'], ['__MACOSX/sessions/', 'directory'], ['__MACOSX/sessions/._first.jsonl', 'resource_file'],
]);

test('tar as GNU, pax and ustar write it: each entry, with what is passed over', async () => {
  const expected = tree(`sessions/2026/11/22/${longName}`);
  assert.deepEqual(sorted(await contents(await sample('gnu.tar.gz'))), expected);
  assert.deepEqual(sorted(await contents(await sample('pax.tar.zst'))), expected);
  assert.deepEqual(await contents(gunzipSync(await sample('ustar.tar.gz'))), [['first.jsonl', 'FIRST'], ['second.jsonl', 'SECOND']]);
});

test('tar archives one behind the other are all read', async () => {
  const tar = gunzipSync(await sample('ustar.tar.gz'));
  assert.deepEqual((await contents(Buffer.concat([tar, tar]))).length, 4);
});

test('zip as Info-ZIP and Python write it, streamed and zip64', async () => {
  assert.deepEqual(sorted(await contents(await sample('info-zip.zip'))), tree(`sessions/2026/11/22/${longName}`));
  const two = [['deflated.jsonl', 'FIRST'], ['stored.jsonl', 'SECOND']];
  assert.deepEqual(await contents(await sample('streamed.zip')), two);
  assert.deepEqual(await contents(await sample('zip64.zip')), two);
  assert.deepEqual(await contents(gzipSync(await sample('zip64.zip'))), two);
});

test('what cannot be opened in a zip is named, and the rest is read', async () => {
  assert.deepEqual(await contents(await sample('encrypted.zip')), [['first.jsonl', 'encrypted'], ['second.jsonl', 'SECOND']]);
  assert.deepEqual(await contents(await sample('bzip2.zip')), [['bzip2.jsonl', 'unsupported'], ['../../outside.jsonl', 'SECOND']]);
});

test('other ways of packing are refused by name', async () => {
  assert.deepEqual(await contents(Buffer.from('\xfd7zXZ\0\0\x04', 'latin1')), [[null, '!!unsupported_archive']]);
  assert.deepEqual(await contents(Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1')), [[null, '!!unsupported_archive']]);
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
