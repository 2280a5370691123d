import type { Locator, Page } from '@playwright/test';
import { readImports } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { cardOf, importButton } from './support/import-page.ts';
import { copyOfSample, sampleLog, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.beforeAll(async ({ dendro }) => {
  await importLog(dendro, sampleLog);
});

/** Presses Tab until `target` has the focus, and checks that the focus is in view. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let step = 0; step < 150; step += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluateAll((elements) => elements.some((element) => element === document.activeElement))) {
      await expect(page.locator(':focus')).toBeInViewport();
      return;
    }
  }
  throw new Error(`The tabulator does not reach ${String(target)}.`);
}

test('the first thing that the tabulator reaches skips to the content', async ({ page }) => {
  await page.goto('/');
  await expectSettled(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toBeVisible();
});

test('every page is reached by the navigation', async ({ page }) => {
  await page.goto('/');
  for (const name of ['Threads', 'Compactions', 'Hooks', 'Guardian', 'Imports', 'Overview']) {
    await tabTo(page, page.getByRole('navigation', { name: 'Dendro' }).getByRole('link', { name, exact: true }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
});

test('a log is imported', async ({ page, dendro }, testInfo) => {
  const chooser = page.waitForEvent('filechooser');
  await page.goto('/');
  await tabTo(page, importButton(page));
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'Import logs' });
  await expect(drawer.getByRole('button', { name: 'Choose files…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(await writeLog(testInfo, 'by-keyboard.jsonl', copyOfSample(3)));
  await expect(cardOf(page, 'by-keyboard.jsonl')).toContainText('Imported: 1,270 lines read.');
  await tabTo(page, cardOf(page, 'by-keyboard.jsonl').getByRole('link', { name: 'Filter to this import' }));
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(importButton(page)).toBeFocused();
  expect((await readImports(dendro)).map(({ name }) => name)).toContain('by-keyboard.jsonl');
});

test('the filter is set and taken away', async ({ page }) => {
  await page.goto('/hooks');
  await expectSettled(page);
  const kind = page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: /^Kind/ });
  await tabTo(page, kind);
  await page.keyboard.press('Enter');
  const choices = page.getByRole('dialog', { name: 'Kind' });
  const guardian = choices.getByRole('checkbox', { name: 'guardian' });
  await expect(guardian).toBeVisible();
  await expect(choices.locator(':focus')).toBeVisible();
  if (!(await guardian.evaluate((element) => element === document.activeElement))) await tabTo(page, guardian);
  await page.keyboard.press('Space');
  await expect(guardian).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(choices).toBeHidden();
  await expect(kind).toBeFocused();
  await expect(page).toHaveURL('/hooks?threadKind=guardian');
  const chip = page.getByRole('list', { name: 'Active filters' }).getByRole('link', { name: /^Kind guardian/ });
  await tabTo(page, chip);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/hooks');
});

test('a tree unfolds, a thread opens, and in it an event', async ({ page }) => {
  await page.goto('/threads?sort=-subtreeSize');
  await expectSettled(page);
  const first = page.getByRole('treegrid').getByRole('row', { level: 1 }).first();
  await tabTo(page, first);
  await page.keyboard.press('ArrowRight');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('treegrid').getByRole('row', { level: 2 }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Ancestors' })).toBeVisible();
  await expectSettled(page);

  const turn = page
    .getByRole('region', { name: /turn/i })
    .getByRole('listitem')
    .filter({ has: page.getByRole('group') })
    .first();
  await tabTo(page, turn.locator('summary'));
  const json = turn.getByRole('link', { name: 'JSON', exact: true }).first();
  if (!(await json.isVisible())) await page.keyboard.press('Enter');
  await expect(json).toBeVisible();
  await tabTo(page, json);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await expect(panel.getByLabel('JSON', { exact: true })).toBeVisible();
  await expect(panel.locator(':focus')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(/\/threads\//);
});

test('an import is deleted after asking', async ({ page, dendro }, testInfo) => {
  await importLog(dendro, await writeLog(testInfo, 'to-delete.jsonl', copyOfSample(5)));
  await page.goto('/imports');
  await expectSettled(page);
  const button = page.getByRole('button', { name: 'Delete to-delete.jsonl' });
  await tabTo(page, button);
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: 'Delete to-delete.jsonl?' });
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await tabTo(page, question.getByRole('button', { name: 'Delete import' }));
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(button).toHaveCount(0);
});
