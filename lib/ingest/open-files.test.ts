import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openDendro, sampleLog, type TestDendro, type TestLog } from '../testing/dendro.ts';

const handles = '/proc/self/fd';
const skip = existsSync(handles) ? false : 'this system does not list the open files of a process';

/** Returns the files that this process holds open below `folder`, removed ones too. */
async function openFiles(folder: string): Promise<readonly string[]> {
  const names = await Promise.all(
    (await readdir(handles)).map((handle) => readlink(path.join(handles, handle)).catch(() => '')),
  );
  return names.filter((name) => name.startsWith(folder) && !name.includes('dendro.duckdb')).sort();
}

/** A log that its sender gives up in the middle. */
async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(sampleLog.slice(0, 10_000));
  await Promise.resolve();
  throw new Error('The sender is gone.');
}
async function* cancelled(stop: AbortController): AsyncGenerator<Uint8Array> {
  yield Buffer.from(sampleLog.slice(0, 10_000));
  stop.abort();
  yield Buffer.from(sampleLog.slice(10_000));
}
const sent = ({ importer }: TestDendro, bytes: AsyncIterable<Uint8Array>, stop = new AbortController()) =>
  importer.import({ name: 'log', bytes, totalBytes: null, clientKey: null, signal: stop.signal });

test('an import leaves no file open, however it ends', { skip }, async () => {
  const archive: TestLog = new Uint8Array(
    await readFile(path.join(import.meta.dirname, '../formats/container/samples/info-zip.zip')),
  );
  await using dendro = await openDendro(sampleLog);
  const folder = path.join(dendro.configuration.dataFolder, 'imports-in-progress');
  const kinds = new Set<string>();
  for (let round = 0; round < 2; round++) {
    const turn = JSON.stringify({
      event_type: 'codex_turn_event',
      event_params: { thread_id: 't', turn_id: `u${round}`, status: 'completed' },
    });
    for (const log of [
      turn,
      sampleLog,
      'no log\n',
      '',
      archive,
      new Uint8Array(gzipSync(`${turn} \n`)),
      new Uint8Array(gzipSync(Buffer.alloc(1 << 26))),
    ]) {
      const outcome = await dendro.take(log);
      kinds.add(outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind);
    }
    const stop = new AbortController();
    for (const outcome of [await sent(dendro, broken()), await sent(dendro, cancelled(stop), stop)])
      kinds.add(outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind);
    assert.deepEqual(await openFiles(folder), [], `after round ${round + 1}`);
  }
  assert.deepEqual([...kinds].sort(), [
    'cancelled',
    'compression_ratio_too_high',
    'created',
    'existing',
    'no_events',
    'storage_failed',
  ]);
});
