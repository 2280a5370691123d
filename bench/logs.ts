import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const script = (name: string): string => path.join(import.meta.dirname, name);

/** Generated logs stay here from run to run. */
export const cache = path.join(import.meta.dirname, '.cache');

export const truthOf = (log: string): string => log.replace(/\.jsonl$/, '.truth.json');

/** Returns a generated log of this many events; logs of different seeds have no thread in common. */
export async function generatedLog(events: number, seed = 1): Promise<string> {
  const log = path.join(cache, `${events}-${seed}.jsonl`);
  await mkdir(cache, { recursive: true });
  // The truth is written last: without it the log was cut off.
  if (!existsSync(truthOf(log)))
    await execute(process.execPath, [
      script('tools/gen-log.mjs'),
      '--events',
      String(events),
      '--seed',
      String(seed),
      '--out',
      log,
    ]);
  return log;
}

/** Returns a folder of rollouts of half a megabyte each, and all of their lines in one file. */
export async function generatedRollouts(files: number): Promise<{ readonly folder: string; readonly joined: string }> {
  const folder = path.join(cache, `rollouts-${files}`);
  const joined = `${folder}.jsonl`;
  await mkdir(cache, { recursive: true });
  if (!existsSync(joined)) {
    await rm(folder, { recursive: true, force: true });
    await execute(process.execPath, [
      script('tools/gen-rollouts.ts'),
      '--out',
      folder,
      '--files',
      String(files),
      '--megabytes',
      String(files / 2),
    ]);
    const part = `${joined}.part`;
    await writeFile(part, '');
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) await appendFile(part, await readFile(path.join(entry.parentPath, entry.name)));
    }
    await rename(part, joined);
  }
  return { folder, joined };
}

/** Returns the seconds that bare `JSON.parse` takes for the lines of a log. */
export async function parseSeconds(log: string): Promise<number> {
  return Number((await execute(process.execPath, [script('json-parse.ts'), log])).stdout);
}

/** Returns the seconds that DuckDB's own reader takes to load the log into typed columns, as it reports itself. */
export async function peerSeconds(log: string, ...flags: readonly string[]): Promise<number> {
  const database = path.join(cache, 'peer.duckdb');
  const { stdout } = await execute(
    process.execPath,
    [script('tools/peer-duckdb.mjs'), log, '--db', database, ...flags],
    { cwd: root },
  );
  for (const suffix of ['', '.wal']) await rm(database + suffix, { force: true });
  return Number(/load ([\d.]+) s/.exec(stdout)?.[1]);
}
