import type { Locator, Page } from '@playwright/test';
import { OutlinePage } from '../lib/queries/outline/shapes.ts';
import { ThreadDetail } from '../lib/queries/thread.ts';
import { ThreadList } from '../lib/queries/threads.ts';
import { read, readForest } from './support/api.ts';
import { expectSettled, written } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { eventLine, sampleLog, sampleTree, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';
import { expectTree, rowOf, rowsOf, tree } from './support/tree.ts';

test.beforeAll(async ({ dendro }) => {
  await importLog(dendro, sampleLog);
});

const { root, child, mentioned } = sampleTree;
const search = (page: Page): Locator => page.getByRole('searchbox', { name: /^Find threads/ });
/** The number of matches, and the place of the shown one. */
const found = (page: Page): Locator => page.getByRole('search', { name: 'Threads' }).getByRole('status');
const unfold = (page: Page): Locator => page.getByRole('group', { name: 'Expand to depth' });

test('a tree unfolds by mouse, down to threads that are only mentioned', async ({ page }) => {
  await page.goto('/threads?sort=-subtreeSize');
  await expectTree(page);
  await expect(rowOf(page, root)).toHaveAttribute('aria-expanded', 'false');
  await expect(rowOf(page, child)).toHaveCount(0);
  await rowOf(page, root).getByRole('button', { name: 'Expand' }).click();
  await expect(rowOf(page, root)).toHaveAttribute('aria-expanded', 'true');
  await expect(rowOf(page, child)).toHaveAttribute('aria-level', '2');
  await expect(rowOf(page, child)).toHaveAttribute('aria-posinset', '1');
  await expect(rowOf(page, child)).toHaveAttribute('aria-setsize', '7');
  await expect(rowOf(page, child)).toContainText('subagent');
  await rowOf(page, child).getByRole('button', { name: 'Expand' }).click();
  await expect(rowOf(page, mentioned)).toHaveAttribute('aria-level', '3');
  await expect(rowOf(page, mentioned)).toContainText('only mentioned');
  await expect(rowOf(page, mentioned)).toContainText('parent: spawn');
  await expect(rowOf(page, mentioned).getByRole('button', { name: 'Expand' })).toHaveCount(0);

  await rowOf(page, root).getByRole('button', { name: 'Collapse' }).click();
  await expect(tree(page).getByRole('row', { level: 2 })).toHaveCount(0);
  await rowOf(page, root).getByRole('button', { name: 'Expand' }).click();
  await expect(rowOf(page, mentioned), 'what was unfolded below stays so').toBeVisible();
  await rowOf(page, mentioned).getByRole('link').first().click();
  await expect(page).toHaveURL(`/threads/${mentioned}`);
  await page.goBack();
  await expect(rowOf(page, mentioned), 'and so it does for whoever comes back').toBeVisible();
});

test('a tree unfolds by the arrow keys, and Enter opens a thread', async ({ page }) => {
  await page.goto('/threads?sort=-subtreeSize');
  await expectTree(page);
  await rowOf(page, root).focus();
  await page.keyboard.press('ArrowRight');
  await expect(rowOf(page, child)).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(rowOf(page, child)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(rowOf(page, mentioned)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(rowOf(page, child)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(rowOf(page, mentioned)).toHaveCount(0);
  await page.keyboard.press('*');
  await expect(tree(page).getByRole('row', { level: 3 })).toHaveCount(2);
  await page.keyboard.press('End');
  await expect(rowsOf(page).last()).toBeFocused();
  await expect(rowsOf(page).last()).toBeInViewport();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('Home');
  await expect(rowOf(page, root)).toBeFocused();
  await page.keyboard.press('0');
  await expect(tree(page).getByRole('row', { level: 2 })).toHaveCount(0);
  await page.keyboard.press('2');
  await expect(rowOf(page, mentioned)).toBeVisible();
  await rowOf(page, child).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/threads/${child}`);
});

test('the keys are listed, and the slash leads to the search', async ({ page }) => {
  await page.goto('/threads');
  await expectTree(page);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Expand to this depth');
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('?');
  await expect(keys, 'what is typed is searched for').toBeHidden();
});

test('what is searched for is found wherever it stands, and shown one after the other', async ({ page }) => {
  await page.goto('/threads');
  await expectTree(page);
  await search(page).fill(mentioned.slice(0, 13).toUpperCase());
  await expect(found(page)).toHaveText('1 of 1');
  await expect(rowOf(page, mentioned)).toHaveAttribute('aria-level', '3');
  await expect(rowOf(page, mentioned)).toHaveAttribute('data-found', 'current');
  await expect(rowOf(page, mentioned)).toBeInViewport();
  await expect(page).toHaveURL(/\?search=01A20323-9247$/);
  await page.reload();
  await expect(rowOf(page, mentioned), 'a link shares what is found').toBeVisible();

  await search(page).fill('');
  await expect(found(page)).toHaveText('');
  await expect(rowOf(page, mentioned), 'what was shown stays in view').toBeVisible();
  await search(page).fill('CONTEXTWINDOW');
  await expect(found(page)).toHaveText(/^1 of \d+$/);
  await expect(tree(page).locator('[data-found="current"]')).toContainText('found in errors');
  await search(page).fill('gpt-5.5');
  await expect(found(page)).toHaveText(/^1 of \d\d$/);
  const current = async (): Promise<string | null> =>
    tree(page).locator('[data-found="current"]').getByRole('link').first().getAttribute('title');
  const first = await current();
  await page.keyboard.press('Enter');
  await expect(found(page)).toHaveText(/^2 of /);
  expect(await current()).not.toBe(first);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(found(page), 'before the first is the last').toHaveText(/^(\d\d) of \1$/);
  await expect(tree(page).locator('[data-found="current"]')).toBeInViewport();
  await page.keyboard.press('ArrowDown');
  await expect(tree(page).locator('[data-found="current"]')).toBeFocused();
  await page.keyboard.press('n');
  await expect(found(page)).toHaveText(/^1 of /);
  await expect(tree(page).locator('[data-found="current"]')).toBeFocused();
  await search(page).fill('no such thread');
  await expect(found(page)).toHaveText('No matches');
});

test('whole trees are chosen by what happened in them, and what happened is shown', async ({ page, dendro }) => {
  await page.goto('/threads?sort=-subtreeSize');
  await expectTree(page);
  await page.getByRole('button', { name: 'Trees with' }).click();
  await page.getByRole('checkbox', { name: 'a blocked hook' }).check();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/[?&]trees=blocked_hook/);
  const chip = page
    .getByRole('list', { name: 'Selected trees' })
    .getByRole('link', { name: /^trees with a blocked hook/ });
  await expect(chip).toBeVisible();
  const chosen = await read(dendro, OutlinePage, '/api/outline?trees=blocked_hook');
  expect(chosen.trees).toBe(1);
  await expect(page.getByText(`${chosen.threads} threads in 1 tree`)).toBeVisible();
  await expect(rowsOf(page, { level: 1 })).toHaveCount(chosen.trees);
  const blocked = tree(page).locator('[data-found]');
  await expect(blocked).toHaveCount(2);
  for (const row of await blocked.all()) await expect(row.getByTitle(/\d+ blocked/).first()).toBeVisible();
  await expect(found(page)).toHaveText('1 of 2');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(found(page)).toHaveText('2 of 2');
  await chip.click();
  await expect(page).not.toHaveURL(/trees=/);
  await expect(page.getByText('98 threads in 59 trees')).toBeVisible();
});

test('guardian threads are one row for each reviewed thread, unless they are asked for', async ({ page, dendro }) => {
  const guardians = (await readForest(dendro)).filter(({ kind }) => kind === 'guardian');
  const reviewed = guardians.find(({ parentThreadId }) => parentThreadId !== null);
  if (!reviewed?.parentThreadId) throw new Error('The sample has no guardian with a reviewed thread.');
  await page.goto('/threads?sort=-subtreeSize');
  await expectTree(page);
  await unfold(page).getByRole('button', { name: 'Expand all' }).click();
  const groups = rowsOf(page).filter({ hasText: /\d+ guardian threads?/ });
  await search(page).fill(reviewed.parentThreadId);
  await expect(found(page)).toHaveText('1 of 1');
  await expect(rowOf(page, reviewed.parentThreadId)).toBeInViewport();
  const group = groups.filter({ hasText: 'of the thread above' }).first();
  await expect(group).toHaveAttribute('aria-expanded', 'false');
  await expect(rowOf(page, reviewed.threadId)).toHaveCount(0);
  await search(page).fill(reviewed.threadId);
  await expect(rowOf(page, reviewed.threadId)).toBeVisible();

  await page.getByRole('list', { name: 'Guardian threads' }).getByRole('link', { name: 'shown' }).click();
  await expect(page).toHaveURL(/guardians=shown/);
  await expect(rowOf(page, reviewed.threadId)).toBeVisible();
  await expect(groups).toHaveCount(0);
});

test('in one list every thread is listed once, in the order that a column asks for', async ({ page, dendro }) => {
  await page.goto('/threads?layout=flat&guardians=shown&sort=-subtreeTokens');
  await expectTree(page);
  await expect(tree(page)).toHaveAttribute('aria-rowcount', String((await readForest(dendro)).length + 1));
  await expect(tree(page).getByRole('row', { level: 2 })).toHaveCount(0);
  for (const order of ['ascending', 'descending']) {
    const column = tree(page).getByRole('columnheader', { name: /^Tokens/ });
    await column.getByRole('link', { name: /^subtree/ }).click();
    await expect(column).toHaveAttribute('aria-sort', order);
    await expect(page).toHaveURL(new RegExp(`sort=${order === 'descending' ? '-' : ''}subtreeTokens`));
    const { threads } = await read(
      dendro,
      ThreadList,
      `/api/threads?limit=1&sort=${order === 'descending' ? '-' : ''}subtreeTokens`,
    );
    const first = rowsOf(page).first();
    if (order === 'descending') {
      await expect(first.getByTitle(threads[0]?.threadId ?? '')).toBeVisible();
      await expect(
        first.getByTitle(`${written(threads[0]?.tokens.total ?? 0)} tokens`, { exact: true }),
        'every digit on hover',
      ).toBeVisible();
    }
  }
  await page.getByRole('list', { name: 'Layout' }).getByRole('link', { name: 'Nested' }).click();
  await expect(page).not.toHaveURL(/layout=/);
});

test('every root is listed once in the tree', async ({ page, dendro }) => {
  const forest = await readForest(dendro);
  const roots = forest.filter(({ depth }) => depth === 0).map(({ threadId }) => threadId);
  await page.goto('/threads?guardians=shown');
  await expectTree(page);
  await expect(tree(page)).toHaveAttribute('aria-rowcount', String(roots.length + 1));
  const seen = new Set<string>();
  await rowsOf(page).first().focus();
  for (let screen = 0; seen.size < roots.length && screen < 20; screen++) {
    for (const title of await rowsOf(page).evaluateAll((rows) =>
      rows.map((row) => row.querySelector('a')?.title ?? ''),
    ))
      seen.add(title);
    await page.keyboard.press('PageDown');
    await expectTree(page);
  }
  expect([...seen].sort()).toEqual([...roots].sort());
});

test('the chosen columns are remembered', async ({ page }) => {
  await page.goto('/threads');
  await expectTree(page);
  const heads = tree(page).getByRole('columnheader');
  await expect(heads).toHaveCount(11);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Source' }).check();
  await page.getByRole('checkbox', { name: 'Saved' }).uncheck();
  await expect(tree(page).getByRole('columnheader', { name: 'Source' })).toBeVisible();
  await page.reload();
  await expectTree(page);
  await expect(heads).toHaveCount(11);
  await expect(tree(page).getByRole('columnheader', { name: 'Source' })).toBeVisible();
  await expect(tree(page).getByRole('columnheader', { name: 'Saved' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('button', { name: 'Reset to default' }).click();
  await expect(tree(page).getByRole('columnheader', { name: 'Saved' })).toBeVisible();
});

test('the usual columns fit beside the name on a desk', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/threads');
  await expectTree(page);
  const { scrollWidth, clientWidth } = await tree(page)
    .locator('..')
    .evaluate((box) => ({ scrollWidth: box.scrollWidth, clientWidth: box.clientWidth }));
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});

test('under a filter the ancestors of what matches stay', async ({ page }) => {
  await page.goto('/threads?threadKind=subagent&sort=-subtreeSize');
  await expectTree(page);
  await expect(rowOf(page, root)).toHaveAttribute('data-matches', 'false');
  await rowOf(page, root).getByRole('button', { name: 'Expand' }).click();
  await expect(rowOf(page, child)).toHaveAttribute('data-matches', 'true');
});

test.describe('by touch on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  test('a tree unfolds, its names stay while its figures scroll, and it is searched', async ({ page }) => {
    await page.goto('/threads?sort=-subtreeSize');
    await expectTree(page);
    await rowOf(page, root).getByRole('button', { name: 'Expand' }).tap();
    await expect(rowOf(page, child)).toBeVisible();
    const name = rowOf(page, child).getByRole('link').first();
    const before = await name.boundingBox();
    await tree(page)
      .locator('..')
      .evaluate((box) => box.scrollTo({ left: 2000 }));
    await expect(rowOf(page, child).getByRole('gridcell').last()).toBeInViewport();
    expect((await name.boundingBox())?.x).toBe(before?.x);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await search(page).tap();
    await search(page).fill(mentioned);
    await expect(rowOf(page, mentioned)).toBeInViewport();
    await rowOf(page, mentioned).getByRole('link').first().tap();
    await expect(page).toHaveURL(`/threads/${mentioned}`);
  });
});

test('a thread shows its ancestors, its facts, its run and its children, which lead from one to the other', async ({
  page,
}) => {
  await page.goto(`/threads/${mentioned}`);
  const ancestors = page.getByRole('navigation', { name: 'Ancestors' });
  await expect(ancestors.getByRole('listitem')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Facts' })).toContainText('only mentioned');
  await ancestors.locator(`a[title="${child}"]`).click();
  await expect(page).toHaveURL(`/threads/${child}`);
  const children = page.getByRole('region', { name: 'Children' });
  const onlyMentioned = children.getByRole('row').filter({ has: page.locator(`a[title="${mentioned}"]`) });
  await expect(onlyMentioned).toContainText('only mentioned');
  await expect(onlyMentioned.getByTitle('The logs have no events for this thread.')).toContainText('unknown');
  await page.getByRole('navigation', { name: 'Ancestors' }).locator(`a[title="${root}"]`).click();
  await expect(page).toHaveURL(`/threads/${root}`);
  await children.locator(`a[title="${child}"]`).click();
  await expect(page).toHaveURL(`/threads/${child}`);
  await page.getByRole('navigation', { name: 'Ancestors' }).locator(`a[title="${root}"]`).click();
  const run = page.getByRole('region', { name: 'Run' });
  await expect(run.getByRole('treeitem').filter({ has: page.locator(`a[title="${mentioned}"]`) })).toHaveAttribute(
    'aria-level',
    '3',
  );
  await run.locator(`a[title="${child}"]`).click();
  await expect(page).toHaveURL(`/threads/${child}`);
});

test('the turns of a thread unfold to all that happened in them', async ({ page, dendro }) => {
  const forest = await readForest(dendro);
  const details = await Promise.all(
    forest
      .filter(({ seen }) => seen !== 'mentioned')
      .map(({ threadId }) => read(dendro, ThreadDetail, `/api/threads/${threadId}`)),
  );
  const kinds = [
    ['compactions', 'Compaction'],
    ['hookRuns', 'Hook'],
    ['guardianReviews', 'Guardian'],
    ['toolCalls', 'Tool'],
  ] as const;
  for (const [kind, label] of kinds) {
    // A longer list comes in pages.
    const detail = details.find((each) => each[kind].length > 0 && each.turns.length > 1 && each.turns.length <= 50);
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

test('no number of a row is cut off, however large', async ({ page, dendro }, testInfo) => {
  const runs = { completed: 3314, failed: 1082, blocked: 1050, stopped: 126 };
  await importLog(
    dendro,
    await writeLog(
      testInfo,
      'runs.jsonl',
      Object.entries(runs).flatMap(([status, count]) =>
        Array.from({ length: count }, () =>
          eventLine('codex_hook_run', {
            thread_id: 'many',
            turn_id: 'one',
            hook_name: 'Stop',
            hook_source: 'user',
            status,
          }),
        ),
      ),
    ),
  );
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('/threads?sort=-hookRuns');
  await expectTree(page);
  const counts = tree(page).getByRole('row').nth(1).getByRole('gridcell').filter({ hasText: '1,082 failed' });
  await expect(counts).toContainText('1,082+1,176');
  expect(
    await counts.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    'nothing reaches beyond the cell',
  ).toBe(0);
});
