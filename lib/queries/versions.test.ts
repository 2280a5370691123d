import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { openDendro } from '../testing/dendro.ts';
import { summary } from './summary.ts';

/* Figures of real logs of older versions of Codex, counted outside Dendro. */
const versions = {
  '0.122.0': {
    threads: { total: 81, user: 55, subagent: 21, guardian: 5, other: 0, mentioned: 0, roots: 55 },
    turns: { total: 163, completed: 149, failed: 6, interrupted: 8, unreported: 39 },
    tokens: { input: 10_905_740, output: 231_710, total: 11_241_510 },
    compactions: {
      total: 48,
      completed: 42,
      failed: 6,
      interrupted: 0,
      tokensBefore: 4_828_390,
      tokensAfter: 822_445,
      tokensSaved: 4_005_945,
    },
    hooks: { total: 380, completed: 359, failed: 10, blocked: 7, stopped: 4 },
    guardian: { total: 0, approved: 0, denied: 0, failedClosed: 0, timedOut: 0, aborted: 0 },
    events: { total: 682, unknown: 0 },
  },
  '0.142.5': {
    threads: { total: 100, user: 64, subagent: 23, guardian: 6, other: 7, mentioned: 3, roots: 71 },
    turns: { total: 212, completed: 192, failed: 7, interrupted: 13, unreported: 44 },
    tokens: { input: 15_987_110, output: 253_910, total: 16_345_080 },
    compactions: {
      total: 72,
      completed: 62,
      failed: 9,
      interrupted: 1,
      tokensBefore: 7_896_882,
      tokensAfter: 1_261_244,
      tokensSaved: 6_635_638,
    },
    hooks: { total: 516, completed: 481, failed: 17, blocked: 11, stopped: 7 },
    guardian: { total: 23, approved: 11, denied: 9, failedClosed: 3, timedOut: 0, aborted: 0 },
    events: { total: 1228, unknown: 0 },
  },
} as const;

for (const [version, figures] of Object.entries(versions)) {
  test(`the log of Codex ${version} gives its figures`, async () => {
    await using dendro = await openDendro(
      await readFile(path.join(import.meta.dirname, `../testing/logs/codex-${version}.jsonl`), 'utf8'),
    );
    const found = await summary(dendro.store, {});
    const { input, output, total } = found.tokens;
    const sources = { analytics: { events: figures.events.total }, rollout: { events: 0, threads: 0 } };
    assert.deepEqual(
      { ...found, tokens: { input, output, total }, timeRange: undefined },
      { ...figures, sources, timeRange: undefined },
    );
  });
}
