import { stat } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { importButton } from '../e2e/support/import-page.ts';
import { launchBrowser } from './browser.ts';
import { readSummary, startEmpty } from './dendros.ts';
import { generatedRollouts, parseSeconds } from './logs.ts';
import type { Bench } from './row.ts';
import { median, secondsOf } from './timing.ts';

/**
 * Chooses a folder on a page that was just opened, and waits until the page shows the result: the figures are ready
 * then.
 */
async function drop(page: Page, url: string, folder: string): Promise<number> {
  await page.goto(`${url}/imports`);
  await importButton(page).click();
  const drawer = page.getByRole('dialog', { name: 'Import logs' });
  return secondsOf(async () => {
    await drawer.getByLabel('Log folder').setInputFiles(folder);
    await drawer
      .getByRole('article')
      .filter({ hasNot: page.getByRole('button', { name: 'Cancel' }) })
      .waitFor({ timeout: 0 });
  });
}

/** Drops a folder of rollouts in a browser, twice, and compares it with bare `JSON.parse` of the same bytes. */
export async function dropRollouts({ sizes, note }: Bench): Promise<Record<'first' | 'again', number>> {
  const { folder, joined } = await generatedRollouts(sizes.rollouts);
  const browser = await launchBrowser();
  const times = { parse: [] as number[], first: [] as number[], again: [] as number[] };
  try {
    for (let round = 0; round < sizes.rounds; round++) {
      const server = await startEmpty();
      try {
        times.parse.push(await parseSeconds(joined));
        const page = await browser.newPage();
        times.first.push(await drop(page, server.url, folder));
        const { threads, events } = await readSummary(server);
        times.again.push(await drop(page, server.url, folder));
        const after = await readSummary(server);
        if (after.threads.total !== threads.total || after.events.total !== events.total)
          throw new Error('Dropping the folder again changed figures.');
        // Each rollout of the folder belongs to its own thread; some threads are only mentioned by others.
        if (threads.total < sizes.rollouts)
          throw new Error(`Only ${threads.total} threads came in from ${sizes.rollouts} rollouts.`);
        await page.close();
      } finally {
        await server.dispose();
      }
    }
  } finally {
    await browser.close();
  }
  const megabytes = (await stat(joined)).size / 1e6;
  const speed = (seconds: readonly number[]): string =>
    `${median(seconds).toFixed(2)} s, ${(megabytes / median(seconds)).toFixed(0)} MB/s`;
  note('the folder', `${sizes.rollouts.toLocaleString('en')} files, ${megabytes.toFixed(0)} MB`);
  note('bare JSON.parse', speed(times.parse));
  note('dropped', speed(times.first));
  note('dropped again', speed(times.again));
  const against = (ours: readonly number[]): number =>
    median(ours.map((seconds, round) => seconds / (times.parse[round] ?? Number.NaN)));
  return { first: against(times.first), again: against(times.again) };
}
