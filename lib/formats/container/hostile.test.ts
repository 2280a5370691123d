import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { UnpackFailure } from './failure.ts';
import type { UnpackLimits } from './meter.ts';
import { unpack } from './unpack.ts';

const sample = (name: string): Promise<Buffer> => readFile(new URL(`samples/${name}`, import.meta.url));
const folder = await mkdtemp(path.join(tmpdir(), 'unpack-hostile-'));
after(() => rm(folder, { recursive: true }));
const [first, second] = [await sample('first.jsonl'), await sample('second.jsonl')];
const generous: UnpackLimits = { unpackedBytes: 4 * 2 ** 30, ratio: 300, entries: 100 };

interface Read {
  readonly logs: readonly { readonly path: string | null; readonly bytes: Buffer }[];
  readonly failure: string | null;
}
/** Reads until the first failure. */
async function read(pieces: Iterable<Uint8Array>, limits = generous): Promise<Read> {
  const logs: { path: string | null; bytes: Buffer }[] = [];
  let failure: string | null = null;
  try {
    for await (const contained of unpack(Readable.from(pieces), limits, folder)) {
      if (contained.kind !== 'log') continue;
      const log = { path: contained.path, bytes: Buffer.alloc(0) };
      logs.push(log);
      for await (const piece of contained.bytes) log.bytes = Buffer.concat([log.bytes, piece]);
    }
  } catch (error) {
    assert.ok(error instanceof UnpackFailure, String(error));
    failure = error.code;
  }
  assert.deepEqual(await readdir(folder), []);
  return { logs, failure };
}

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [0, ...places.map((place) => Math.min(place, bytes.length)).toSorted((a, b) => a - b), bytes.length];
  return ends.slice(1).map((end, index) => bytes.subarray(ends[index], end));
}

test('any content, packed in any way and sent in any pieces, comes out the same', async () => {
  const ways = [
    (bytes: Uint8Array) => bytes,
    gzipSync,
    zstdCompressSync,
    (bytes: Uint8Array) => Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))]),
    (bytes: Uint8Array) => Buffer.concat([zstdCompressSync(bytes.subarray(0, 9)), zstdCompressSync(bytes.subarray(9))]),
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.string({ maxLength: 2000 }),
      fc.constantFrom(...ways),
      fc.array(fc.nat(300), { maxLength: 40 }),
      async (text, pack, places) => {
        const content = Buffer.from(`{${text}`);
        assert.deepEqual(await read(cut(pack(content), places)), {
          logs: [{ path: null, bytes: content }],
          failure: null,
        });
      },
    ),
  );
});

test('archives that are sent in any pieces give the same logs', async () => {
  for (const name of ['gnu.tar.gz', 'pax.tar.zst', 'info-zip.zip', 'streamed.zip']) {
    const archive = await sample(name);
    const expected = await read([archive]);
    assert.ok(expected.logs.length >= 2);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(archive.length), { maxLength: 200 }), async (places) =>
        assert.deepEqual(await read(cut(archive, places)), expected),
      ),
      { numRuns: 20 },
    );
  }
});

test('of data that is cut off, all is given that was whole, then it is said', async () => {
  for (const pack of [gzipSync, zstdCompressSync]) {
    const packed = pack(
      Buffer.concat(Array.from({ length: 300 }, (_, index) => Buffer.from(`${(index * 7919) % 1000}${String(first)}`))),
    );
    const whole = await read([packed]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: packed.length - 1 }), async (length) => {
        const { logs, failure } = await read([packed.subarray(0, length)]);
        assert.equal(failure, 'damaged_compression');
        assert.ok(whole.logs[0]?.bytes.subarray(0, logs[0]?.bytes.length).equals(logs[0]?.bytes ?? first));
      }),
      { numRuns: 20 },
    );
  }
  const packed = gzipSync(first, { level: 0 });
  assert.equal((await read([packed.subarray(0, -9)])).logs[0]?.bytes.length, first.length - 1);
});

test('a tar archive that is cut off gives its entries up to there', async () => {
  const tar = gunzipSync(await sample('ustar.tar.gz'));
  for (const length of [513, 1000, 3000, 3072, 3600, 6100, 6144, 6700]) {
    const { logs, failure } = await read([tar.subarray(0, length)]);
    assert.equal(failure, 'damaged_archive', String(length));
    assert.ok(first.subarray(0, length - 512).equals(logs[0]?.bytes ?? second), String(length));
    assert.equal(logs.length, length < 3072 ? 1 : 2);
  }
});

test('damage is never passed over in silence', async () => {
  for (const name of ['two-members.gz', 'two-frames.zst', 'ustar.tar.gz', 'zip64.zip', 'streamed.zip']) {
    const packed = await sample(name);
    const expected = await read([packed]);
    await fc.assert(
      fc.asyncProperty(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const damaged = Buffer.from(packed);
        damaged[place] = (damaged[place] ?? 0) ^ change;
        const { logs, failure } = await read([damaged]);
        // Times, flags and names have no checksum, and bytes without their magic are plain; the logs' own bytes have
        // one.
        if (failure === null)
          for (const log of logs)
            assert.ok(
              log.bytes.equals(damaged) || expected.logs.some(({ bytes }) => bytes.equals(log.bytes)),
              `${name} ${place}`,
            );
      }),
      { numRuns: 60 },
    );
  }
});

test('a zip is what its directory says: local headers that contradict it change nothing, and wrong checksums are told', async () => {
  const zip = await sample('zip64.zip');
  const contradictory = Buffer.from(zip);
  contradictory.write('DEFLATED', zip.indexOf('deflated'));
  assert.deepEqual(
    (await read([contradictory])).logs.map((log) => log.path),
    ['deflated.jsonl', 'stored.jsonl'],
  );
  const wrong = Buffer.from(zip);
  const checksum = zip.indexOf('PK\x01\x02', 0, 'latin1') + 16;
  wrong[checksum] = (wrong[checksum] ?? 0) ^ 1;
  const { logs, failure } = await read([wrong]);
  assert.deepEqual([logs[0]?.bytes.equals(first), failure], [true, 'damaged_archive']);
  assert.equal((await read([zip.subarray(0, -30)])).failure, 'damaged_archive');
});

test('a bomb is refused by its ratio, by its size, and in layers, with little memory', async () => {
  const zeros = Buffer.alloc(64 << 20);
  const member = gzipSync(zeros);
  // 1 GB in 1 MB.
  const bomb = Buffer.concat(Array.from({ length: 16 }, () => member));
  const give = async (bytes: Uint8Array, limits: UnpackLimits): Promise<readonly [string, number]> => {
    let given = 0;
    try {
      for await (const contained of unpack(Readable.from([bytes]), limits, folder))
        if (contained.kind === 'log') for await (const piece of contained.bytes) given += piece.length;
    } catch (error) {
      return [error instanceof UnpackFailure ? error.code : String(error), given];
    }
    return ['', given];
  };
  const before = process.memoryUsage.rss();
  const [code, given] = await give(bomb, generous);
  assert.equal(code, 'compression_ratio_too_high');
  assert.ok(given < 320 * bomb.length);
  assert.equal((await give(bomb, { ...generous, ratio: 1e9, unpackedBytes: 100 << 20 }))[0], 'unpacked_too_large');
  assert.equal((await give(gzipSync(bomb), generous))[0], 'compression_ratio_too_high');
  assert.equal((await give(zstdCompressSync(zeros), generous))[0], 'compression_ratio_too_high');
  assert.ok(process.memoryUsage.rss() - before < 300 << 20);
});

test('too many entries, and headers that want much memory, are refused', async () => {
  assert.equal((await read([await sample('gnu.tar.gz')], { ...generous, entries: 5 })).failure, 'too_many_entries');
  assert.equal((await read([await sample('info-zip.zip')], { ...generous, entries: 5 })).failure, 'too_many_entries');
  const tar = gunzipSync(await sample('ustar.tar.gz'));
  const header = Buffer.from(tar.subarray(0, 512));
  header.write('x', 156);
  header.write('77777777777', 124);
  header.fill(' ', 148, 156);
  header.write(
    header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0'),
    148,
  );
  assert.equal((await read([header, Buffer.alloc(4096)])).failure, 'damaged_archive');
});
