import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { read, readSummary, readText } from '../e2e/support/api.ts';
import { importLog } from '../e2e/support/import.ts';
import { startServer, type RunningServer } from '../e2e/support/server.ts';
import { cache, generatedLog, truthOf } from './logs.ts';
import { secondsOf } from './timing.ts';

export { read, readSummary, readText };

/** A Dendro of this run that imported a generated log and then was stopped. */
export interface FilledDendro {
  readonly dataFolder: string;
  /** From the first byte sent until figures are shown. */
  readonly seconds: number;
  /**
   * The most memory that the server held until the first Overview had come, in MB; NaN where the system does not tell.
   */
  readonly memory: number;
}

mkdirSync(cache, { recursive: true });
const runFolder = mkdtempSync(path.join(cache, 'run-'));
// However the run ends: the data may be several gigabytes.
process.on('exit', () => rmSync(runFolder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

/** Starts an empty Dendro. Its data are deleted after the run at the latest. */
export const startEmpty = (): Promise<RunningServer> =>
  startServer({ DENDRO_DATA: mkdtempSync(path.join(runFolder, 'data-')) });

/**
 * Imports a generated log into a Dendro of its own, asks for the Overview, and compares the figures with the
 * generator's.
 */
export async function fill(events: number): Promise<FilledDendro> {
  const log = await generatedLog(events);
  const server = await startEmpty();
  try {
    const seconds = await secondsOf(() => importLog(server, log));
    await readText(server, '/');
    const memory = await peakMemory(server);
    await check(server, log);
    await server.stop();
    return { dataFolder: server.dataFolder, seconds, memory };
  } catch (error) {
    await server.dispose();
    throw error;
  }
}

const shared = new Map<number, Promise<FilledDendro>>();
/**
 * Returns a Dendro with a log of this many events, and the data of earlier rows. The rows of a run share it: filling
 * one takes longer than the measurements.
 */
export function filled(events: number): Promise<FilledDendro> {
  const dendro = shared.get(events) ?? fill(events);
  shared.set(events, dendro);
  return dendro;
}

/** Starts a server for a data folder, lets `work` use it, and stops it after. */
export async function withServer<T>(dataFolder: string, work: (server: RunningServer) => Promise<T>): Promise<T> {
  const server = await startServer({ DENDRO_DATA: dataFolder });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

/** Returns the most memory that the server's process has held, in MB, as the kernel counted it. */
export async function peakMemory(server: RunningServer): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6;
}

/** Throws unless Dendro shows the same figures that the generator counted while it wrote the log. */
async function check(server: RunningServer, log: string): Promise<void> {
  const found = await readSummary(server);
  const truth = JSON.parse(await readFile(truthOf(log), 'utf8'));
  const pairs = [
    ['threads', found.threads.total, truth.threads.total],
    ['turns', found.turns.total, truth.turns.total],
    ['tokens', found.tokens.total, truth.tokens.total],
    ['tokens saved', found.compactions.tokensSaved, truth.compactions.tokensSaved],
    ['hook runs', found.hooks.total, truth.hooks.total],
    ['guardian reviews', found.guardian.total, truth.guardian.total],
    ['events', found.events.total, truth.events],
  ] as const;
  const wrong = pairs.filter(([, ours, theirs]) => ours !== theirs);
  if (wrong.length > 0)
    throw new Error(
      `Wrong figures: ${wrong.map(([name, ours, theirs]) => `${name} ${ours}, not ${theirs}`).join('; ')}`,
    );
}
