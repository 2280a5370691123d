import { expectFitForAll, lookName, phone } from './support/accessible.ts';
import { expectSettled } from './support/figures.ts';
import { chooseFiles, importLog } from './support/import.ts';
import { cardOf, openImports } from './support/import-page.ts';
import { briefLog, sampleTree, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
let log: string;
test.beforeAll(async ({ dendro }, testInfo) => {
  log = await writeLog(testInfo, 'brief.jsonl', briefLog);
  await importLog(dendro, log);
});

test.describe(lookName(phone), () => {
  test.use(phone);

  test('everything that unfolds or opens is fit for all', async ({ page }, testInfo) => {
    await test.step('a tree', async () => {
      await page.goto('/threads?sort=-subtreeSize&threadKind=subagent');
      await page.getByRole('treegrid').getByRole('button', { name: 'Expand' }).first().click();
      await expect(page.getByRole('treegrid').getByRole('row', { level: 2 }).first()).toBeVisible();
      await expectFitForAll(page);
    });
    await test.step('the values of a filter', async () => {
      await page
        .getByRole('group', { name: 'Filter' })
        .getByRole('button', { name: /^Model/ })
        .click();
      await expect(page.getByRole('dialog', { name: 'Model' })).toBeVisible();
      await expectFitForAll(page);
      await page.keyboard.press('Escape');
      await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Time' }).click();
      await expect(page.getByRole('dialog', { name: 'Time' })).toBeVisible();
      await expectFitForAll(page);
      await page.keyboard.press('Escape');
    });
    await test.step('a turn, and an event', async () => {
      await page.goto(`/threads/${sampleTree.root}`);
      await expectSettled(page);
      const turn = page
        .getByRole('region', { name: 'Turns' })
        .getByRole('listitem')
        .filter({ has: page.getByRole('group') })
        .first();
      await turn.getByText('Turn 1', { exact: true }).click();
      await expect(turn.getByRole('table')).toBeVisible();
      await expectFitForAll(page);
      await turn.getByRole('link', { name: 'JSON', exact: true }).first().click();
      await expect(page.getByRole('dialog').getByLabel('JSON', { exact: true })).toBeVisible();
      await expectFitForAll(page);
    });
    await test.step('the tables of the charts', async () => {
      await page.goto('/');
      await expectSettled(page);
      for (const summary of await page.getByText('Show as a table').all()) await summary.click();
      await expectFitForAll(page);
    });
    await test.step('the imports', async () => {
      await openImports(page);
      await expectFitForAll(page);
      await chooseFiles(page, await writeLog(testInfo, 'not-a-log.txt', ['no log']), log);
      await expect(cardOf(page, 'not-a-log.txt')).toContainText('Nothing was imported.');
      await expect(page.getByRole('article').last()).toContainText('Already imported');
      await expectFitForAll(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    });
    await test.step('the question before deleting', async () => {
      await page.goto('/imports');
      await page
        .getByRole('button', { name: /^Delete / })
        .first()
        .click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectFitForAll(page);
    });
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('the pages unfold from a button', async ({ page }) => {
    await page.goto('/');
    const link = page.getByRole('link', { name: 'Hooks', exact: true });
    await expect(link).toBeHidden();
    await page.getByRole('button', { name: 'Pages' }).click();
    await expect(link).toBeVisible();
    await expectFitForAll(page);
    await link.click();
    await expect(page.getByRole('heading', { level: 1, name: 'Hooks' })).toBeVisible();
    await expect(link).toBeHidden();
  });
});
