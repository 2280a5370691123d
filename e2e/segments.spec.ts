import type { Locator, Page } from '@playwright/test';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { sampleLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';
import { rowsWritten } from './support/written.ts';

test.beforeAll(async ({ dendro }) => {
  await importLog(dendro, sampleLog);
});

const records = (page: Page, name: string): Locator =>
  page
    .getByRole('region', { name, exact: true })
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
/** Unfolds the table of a chart. */
async function tableOf(page: Page, chart: string | RegExp): Promise<Locator> {
  await expectSettled(page);
  const figure = page.getByRole('figure', { name: chart });
  await figure.getByText('Show as a table').click();
  return figure.getByRole('table');
}

test('a bar of a chart leads to the records that it counts', async ({ page }) => {
  await page.goto('/');
  const figure = page.getByRole('figure', { name: 'Hook runs by status.' });
  const bar = figure.locator('svg a[href*="hookName=PreToolUse"][href*="status=blocked"]');
  const count = await (
    await tableOf(page, 'Hook runs by status.')
  )
    .getByRole('row', { name: /^PreToolUse/ })
    .getByTitle(/blocked$/)
    .innerText();
  await bar.click();
  await expect(page).toHaveURL(/\/hooks\?.*hookName=PreToolUse.*status=blocked/);
  await expect(records(page, 'Hook runs')).toHaveCount(Number(count));
  for (const row of await records(page, 'Hook runs').all()) {
    await expect(row).toContainText('PreToolUse');
    await expect(row).toContainText('blocked');
  }
  const selected = page.getByRole('list', { name: 'Selected segment' });
  for (const part of [/^hook event PreToolUse/, /^status blocked/, 'Show all'])
    await expect(selected.getByRole('link', { name: part })).toBeVisible();
  await selected.getByRole('link', { name: /status/ }).click();
  await expect(page).not.toHaveURL(/status=/);
  await expect(records(page, 'Hook runs')).not.toHaveCount(Number(count));
});

test('a span of the savings leads to the compactions of its time', async ({ page }) => {
  await page.goto('/');
  const table = await tableOf(page, /^Tokens in context/);
  const row = table.getByRole('row').nth(1);
  const counts = (await row.getByTitle(/(completed|failed|interrupted)$/).allInnerTexts()).map(Number);
  await row.getByRole('link').click();
  await expect(page).toHaveURL(/\/compactions\?from=.*&to=/);
  await expect(records(page, 'Compactions')).toHaveCount(counts.reduce((sum, count) => sum + count, 0));
});

// The links of each table's rows: each leads to as many records as the figure says.
const tables = [
  {
    path: '/compactions?by=trigger,status',
    table: 'Compactions by group',
    list: 'Compactions',
    caption: 'Compactions',
  },
  { path: '/compactions?by=model', table: 'Compactions by group', list: 'Compactions', caption: 'Compactions' },
  { path: '/hooks?by=hookSource,status', table: 'Hook runs by group', list: 'Hook runs', caption: 'Hook runs' },
  { path: '/guardian?by=riskLevel', table: 'Guardian reviews by group', list: 'Reviews', caption: 'Guardian reviews' },
  {
    path: '/guardian?by=failureReason,terminalStatus',
    table: 'Guardian reviews by group',
    list: 'Reviews',
    caption: 'Guardian reviews',
  },
] as const;
for (const { path, table, list, caption } of tables) {
  test(`every row and figure of ${path} leads to what it counts`, async ({ page, request }) => {
    await page.goto(path);
    await expectSettled(page);
    const links = page.getByRole('table', { name: table }).getByRole('row').getByRole('link');
    const targets = new Map<string, number>();
    for (const row of await page
      .getByRole('table', { name: table })
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .all()) {
      const total = Number(
        (
          await row
            .getByTitle(/^[\d,]+ (compactions?|hook runs?|reviews?)$/)
            .first()
            .innerText()
        ).replaceAll(',', ''),
      );
      for (const link of await row.getByRole('link').all()) {
        const figure = Number((await link.innerText()).replaceAll(',', ''));
        targets.set((await link.getAttribute('href')) ?? '', Number.isNaN(figure) ? total : figure);
      }
    }
    expect(targets.size).toBeGreaterThan(2);
    await expect(links.first()).toBeVisible();
    const listed = [...targets].filter(([, count]) => count <= 50);
    for (const [target, count] of listed)
      expect(await rowsWritten(request, target, caption), target).toHaveLength(count);
    const [[target, count] = ['', 0]] = listed;
    await page.goto(target);
    await expect(records(page, list), target).toHaveCount(count);
  });
}

test('a figure of the Overview leads to its records', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('region', { name: 'Summary' })
    .getByRole('link', { name: /^failed closed/ })
    .click();
  await expect(records(page, 'Reviews')).toHaveCount(3);
  await page.goBack();
  await page
    .getByRole('region', { name: 'Summary' })
    .getByRole('link', { name: /^interrupted/ })
    .click();
  await expect(records(page, 'Compactions')).toHaveCount(1);
});
