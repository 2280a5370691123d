import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { TestInfo } from '@playwright/test';
import type { Summary } from '../../lib/queries/summary.ts';

/** The log of the real Codex 0.169.0 that comes with Dendro. */
export const sampleLog = path.resolve(import.meta.dirname, '../../public/samples/codex-0.169.0.jsonl');
export const sampleName = path.basename(sampleLog);
/** Its lines, in their order. */
export const sampleLines: readonly string[] = (await readFile(sampleLog, 'utf8')).trimEnd().split('\n');

/** The figures of the sample log. */
export const sampleSummary = {
  threads: { total: 98, user: 51, subagent: 32, guardian: 7, other: 8, mentioned: 2, roots: 59 },
  turns: { total: 214, completed: 195, failed: 7, interrupted: 12, unreported: 37 },
  tokens: { input: 12_566_440, output: 250_470, total: 12_920_970 },
  compactions: {
    total: 51,
    completed: 44,
    failed: 6,
    interrupted: 1,
    tokensBefore: 5_412_658,
    tokensAfter: 809_784,
    tokensSaved: 4_602_874,
  },
  hooks: { total: 561, completed: 518, failed: 25, blocked: 11, stopped: 7 },
  guardian: { total: 25, approved: 11, denied: 9, failedClosed: 3, timedOut: 1, aborted: 1 },
  events: { total: 1292, unknown: 0 },
} as const satisfies { readonly [K in Exclude<keyof Summary, 'timeRange' | 'sources'>]: Partial<Summary[K]> };

/**
 * A root of the sample with subagents down to one that is only mentioned, and a turn with a compaction and hook runs.
 */
export const sampleTree = {
  root: '01a20323-9025-72d3-a38c-70653cfb70a2',
  child: '01a20323-912d-7e41-8c68-21007580024f',
  mentioned: '01a20323-9247-79f2-82b7-c0e93e7c580f',
} as const;
export const sampleTurn = {
  threadId: '01a20324-5bc9-7b22-9da6-427dcb8c6ff6',
  turnId: '01a20324-da49-7811-b045-509e8f3673b9',
} as const;

const kindOf = (line: string): string =>
  ['event_type', 'status', 'terminal_status'].map((name) => new RegExp(`"${name}":"(\\w+)"`).exec(line)?.[1]).join(' ');
const kinds = sampleLines.map(kindOf);
/**
 * The tree and the turn above, and of everything else in the sample one event of each type and outcome: a short log for
 * everything that a page can show.
 */
export const briefLog: readonly string[] = sampleLines.filter(
  (line, index) =>
    line.includes(sampleTree.root) || line.includes(sampleTurn.turnId) || kinds.indexOf(kinds[index] ?? '') === index,
);

const identifier = /\b([0-9a-f]{4})([0-9a-f]{4}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\b/g;
/**
 * Returns the sample's lines as another machine's: the same things happen to other threads, turns and reviews. Copy 0
 * is the sample itself.
 */
export const copyOfSample = (copy: number): string[] =>
  sampleLines.map((line) =>
    line.replace(
      identifier,
      (_, head: string, tail: string) =>
        ((Number.parseInt(head, 16) + copy) % 0x10000).toString(16).padStart(4, '0') + tail,
    ),
  );

/**
 * Returns a log of this many copies of the sample, 1.3 MiB each. Its figures are the sample's, times the number of
 * copies.
 */
export const largeLog = (copies: number): string[] =>
  Array.from({ length: copies }, (_, copy) => copyOfSample(copy)).flat();

/** Writes a log among the test's files; returns its path. */
export async function writeLog(test: TestInfo, name: string, content: readonly string[] | Uint8Array): Promise<string> {
  const file = test.outputPath(name);
  await writeFile(file, content instanceof Uint8Array ? content : content.map((line) => `${line}\n`).join(''));
  return file;
}

/** Returns an event as one line of a log. */
export const eventLine = (type: string, params: object): string =>
  JSON.stringify({ event_type: type, event_params: params });
