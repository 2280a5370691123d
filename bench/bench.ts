import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { importLog } from '../e2e/support/import.ts';
import { startServer, type RunningServer } from '../e2e/support/server.ts';
import { Summary } from '../lib/queries/summary.ts';
import { ThreadList } from '../lib/queries/threads.ts';
import { browserFigures, scriptsOfPages } from './browser.ts';
import { rolloutSpeeds } from './rollouts.ts';

/*
 * Imports a large log and asks for every page, then a folder of rollouts, then logs that are extreme in one way each in a browser; `--only` takes some of
 * these parts. Speeds are compared within one run, taken in turns, because a machine's speed drifts: our import
 * over HTTP, DuckDB's own reader on the same file, and bare `JSON.parse` of its lines. Medians are printed.
 */

const { values: options } = parseArgs({ options: { events: { type: 'string', default: '400000' }, rollouts: { type: 'string', default: '400' }, rounds: { type: 'string', default: '3' }, only: { type: 'string' } } });
const execute = promisify(execFile);
const cache = path.join(import.meta.dirname, '.cache');
const tool = (name: string): string => path.join(import.meta.dirname, 'tools', name);
const root = path.resolve(import.meta.dirname, '..');

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const line = (name: string, text: string): void => void process.stdout.write(`${name.padEnd(34)}${text}\n`);

async function generate(events: string): Promise<string> {
  const log = path.join(cache, `${events}.jsonl`);
  await mkdir(cache, { recursive: true });
  if (!existsSync(log)) await execute(process.execPath, [tool('gen-log.mjs'), '--events', events, '--out', log]);
  return log;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Seconds that DuckDB's own reader takes to load the log into typed columns, as it says itself. */
async function peerSeconds(log: string, ...flags: readonly string[]): Promise<number> {
  const database = path.join(cache, 'peer.duckdb');
  const { stdout } = await execute(process.execPath, [tool('peer-duckdb.mjs'), log, '--db', database, ...flags], { cwd: root });
  for (const suffix of ['', '.wal']) await rm(database + suffix, { force: true });
  return Number(/load ([\d.]+) s/.exec(stdout)?.[1]);
}

async function parseSeconds(log: string): Promise<number> {
  const { stdout } = await execute(process.execPath, [path.join(import.meta.dirname, 'json-parse.ts'), log]);
  return Number(stdout);
}

/** The most memory that the server process has held, in MB, as the kernel counted it; null where there is no /proc. */
async function peakMemory(server: RunningServer): Promise<number | null> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => '');
  const found = /VmHWM:\s+(\d+) kB/.exec(status)?.[1];
  return found === undefined ? null : Number(found) / 1000;
}

async function importOnce(log: string): Promise<{ readonly seconds: number; readonly memory: number | null; readonly server: RunningServer }> {
  const server = await startServer();
  const seconds = await secondsOf(() => importLog(server, log));
  return { seconds, memory: await peakMemory(server), server };
}

const get = async (server: RunningServer, target: string): Promise<string> => {
  const response = await fetch(server.url + target);
  const body = await response.text();
  if (!response.ok) throw new Error(`${target}: ${response.status}`);
  return body;
};

/** Milliseconds until the whole page has come: the first time, and the median of several after that. */
async function pageMilliseconds(server: RunningServer, target: string): Promise<{ readonly first: number; readonly again: number }> {
  const times: number[] = [];
  for (let round = 0; round < 8; round++) times.push(1000 * (await secondsOf(() => get(server, target))));
  const [first = Number.NaN, ...again] = times;
  return { first, again: median(again) };
}

/** After a start, the server has this long to prepare itself before pages are measured, as it has before a person comes. */
const preparingMs = 10_000;

/** Every page, by a server that nobody has asked for anything since it started. */
async function pages(dataFolder: string): Promise<void> {
  const startAgain = () => startServer({ DENDRO_DATA: dataFolder });
  const early = await startAgain();
  line('/ at once after a start', `${(1000 * (await secondsOf(() => get(early, '/')))).toFixed(0)} ms`);
  const { threads } = ThreadList.parse(JSON.parse(await get(early, '/api/threads?sort=-subtreeSize&limit=1')));
  const { timeRange } = Summary.parse(JSON.parse(await get(early, '/api/summary')));
  await early.stop();
  const largest = threads[0]?.threadId ?? '';
  const targets = ['/', '/threads', '/threads?sort=-subtreeTokens', `/threads/${largest}`, '/compactions', '/hooks', '/guardian', '/quality', '/imports', ...filtered(timeRange)];
  const server = await startAgain();
  await setTimeout(preparingMs);
  const firsts: number[] = [];
  for (const target of targets) {
    const { first, again } = await pageMilliseconds(server, target);
    firsts.push(first);
    line(target.replace(largest, 'largest tree').replace(/&from=.*/, ' within times'), `${first.toFixed(0)} ms, then ${again.toFixed(0)} ms`);
  }
  line('slowest page, the first time', `${Math.max(...firsts).toFixed(0)} ms`);
  await server.stop();
}

/** Pages under filters, no two of which ask the store the same; some with a part of the log's times that begins and ends within an hour. */
function filtered({ from, to }: Summary['timeRange']): readonly string[] {
  const [first, last] = [Date.parse(from ?? ''), Date.parse(to ?? '')];
  const within = (part: number): string => new Date(Math.round(first + part * (last - first))).toISOString();
  const times = Number.isNaN(last - first) ? '' : `&from=${within(0.21)}&to=${within(0.83)}`;
  return [
    '/?threadKind=subagent', `/?threadKind=user${times}`, '/?client=codex_exec', '/?importId=1', '/threads?threadKind=subagent', `/threads?threadKind=guardian${times}`,
    '/compactions?threadKind=user', `/compactions?threadKind=other${times}`, '/hooks?threadKind=user', `/hooks?threadKind=subagent${times}`,
    '/guardian?threadKind=user', `/guardian?threadKind=subagent${times}`, '/quality?importId=1',
  ];
}

/** The figures that the generator counted while it wrote the log must be the ones that Dendro shows. */
async function check(server: RunningServer, log: string): Promise<void> {
  line('first figures after the import', `${(await secondsOf(() => get(server, '/api/summary'))).toFixed(1)} s`);
  const found = Summary.parse(JSON.parse(await get(server, '/api/summary')));
  const truth = JSON.parse(await readFile(log.replace(/\.jsonl$/, '.truth.json'), 'utf8'));
  const pairs = [
    ['threads', found.threads.total, truth.threads.total], ['turns', found.turns.total, truth.turns.total], ['tokens', found.tokens.total, truth.tokens.total],
    ['tokens saved', found.compactions.tokensSaved, truth.compactions.tokensSaved], ['hook runs', found.hooks.total, truth.hooks.total],
    ['guardian reviews', found.guardian.total, truth.guardian.total], ['events', found.events.total, truth.events],
  ] as const;
  const wrong = pairs.filter(([, ours, theirs]) => ours !== theirs);
  line('figures against the truth file', wrong.length === 0 ? `${pairs.length} agree` : wrong.map(([name, ours, theirs]) => `${name}: ${ours}, not ${theirs}`).join('; '));
}

async function importAndPages(): Promise<void> {
  const log = await generate(options.events);
  const megabytes = (await stat(log)).size / 1e6;
  const rounds = Number(options.rounds);
  const times = { ours: [] as number[], peer: [] as number[], peerWithText: [] as number[], parse: [] as number[] };
  const memories: number[] = [];
  let last: RunningServer | null = null;
  for (let round = 0; round < rounds; round++) {
    times.parse.push(await parseSeconds(log));
    times.peer.push(await peerSeconds(log));
    times.peerWithText.push(await peerSeconds(log, '--raw'));
    await last?.dispose();
    const run = await importOnce(log);
    times.ours.push(run.seconds);
    if (run.memory !== null) memories.push(run.memory);
    last = run.server;
  }
  if (!last) throw new Error('--rounds must be at least 1.');

  const speed = (seconds: readonly number[]): string => `${(megabytes / median(seconds)).toFixed(0)} MB/s (${median(seconds).toFixed(2)} s)`;
  line('log', `${options.events} events, ${megabytes.toFixed(0)} MB`);
  line('Dendro, over HTTP, durable', speed(times.ours));
  line('DuckDB\'s reader', speed(times.peer));
  line('DuckDB\'s reader, texts kept', speed(times.peerWithText));
  line('bare JSON.parse', speed(times.parse));
  const ratio = (peer: readonly number[]): string => median(peer.map((seconds, round) => seconds / (times.ours[round] ?? Number.NaN))).toFixed(2);
  line('Dendro against the reader', `${ratio(times.peer)} times its speed; ${ratio(times.peerWithText)} times with texts kept`);
  line('peak memory of the server', memories.length > 0 ? `${Math.max(...memories).toFixed(0)} MB` : 'not known on this system');
  await check(last, log);
  await last.stop();
  await pages(last.dataFolder);
  await last.dispose();
}

async function rolloutFolder(): Promise<void> {
  const rollouts = await rolloutSpeeds(cache, Number(options.rollouts));
  const rolloutSpeed = (seconds: number): string => `${(rollouts.megabytes / seconds).toFixed(0)} MB/s (${seconds.toFixed(2)} s)`;
  line('rollouts', `${rollouts.files} files, ${rollouts.megabytes.toFixed(0)} MB`);
  line('imported over HTTP, file by file', `${rolloutSpeed(rollouts.imported)}, ${(1000 * rollouts.imported / rollouts.files).toFixed(0)} ms a file`);
  line('read alone', rolloutSpeed(rollouts.reading));
  line('bare JSON.parse of every line', `${rolloutSpeed(rollouts.parsing)}; reading is ${(rollouts.parsing / rollouts.reading).toFixed(2)} times its speed`);
}

async function browserParts(): Promise<void> {
  const milliseconds = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`;
  for (const { extreme, view, first, frames, input, nodes, megabytes } of await browserFigures(cache)) {
    line(`${view} of ${extreme}`, `first ${milliseconds(first)}, frames p50 ${milliseconds(frames.p50)} p95 ${milliseconds(frames.p95)}, key ${milliseconds(input)}, ${nodes} nodes, ${megabytes.toFixed(0)} MB`);
  }
  const server = await startServer();
  await importLog(server, path.join(root, 'public/samples/codex-0.169.0.jsonl'));
  const { threads } = ThreadList.parse(JSON.parse(await get(server, '/api/threads?sort=-subtreeSize&limit=1')));
  const run = `/threads/${threads[0]?.threadId ?? ''}`;
  for (const [target, { atFirst, inAll }] of await scriptsOfPages(server, ['/', '/threads', run, '/compactions', '/hooks', '/guardian', '/quality', '/imports', '/events'])) {
    line(`JavaScript of ${target.replace(run, 'a thread')}`, `${atFirst.toFixed(0)} kB compressed, ${inAll.toFixed(0)} kB with what is loaded when needed`);
  }
  await server.dispose();
}

const parts: Readonly<Record<string, () => Promise<void>>> = { import: importAndPages, rollouts: rolloutFolder, browser: browserParts };
for (const [name, part] of Object.entries(parts)) if (options.only === undefined || options.only.split(',').includes(name)) await part();
