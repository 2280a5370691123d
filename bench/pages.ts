import { z } from 'zod';
import { EventList } from '../lib/queries/events.ts';
import { ThreadList } from '../lib/queries/threads.ts';
import type { Summary } from '../lib/queries/summary.ts';
import type { RunningServer } from '../e2e/support/server.ts';
import { filled, peakMemory, read, readSummary, readText, withServer } from './dendros.ts';
import type { Bench } from './row.ts';
import { quantile, secondsOf } from './timing.ts';

/** Number of requests for each page. */
const questions = 20;

const milliseconds = (times: readonly number[]): string =>
  `p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms`;

/** Asks for every page in turn; the figure is the slowest page's. */
export async function everyPage({ sizes, note }: Bench): Promise<Record<'slowest', number>> {
  const { dataFolder } = await filled(sizes.many);
  return withServer(dataFolder, async (server) => {
    const pages = await pageTimes(server);
    for (const [page, times] of pages) note(page, milliseconds(times));
    const [slowest = '', times = []] =
      [...pages].toSorted(([, a], [, b]) => quantile(b, 0.95) - quantile(a, 0.95))[0] ?? [];
    note('the slowest', `${slowest}, ${milliseconds(times)}`);
    note('peak memory with these pages', `${(await peakMemory(server)).toFixed(0)} MB`);
    return { slowest: quantile(times, 0.95) };
  });
}

/** Returns, by page name, the milliseconds until all of the page has come. */
export async function pageTimes(server: RunningServer): Promise<ReadonlyMap<string, readonly number[]>> {
  const pages = Object.entries(await pagesOf(server)).map(([name, address]) => ({
    name,
    address,
    times: [] as number[],
  }));
  for (let round = 0; round < questions; round++) {
    for (const { address, times } of pages) times.push(1000 * (await secondsOf(() => readText(server, address))));
  }
  return new Map(pages.map(({ name, times }) => [name, times]));
}

/** Returns the address of every page by its name. */
async function pagesOf(server: RunningServer): Promise<Readonly<Record<string, string>>> {
  const [{ threadId } = { threadId: '' }] = (await read(server, ThreadList, '/api/threads?sort=-subtreeSize&limit=1'))
    .threads;
  const [{ turnId } = { turnId: '' }] = (
    await read(server, z.object({ turns: z.array(z.object({ turnId: z.string() })) }), `/api/threads/${threadId}`)
  ).turns;
  const [{ id } = { id: '' }] = (await read(server, EventList, '/api/events?limit=1')).events;
  const plain = [
    '/',
    '/threads',
    '/threads?sort=-subtreeTokens',
    '/compactions',
    '/hooks',
    '/guardian',
    '/quality',
    '/quality/lines',
    '/quality/rejects',
    '/quality/threads',
    '/quality/turns',
    '/events',
    '/imports',
    '/imports/1',
  ];
  return {
    ...Object.fromEntries(plain.map((address) => [address, address])),
    'the largest tree': `/threads/${threadId}`,
    'a turn': `/threads/${threadId}/turns/${turnId}`,
    'an event': `/events/${id}`,
    ...Object.fromEntries(
      filtered((await readSummary(server)).timeRange).map((address) => [
        address.replace(/&from=.*/, ' within times'),
        address,
      ]),
    ),
  };
}

/**
 * Pages under filters, no two with the same queries to the store; some have a part of the log's times that begins and
 * ends within an hour.
 */
function filtered({ from, to }: Summary['timeRange']): readonly string[] {
  const [first, last] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  const within = (part: number): string => new Date(Math.round(first + part * (last - first))).toISOString();
  const times = Number.isNaN(last - first) ? '' : `&from=${within(0.21)}&to=${within(0.83)}`;
  return [
    '/?threadKind=subagent',
    `/?threadKind=user${times}`,
    '/?client=codex_exec',
    '/?importId=1',
    '/threads?threadKind=subagent',
    `/threads?threadKind=guardian${times}`,
    '/compactions?threadKind=user',
    `/compactions?threadKind=other${times}`,
    '/hooks?threadKind=user',
    `/hooks?threadKind=subagent${times}`,
    '/guardian?threadKind=user',
    `/guardian?threadKind=subagent${times}`,
    '/quality?importId=1',
  ];
}
