import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile, appendFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { importLog } from '../e2e/support/import.ts';
import { startServer } from '../e2e/support/server.ts';

const execute = promisify(execFile);
const here = (name: string): string => path.join(import.meta.dirname, name);
/** As many as the browser sends at a time. */
const lanes = 3;

export interface RolloutSpeeds {
  readonly files: number;
  readonly megabytes: number;
  /** In seconds: the folder sent file by file over HTTP, durable. */
  readonly imported: number;
  /** From the bytes to facts. */
  readonly reading: number;
  /** Bare `JSON.parse` of every line. */
  readonly parsing: number;
}

async function generated(folder: string, files: number): Promise<readonly string[]> {
  if (!existsSync(folder)) await execute(process.execPath, [here('tools/gen-rollouts.ts'), '--out', folder, '--files', String(files), '--megabytes', String(files / 2)]);
  return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

const scriptSeconds = async (script: string, file: string): Promise<number> => Number((await execute(process.execPath, [here(script), file])).stdout);

/** A folder of rollouts of half a megabyte each: whole import, reading alone, and `JSON.parse`, one after another. */
export async function rolloutSpeeds(cache: string, files: number): Promise<RolloutSpeeds> {
  const paths = await generated(path.join(cache, `rollouts-${files}`), files);
  const joined = path.join(cache, `rollouts-${files}.jsonl`);
  if (!existsSync(joined)) {
    await writeFile(joined, '');
    for (const file of paths) await appendFile(joined, await readFile(file));
  }
  const server = await startServer();
  const rest = paths.values();
  const start = performance.now();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (const file of rest) await importLog(server, file);
  }));
  const imported = (performance.now() - start) / 1000;
  await server.dispose();
  return { files: paths.length, megabytes: (await stat(joined)).size / 1e6, imported, reading: await scriptSeconds('read-rollouts.ts', joined), parsing: await scriptSeconds('json-parse.ts', joined) };
}
