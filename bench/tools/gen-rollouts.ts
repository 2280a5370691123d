import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { unpack } from '../../lib/formats/container/unpack.ts';

/*
 * Writes a folder of rollouts like `~/.codex/sessions`, for the bench and for trying a folder drop:
 *
 *   node bench/tools/gen-rollouts.ts --out FOLDER [--files 2000] [--megabytes 1000]
 *
 * They are the rollouts of the real Codex 0.169.0, copied as often as it takes. In each copy every id is another one,
 * the same in all files of the copy, so that parents, forks and reviews hold; what tools and the model answered is made
 * longer until the folder has its size.
 */

const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    files: { type: 'string', default: '2000' },
    megabytes: { type: 'string', default: '1000' },
  },
});
const { out } = options;
if (out === undefined) throw new Error('Say where to: --out FOLDER');

const packed = path.join(import.meta.dirname, '../../lib/testing/logs/rollouts/codex-0.169.0.tar.zst');
const originals: { readonly path: string; readonly lines: readonly string[] }[] = [];
for await (const contained of unpack(
  new Blob([await readFile(packed)]).stream(),
  { unpackedBytes: 1e9, ratio: 1000, entries: 1000 },
  import.meta.dirname,
)) {
  if (contained.kind !== 'log') continue;
  const pieces: Uint8Array[] = [];
  for await (const piece of contained.bytes) pieces.push(piece);
  originals.push({ path: contained.path ?? '', lines: Buffer.concat(pieces).toString('utf8').trimEnd().split('\n') });
}

const files = Number(options.files);
const bytesOfOne = (Number(options.megabytes) * 1e6) / files;
const answer = /("type":"function_call_output".*?"output":"|"role":"assistant".*?"text":")/;
const filler = 'The quick brown fox reads src/index.ts and writes dist/index.js again. ';

/** Returns the line with every UUIDv7 in it increased by `copy` in its random part. */
const renamed = (text: string, copy: number): string =>
  text.replace(
    /([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-)([0-9a-f]{12})/g,
    (_, head: string, tail: string) =>
      head + ((BigInt(`0x${tail}`) + BigInt(copy) * 0x1000003n) & 0xffffffffffffn).toString(16).padStart(12, '0'),
  );

for (let written = 0; written < files; written++) {
  const original = originals[written % originals.length];
  if (!original) throw new Error('The sample holds no rollouts.');
  const copy = Math.floor(written / originals.length);
  const lines = original.lines.map((line) => renamed(line, copy));
  const answers = lines.filter((line) => answer.test(line)).length;
  const missing = bytesOfOne - lines.reduce((sum, line) => sum + line.length + 1, 0);
  const added = answers > 0 && missing > 0 ? filler.repeat(Math.ceil(missing / answers / filler.length)) : '';
  const file = path.join(out, renamed(original.path, copy));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${lines.map((line) => line.replace(answer, (start) => start + added)).join('\n')}\n`);
}
