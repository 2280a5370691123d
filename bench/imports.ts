import { rm, stat } from 'node:fs/promises';
import { importLog } from '../e2e/support/import.ts';
import type { RunningServer } from '../e2e/support/server.ts';
import { fill, filled, readText, withServer, type FilledDendro } from './dendros.ts';
import { generatedLog, parseSeconds, peerSeconds } from './logs.ts';
import { pageTimes } from './pages.ts';
import type { Bench } from './row.ts';
import { median, quantile, secondsOf } from './timing.ts';

/** Measures a small import and the first Overview after it, in seconds. */
async function smallImport(server: RunningServer, events: number, seed: number): Promise<number> {
  const log = await generatedLog(events, seed);
  return secondsOf(async () => {
    await importLog(server, log);
    await readText(server, '/');
  });
}

/** Compares small imports into a Dendro with many events and into one with few, in turns. */
export async function smallImports({ sizes }: Bench): Promise<Record<'many' | 'few' | 'ratio', number>> {
  const [large, little] = [await filled(sizes.many), await filled(sizes.few)];
  return withServer(large.dataFolder, (full) =>
    withServer(little.dataFolder, async (small) => {
      const times = { many: [] as number[], few: [] as number[] };
      // The first of each is not counted: it warms up a server that has just started.
      for (let round = 0; round <= 2 * sizes.rounds; round++) {
        const [many, few] = [
          await smallImport(full, sizes.small, 100 + round),
          await smallImport(small, sizes.small, 100 + round),
        ];
        if (round === 0) continue;
        times.many.push(many);
        times.few.push(few);
      }
      const [many, few] = [median(times.many), median(times.few)];
      return { many, few, ratio: many / few };
    }),
  );
}

/** Imports into a temporary Dendro; measures until the answer, when figures are ready. */
async function freshFill(events: number): Promise<FilledDendro> {
  const dendro = await fill(events);
  await rm(dendro.dataFolder, { recursive: true, force: true });
  return dendro;
}

/**
 * Compares one import with DuckDB's own reader on the same file and bare `JSON.parse` of its lines, in turns, because a
 * machine's speed drifts.
 */
export async function compareImport({
  sizes,
  note,
}: Bench): Promise<Record<'seconds' | 'reader' | 'readerWithTexts' | 'parse', number>> {
  const log = await generatedLog(sizes.log);
  const times = {
    ours: [] as number[],
    reader: [] as number[],
    readerWithTexts: [] as number[],
    parse: [] as number[],
  };
  for (let round = 0; round < sizes.rounds; round++) {
    times.parse.push(await parseSeconds(log));
    times.reader.push(await peerSeconds(log));
    times.readerWithTexts.push(await peerSeconds(log, '--raw'));
    times.ours.push((await freshFill(sizes.log)).seconds);
  }
  const megabytes = (await stat(log)).size / 1e6;
  const speed = (seconds: readonly number[]): string =>
    `${(megabytes / median(seconds)).toFixed(0)} MB/s (${median(seconds).toFixed(2)} s)`;
  note('the log', `${megabytes.toFixed(0)} MB`);
  note('Dendro', speed(times.ours));
  note("DuckDB's reader", speed(times.reader));
  note("DuckDB's reader, texts kept", speed(times.readerWithTexts));
  note('bare JSON.parse', speed(times.parse));
  const against = (theirs: readonly number[]): number =>
    median(theirs.map((seconds, round) => seconds / (times.ours[round] ?? Number.NaN)));
  return {
    seconds: median(times.ours),
    reader: against(times.reader),
    readerWithTexts: against(times.readerWithTexts),
    parse: against(times.parse),
  };
}

/** Compares the largest log of all with the usual one, and pages after it. */
export async function largeImport({ sizes, note }: Bench): Promise<Record<'memory' | 'cost' | 'pages', number>> {
  const usual: number[] = [];
  for (let round = 0; round < sizes.rounds; round++) usual.push((await freshFill(sizes.log)).seconds);
  const { dataFolder, seconds, memory } = await filled(sizes.most);
  const perEvent = (all: number, events: number): number => (1e6 * all) / events;
  const [here, there] = [perEvent(seconds, sizes.most), perEvent(median(usual), sizes.log)];
  note(
    'until figures stand',
    `${seconds.toFixed(1)} s, ${here.toFixed(1)} µs an event; ${there.toFixed(1)} µs with ${sizes.log.toLocaleString('en')} events`,
  );
  const pages = await withServer(dataFolder, pageTimes);
  const slowest = Math.max(...[...pages.values()].map((times) => quantile(times, 0.95)));
  return { memory, cost: here / there, pages: slowest };
}
