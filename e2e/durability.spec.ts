import { createReadStream } from 'node:fs';
import http from 'node:http';
import type { TestInfo } from '@playwright/test';
import { readImports, readRunning, readSummary } from './support/api.ts';
import { expectFigures } from './support/figures.ts';
import { chooseFiles, importLog } from './support/import.ts';
import { cardOf, dropFiles, openImports, slowUploads } from './support/import-page.ts';
import { largeLog, sampleSummary, writeLog } from './support/logs.ts';
import { startServer, type RunningServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

const copies = 3;
const large = (testInfo: TestInfo): Promise<string> => writeLog(testInfo, 'large.jsonl', largeLog(copies));
const times = (figures: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value * copies]));
const largeSummary = {
  compactions: times(sampleSummary.compactions),
  hooks: times(sampleSummary.hooks),
  events: times(sampleSummary.events),
  threads: times(sampleSummary.threads),
  turns: times(sampleSummary.turns),
};

let server: RunningServer;
test.beforeEach(async () => {
  server = await startServer();
});
test.afterEach(async ({ page }) => {
  // The page may still be asking for charts of what has just come in; the server must not go before it.
  await page.close();
  await server.dispose();
});

/** Kills the server so that it cannot tidy up, and starts it again with the same data at the same address. */
async function killAndStart(): Promise<void> {
  await server.stop('SIGKILL');
  server = await startServer({ DENDRO_DATA: server.dataFolder, PORT: String(server.port) });
}

test('nothing of an import is in when the server is killed while it is sent', async ({ page }, testInfo) => {
  const file = await large(testInfo);
  await page.goto(`${server.url}/`);
  // The first mebibyte comes soon enough, and the rest takes longer than it takes a slow machine to show that and to
  // kill the server.
  const fast = await slowUploads(page, 300_000);
  await dropFiles(page, file);
  await expect(cardOf(page, 'large.jsonl')).toContainText(/\d\.\d+ MiB of [\d.]+ MiB sent/);
  await killAndStart();
  await expect(cardOf(page, 'large.jsonl')).toContainText(
    'Lost connection before the import finished; nothing was kept.',
  );
  expect(await readImports(server)).toEqual([]);
  expect((await readSummary(server)).events.total).toBe(0);

  await fast();
  await page.goto(`${server.url}/`);
  await expect(page.getByRole('heading', { name: 'No logs yet' })).toBeVisible();
  await openImports(page);
  await chooseFiles(page, file);
  await expect(cardOf(page, 'large.jsonl')).toContainText(
    `Imported: ${(1270 * copies).toLocaleString('en')} lines read.`,
  );
  expect(await readSummary(server)).toMatchObject(largeSummary);
});

test('an import is all there or not at all when the server is killed while it stores', async ({}, testInfo) => {
  const file = await large(testInfo);
  let isAnswered = false;
  const request = http.request(`${server.url}/api/imports?name=large.jsonl`, { method: 'POST' }, () => {
    isAnswered = true;
  });
  request.on('error', () => undefined);
  createReadStream(file).pipe(request);
  await expect
    .poll(async () => isAnswered || (await readRunning(server)).some(({ phase }) => phase === 'storing'), {
      intervals: [5],
    })
    .toBe(true);
  await killAndStart();
  const isIn = (await readImports(server)).length > 0;
  expect(isIn || !isAnswered, 'what was answered for is in').toBe(true);
  if (isIn) expect(await readSummary(server)).toMatchObject(largeSummary);
  else expect(await readSummary(server)).toMatchObject({ threads: { total: 0 }, events: { total: 0 } });
  expect(await importLog(server, file)).toMatchObject({ events: { accepted: 1292 * copies, duplicate: 0 } });
  expect(await readSummary(server)).toMatchObject(largeSummary);
});

test('what was imported is there after the server was killed', async ({ page }, testInfo) => {
  await importLog(server, await large(testInfo));
  const before = await readSummary(server);
  await killAndStart();
  expect(await readSummary(server)).toEqual(before);
  await page.goto(`${server.url}/`);
  await expectFigures(page, before);
});
