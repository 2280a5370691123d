import type { Locator, Page } from '@playwright/test';
import { ThreadDetail } from '../lib/queries/thread.ts';
import { read, readForest } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { sampleLog, sampleTree } from './support/logs.ts';
import { expect, test } from './support/test.ts';

test.beforeAll(async ({ dendro }) => { await importLog(dendro, sampleLog); });

const { root, child, mentioned } = sampleTree;
const tree = (page: Page): Locator => page.getByRole('treegrid');
/** The line of a thread: its own link names it. */
const lineOf = (page: Page, threadId: string): Locator => tree(page).getByRole('row').filter({ has: page.locator(`a[title="${threadId}"]`) });

test('a tree unfolds by mouse, down to threads that are only mentioned', async ({ page }) => {
  await page.goto('/threads?sort=-subtreeSize');
  await expect(lineOf(page, root)).toHaveAttribute('aria-expanded', 'false');
  await expect(lineOf(page, child)).toHaveCount(0);
  await lineOf(page, root).getByRole('button', { name: 'Unfold' }).click();
  await expect(lineOf(page, root)).toHaveAttribute('aria-expanded', 'true');
  await expect(lineOf(page, child)).toHaveAttribute('aria-level', '2');
  await expect(lineOf(page, child)).toContainText('subagent');
  await lineOf(page, child).getByRole('button', { name: 'Unfold' }).click();
  await expect(lineOf(page, mentioned)).toHaveAttribute('aria-level', '3');
  await expect(lineOf(page, mentioned)).toContainText('only mentioned');
  await expect(lineOf(page, mentioned)).toContainText('parent: spawn');
  await expect(lineOf(page, mentioned).getByRole('button', { name: 'Unfold' })).toHaveCount(0);

  await lineOf(page, root).getByRole('button', { name: 'Fold' }).click();
  await expect(tree(page).getByRole('row', { level: 2 })).toHaveCount(0);
  await lineOf(page, root).getByRole('button', { name: 'Unfold' }).click();
  await expect(lineOf(page, mentioned), 'what was unfolded below stays so').toBeVisible();
});

test('a tree unfolds by the arrow keys, and Enter opens a thread', async ({ page }) => {
  await page.goto('/threads?sort=-subtreeSize');
  await lineOf(page, root).focus();
  await page.keyboard.press('ArrowRight');
  await expect(lineOf(page, child)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(tree(page).getByRole('row', { level: 2 }).first()).toBeFocused();
  const isAt = (line: Locator): Promise<boolean> => line.evaluate((element) => element === document.activeElement);
  while (!await isAt(lineOf(page, child))) {
    await page.keyboard.press('ArrowDown');
    await expect(tree(page).getByRole('row', { level: 2 }).and(page.locator(':focus'))).toBeVisible();
  }
  await page.keyboard.press('ArrowRight');
  await expect(lineOf(page, mentioned)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(lineOf(page, mentioned)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(lineOf(page, child)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(lineOf(page, mentioned)).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(tree(page).getByRole('row', { level: 1 }).first()).toBeFocused();
  await page.keyboard.press('End');
  await expect(tree(page).getByRole('row').last()).toBeFocused();
  await lineOf(page, child).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/threads/${child}`);
});

test('every root is listed once, in the order that a column asks for', async ({ page, dendro }) => {
  const roots = (await readForest(dendro)).filter(({ depth }) => depth === 0).map(({ threadId }) => threadId);
  const names = async (): Promise<(string | null)[]> => {
    await expectSettled(page);
    return Promise.all((await tree(page).getByRole('row', { level: 1 }).all()).map((row) => row.getByRole('link').first().getAttribute('title')));
  };
  await page.goto('/threads');
  const first = await names();
  await page.getByRole('link', { name: 'More trees' }).click();
  await expect(tree(page).getByRole('row', { level: 1 })).toHaveCount(roots.length - first.length);
  expect([...first, ...await names()].sort()).toEqual([...roots].sort());

  const column = tree(page).getByRole('columnheader', { name: /^in subtree/ });
  for (const order of ['descending', 'ascending']) {
    await column.getByRole('link').click();
    await expect(column).toHaveAttribute('aria-sort', order);
  }
  const tokens = await tree(page).getByTitle(/^[\d,]+ tokens, with its descendants/).evaluateAll((elements) => elements.map((element) => Number.parseInt((element.getAttribute('title') ?? '').replaceAll(',', ''), 10)));
  expect(tokens).toEqual(tokens.toSorted((one, other) => one - other));
});

test('under a filter the ancestors of what matches stay', async ({ page }) => {
  await page.goto('/threads?threadKind=subagent&sort=-subtreeSize');
  await expect(lineOf(page, root)).toHaveAttribute('data-matches', 'false');
  await lineOf(page, root).getByRole('button', { name: 'Unfold' }).click();
  await expect(lineOf(page, child)).toHaveAttribute('data-matches', 'true');
});

test('a thread shows its ancestors, its facts and its subtree, which lead from one to the other', async ({ page }) => {
  await page.goto(`/threads/${mentioned}`);
  const ancestors = page.getByRole('navigation', { name: 'Ancestors' });
  await expect(ancestors.getByRole('listitem')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('only mentioned');
  await ancestors.locator(`a[title="${child}"]`).click();
  await expect(page).toHaveURL(`/threads/${child}`);
  await expect(page.getByRole('region', { name: 'Subtree' }).getByRole('row')).toHaveCount(2);
  await page.getByRole('navigation', { name: 'Ancestors' }).locator(`a[title="${root}"]`).click();
  await expect(page).toHaveURL(`/threads/${root}`);
  const subtree = page.getByRole('region', { name: 'Subtree' });
  await expect(subtree.getByRole('row').filter({ has: page.locator(`a[title="${mentioned}"]`) })).toHaveText(/^2/);
  await subtree.locator(`a[title="${child}"]`).click();
  await expect(page).toHaveURL(`/threads/${child}`);
});

test('the turns of a thread unfold to all that happened in them', async ({ page, dendro }) => {
  const forest = await readForest(dendro);
  const details = await Promise.all(forest.filter(({ seen }) => seen !== 'mentioned').map(({ threadId }) => read(dendro, ThreadDetail, `/api/threads/${threadId}`)));
  const kinds = [['compactions', 'Compaction'], ['hookRuns', 'Hook'], ['guardianReviews', 'Guardian'], ['toolCalls', 'Tool']] as const;
  for (const [kind, label] of kinds) {
    const detail = details.find((each) => each[kind].length > 0 && each.turns.length > 1);
    const turnId = detail?.[kind][0]?.turnId;
    if (!detail || !turnId) throw new Error(`The sample has no ${kind}.`);
    await page.goto(`/threads/${detail.thread.threadId}`);
    await expectSettled(page);
    const turns = page.getByRole('region', { name: 'Turns' });
    const turn = turns.getByRole('listitem').filter({ has: page.locator(`a[title="${turnId}"]`) });
    await expect(turns.getByRole('listitem').filter({ has: page.getByRole('group') })).toHaveCount(detail.turns.length);
    await expect(turn.getByRole('table')).toBeHidden();
    await turn.getByText(/^Turn \d+$/).click();
    const cells = turn.getByRole('table').getByRole('cell', { name: label, exact: true });
    await expect(cells).toHaveCount(detail[kind].filter((record) => record.turnId === turnId).length);
    await expect(cells.first()).toBeVisible();
  }
});

test('what is not there has a page that says so', async ({ page }) => {
  for (const path of ['/threads/none', '/events/none', '/events/999999999999', '/imports/999', '/nothing']) {
    expect((await page.goto(path))?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Dendro' })).toBeVisible();
  }
});
