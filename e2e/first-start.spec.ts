import http from 'node:http';
import { expectFitForAll, lookName, phone } from './support/accessible.ts';
import { readImports, readRunning, readSummary } from './support/api.ts';
import { expectFigures, expectSettled } from './support/figures.ts';
import { cardOf, figureOf } from './support/import-page.ts';
import { sampleLines, sampleName, sampleSummary } from './support/logs.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

// From nothing to the figures of the sample, and back after a restart: each test continues where the one before it
// ended.
test.describe.configure({ mode: 'serial' });

test.describe('an empty Dendro', () => {
  test('says on every page what to do', async ({ page }) => {
    for (const path of ['/', '/threads', '/compactions', '/hooks', '/guardian', '/events', '/imports']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { name: 'No logs yet' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Choose files…' })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Load sample log' })).toBeVisible();
    }
  });

  test('says for each version of Codex how to collect its analytics events', async ({ page }) => {
    await page.goto('/');
    const ways = page.getByRole('list', { name: 'How to collect analytics events' }).getByRole('listitem');
    await expect(ways).toHaveText([
      /^Any version: .*proxy.*HTTPS_PROXY.*CODEX_CA_CERTIFICATE.*your login/,
      /^0\.155\.1 and older, or a custom model provider: .*chatgpt_base_url.*0\.156\.0 or newer without a custom provider, this makes every turn fail\.$/,
      /^Debug builds: .*CODEX_ANALYTICS_EVENTS_CAPTURE_FILE/,
    ]);
  });

  test('shows the log that comes in, whoever sends it', async ({ page, dendro }) => {
    const request = http
      .request(`${dendro.url}/api/imports?name=sent.jsonl`, { method: 'POST' })
      .on('error', () => undefined);
    request.write(`${sampleLines.slice(0, 100).join('\n')}\n`);
    await expect.poll(() => readRunning(dendro)).toHaveLength(1);
    await page.goto('/imports');
    await expect(page.getByRole('region', { name: 'In progress' })).toContainText('sent.jsonl: reading');
    request.destroy();
    await expect(page.getByRole('region', { name: 'In progress' })).toHaveCount(0);
    expect(await readImports(dendro)).toEqual([]);
  });

  test.describe(lookName(phone), () => {
    test.use(phone);
    test('is fit for all', async ({ page }) => {
      for (const path of ['/', '/imports', '/nothing', '/?from=yesterday']) {
        await page.goto(path);
        await expectFitForAll(page);
      }
    });
  });
});

test('the sample log comes in by its button, with the figures that are known of it', async ({ page, dendro }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Load sample log' }).click();
  const card = cardOf(page, sampleName);
  await expect(card).toContainText('Imported: 1,270 lines read.');
  await expect(figureOf(card, 'stored')).toHaveText('1,292');
  for (const name of ['duplicates', 'unknown', 'repaired', 'rejected'])
    await expect(figureOf(card, name)).toHaveText('0');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expectFigures(page, sampleSummary);
  expect(await readSummary(dendro)).toMatchObject(sampleSummary);
});

test('the Overview has its charts and the largest trees', async ({ page }) => {
  await page.goto('/');
  await expectSettled(page);
  for (const name of [
    /^Tokens in context before completed compactions/,
    'Hook runs by status.',
    /^Guardian reviews by outcome/,
  ]) {
    const figure = page.getByRole('figure', { name });
    await expect(figure.locator('.recharts-surface').first()).toBeVisible();
    await expect(figure.getByRole('list').first()).toBeVisible();
    await figure.getByText('Show as a table').click();
    await expect(figure.getByRole('table')).toBeVisible();
  }
  await expect(page.getByRole('table', { name: 'Largest trees' }).getByRole('row')).toHaveCount(9);
});

test('everything is still there when the page is loaded again', async ({ page }) => {
  await page.goto('/');
  await expectFigures(page, sampleSummary);
  await page.reload();
  await expectFigures(page, sampleSummary);
  await page.goto('/imports');
  await expect(page.getByRole('table', { name: 'Imports' }).getByRole('link', { name: sampleName })).toBeVisible();
});

test('and when the server was stopped and started again', async ({ page, dendro }) => {
  const before = await readImports(dendro);
  await dendro.stop();
  const again = await startServer({ DENDRO_DATA: dendro.dataFolder, PORT: String(dendro.port) });
  await page.goto(`${again.url}/`);
  await expectFigures(page, sampleSummary);
  expect(await readImports(again)).toEqual(before);
  await again.stop();
});
