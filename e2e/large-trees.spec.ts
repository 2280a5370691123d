import type { Page, TestInfo } from '@playwright/test';
import { expectNoViolations } from './support/accessible.ts';
import { dendroWith } from './support/extreme-dendro.ts';
import { idOf } from './support/extremes.ts';
import { chooseFiles } from './support/import.ts';
import { cardOf, openImports } from './support/import-page.ts';
import { eventLine, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';
import { expectTree, rowOf, rowsOf, tree } from './support/tree.ts';

const thread = (number: number): string => idOf('thread', number);
/** A screen of rows, and some above and below it. */
const mostInPage = 60;

test.describe('100,000 threads', () => {
  const { at } = dendroWith('wide');
  test('scroll and unfold with only the rows on screen in the page', async ({ page }) => {
    await page.goto(at('/threads?sort=createdAt'));
    await expectTree(page);
    await expect(page.getByText('100,000 threads in 10,000 trees')).toBeVisible();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '10001');
    await rowOf(page, thread(0)).focus();
    await page.keyboard.press('End');
    await expect(rowOf(page, thread(99_990))).toBeFocused();
    await expect(rowOf(page, thread(99_990))).toHaveAttribute('aria-rowindex', '10001');
    await page.getByRole('button', { name: 'Expand all' }).click();
    await expect(rowOf(page, thread(99_990))).toHaveAttribute('aria-expanded', 'true');
    await rowOf(page, thread(99_990)).focus();
    await page.keyboard.press('End');
    await expect(rowOf(page, thread(99_999)).or(rowOf(page, thread(99_993)))).toHaveCount(2);
    await expectTree(page);
    expect(await rowsOf(page).count()).toBeLessThan(mostInPage);
    await page.getByRole('button', { name: 'Collapse all', exact: true }).click();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '10001');
    await tree(page)
      .locator('..')
      .evaluate((box) => box.scrollTo({ top: box.scrollHeight / 2 }));
    await expect(
      rowOf(page, thread(50_000))
        .or(rowOf(page, thread(49_990)))
        .first(),
    ).toBeInViewport();
    await expectTree(page);
    expect(await rowsOf(page).count()).toBeLessThan(mostInPage);
    await page.getByRole('spinbutton', { name: 'Depth' }).fill('1');
    await expect(rowsOf(page, { level: 2 }).first()).toBeVisible();
    await expect(rowsOf(page, { level: 3 })).toHaveCount(0);
    await expectNoViolations(page);
  });

  test('are searched as a whole', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    await page.keyboard.press('/');
    await page.keyboard.type(thread(77_773));
    await expect(page.getByRole('search', { name: 'Threads' }).getByRole('status')).toHaveText('1 of 1');
    await expect(rowOf(page, thread(77_773))).toBeInViewport();
    await expect(rowOf(page, thread(77_773))).toHaveAttribute('aria-level', '4');
  });

  test('say when a part of the page cannot be loaded, and go on when it can', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    const chunks = '**/_next/static/**';
    await page.route(chunks, (route) => route.abort());
    const box = tree(page).locator('..');
    await box.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
    const failure = page.getByRole('alert').filter({ hasText: 'Could not load the tree.' });
    await expect(failure).toContainText('A part of this page could not be loaded. Is Dendro still running?');
    await page.unroute(chunks);
    await failure.getByRole('button', { name: 'Try again' }).click();
    await expect(
      rowOf(page, thread(50_000))
        .or(rowOf(page, thread(49_990)))
        .first(),
    ).toBeInViewport();
    await expect(failure).toHaveCount(0);
  });

  /** Imports a log of one thread in the page itself. */
  const importThread = async (page: Page, testInfo: TestInfo, name: string, createdAt: number): Promise<void> => {
    const log = eventLine('codex_thread_initialized', {
      thread_id: name,
      thread_source: 'user',
      initialization_mode: 'new',
      created_at: createdAt,
      model: 'gpt-5.5',
    });
    await openImports(page);
    await chooseFiles(page, await writeLog(testInfo, `${name}.jsonl`, [log]));
    await expect(cardOf(page, `${name}.jsonl`)).toContainText('Imported');
    await page.keyboard.press('Escape');
  };

  test('stay what they are where they are unfolded, selected and scrolled to, while logs come in', async ({
    page,
  }, testInfo) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    const box = tree(page).locator('..');
    await rowOf(page, thread(99_990)).getByRole('button', { name: 'Expand' }).click();
    await box.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }));
    const root = rowOf(page, thread(50_000));
    await expect(root).toBeInViewport();
    await expectTree(page);
    await root.getByRole('button', { name: 'Expand' }).click();
    const selected = rowsOf(page, { level: 2 }).first();
    await selected.focus();
    await expectTree(page);
    const id = (await selected.getByRole('link').first().getAttribute('title')) ?? '';
    const before = {
      root: await root.boundingBox(),
      selected: await rowOf(page, id).boundingBox(),
      count: Number(await tree(page).getAttribute('aria-rowcount')),
    };
    // Newer than all others, it comes first; and older, last.
    await importThread(page, testInfo, 'newest', 1_900_000_000);
    await expect(page.getByText('100,001 threads in 10,001 trees')).toBeVisible();
    await importThread(page, testInfo, 'eldest', 1_700_000_000);
    await expect(page.getByText('100,002 threads in 10,002 trees')).toBeVisible();
    await expectTree(page);
    await expect(root).toHaveAttribute('aria-expanded', 'true');
    expect({ root: await root.boundingBox(), selected: await rowOf(page, id).boundingBox() }).toEqual({
      root: before.root,
      selected: before.selected,
    });
    await expect(rowOf(page, id)).toHaveAttribute('tabindex', '0');
    // Nodes unfolded out of sight are still unfolded.
    await rowOf(page, id).focus();
    await page.keyboard.press('Home');
    await expect(rowOf(page, 'newest')).toBeFocused();
    await expect(rowOf(page, thread(99_990))).toHaveAttribute('aria-expanded', 'true');
    await expectTree(page);
    await expect(tree(page)).toHaveAttribute('aria-rowcount', String(before.count + 2));
    await page.keyboard.press('End');
    await expect(rowOf(page, 'eldest')).toBeFocused();
  });
});

test.describe('a chain of 10,000', () => {
  const { at } = dendroWith('chain');
  test('stays readable down to its end', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    await page.getByRole('button', { name: 'Expand all' }).click();
    await rowOf(page, thread(0)).focus();
    await page.keyboard.press('End');
    const last = rowOf(page, thread(9999));
    await expect(last).toBeFocused();
    await expect(last).toHaveAttribute('aria-level', '10000');
    await expect(last).toContainText('9,999');
    await expect(last.getByRole('link')).toBeInViewport({ ratio: 1 });
    const trail = page.getByRole('navigation', { name: 'Ancestors of the first row' });
    await expect(trail).toContainText('more');
    await expect(trail.getByRole('button')).toHaveCount(4);
    await trail.getByRole('button').first().click();
    await expect(rowOf(page, thread(0))).toBeFocused();
    await expect(trail).toHaveCount(0);
    await page.keyboard.press('3');
    await expect(rowsOf(page)).toHaveCount(4);
    await expect(rowOf(page, thread(3))).toHaveAttribute('aria-expanded', 'false');
  });

  test('leads from the page of its last thread to every other', async ({ page }) => {
    await page.goto(at(`/threads/${thread(9999)}`));
    const ancestors = page.getByRole('navigation', { name: 'Ancestors' });
    await expect(ancestors.getByRole('link')).toHaveCount(10);
    for (const number of [0, 3, 9995, 9998])
      await expect(ancestors.locator(`a[title="${thread(number)}"]`)).toBeVisible();
    await ancestors.getByRole('link', { name: '9,991 between' }).click();
    await expect(rowOf(page, thread(9999))).toBeInViewport();
    await rowOf(page, thread(9994)).getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(thread(9994).slice(-4));
    await expect(ancestors).toContainText('9,986 between');
  });
});

test.describe('40 children with 40 children each', () => {
  const { at } = dendroWith('grid');
  test('know their places among their siblings', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    await rowOf(page, thread(0)).focus();
    await page.keyboard.press('1');
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '42');
    await page.keyboard.press('ArrowDown');
    const newest = rowOf(page, thread(1 + 39 * 41));
    await expect(newest).toBeFocused();
    await expect(newest).toHaveAttribute('aria-setsize', '40');
    await page.keyboard.press('*');
    await expect(tree(page)).toHaveAttribute('aria-rowcount', String(1 + 1 + 40 * 41));
    expect(await rowsOf(page).count()).toBeLessThan(mostInPage);
  });
});

test.describe('threads that are only mentioned', () => {
  const { at } = dendroWith('mentioned');
  test('say so, each with where its parent is known from', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    await rowOf(page, thread(0)).getByRole('button', { name: 'Expand' }).click();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '301');
    const row = rowOf(page, thread(299));
    await expect(row).toContainText('only mentioned');
    await expect(row).toContainText('parent: spawn');
    await expect(row.getByTitle('The logs have no events for this thread.')).toBeVisible();
  });
});
