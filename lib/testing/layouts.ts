import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

const inTesting = (...names: readonly string[]): string => path.join(import.meta.dirname, ...names);
const goneLog = (thread: string): string =>
  `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: thread, turn_id: 'u', status: 'completed' } })}\n`;
const fileLog = async (...names: readonly string[]): Promise<{ readonly name: string; readonly log: string }> => ({
  name: names.at(-1) ?? '',
  log: await readFile(inTesting(...names), 'utf8'),
});

/**
 * The logs in the folder of layout 5, in the order in which Dendro imported them before it had trees as units:
 * analytics, a rollout, a collector's log, and one with rejects, unknown and repaired fields, several events in a
 * record, and events without thread and time. Then `deletedImports` were deleted, and that Dendro was killed, so that
 * all of it is in the journal.
 */
export const layoutLogs = [
  await fileLog('rollouts', '0.142.5', 'analytics.jsonl'),
  await fileLog('rollouts', '0.142.5', 'tools.jsonl'),
  await fileLog('logs', 'collector', 'collector-dict-wrapped.log'),
  { name: 'gone.jsonl', log: goneLog('gone') },
  await fileLog('layouts', 'broken-lines.jsonl'),
  await fileLog('rollouts', '0.142.5', 'spawner.jsonl'),
  { name: 'gone-too.jsonl', log: goneLog('gone-too') },
];
export const deletedImports = [4, 7];

export interface LayoutFolder extends AsyncDisposable {
  readonly folder: string;
}
/** Copies a folder as Dendro left it in layout 5, for one test. */
export async function layoutFolder(): Promise<LayoutFolder> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dendro-test-'));
  for (const name of ['dendro.duckdb', 'dendro.duckdb.wal'])
    await writeFile(
      path.join(folder, name),
      zstdDecompressSync(await readFile(inTesting('layouts', '5', `${name}.zst`))),
    );
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}
