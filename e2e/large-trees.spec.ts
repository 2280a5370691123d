import { expectNoViolations } from './support/accessible.ts';
import { dendroWith } from './support/extreme-dendro.ts';
import { idOf } from './support/extremes.ts';
import { eventLine } from './support/logs.ts';
import { send } from './support/requests.ts';
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
    await page.getByRole('button', { name: 'Unfold all' }).click();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '100001');
    await expect(rowOf(page, thread(99_990))).toHaveAttribute('aria-expanded', 'true');
    await tree(page).locator('..').evaluate((box) => box.scrollTo({ top: box.scrollHeight }));
    await expect(rowOf(page, thread(99_999)).or(rowOf(page, thread(99_993)))).toHaveCount(2);
    await expectTree(page);
    expect(await rowsOf(page).count()).toBeLessThan(mostInPage);
    await tree(page).locator('..').evaluate((box) => box.scrollTo({ top: box.scrollHeight / 2 }));
    await expect(rowOf(page, thread(50_000)).or(rowOf(page, thread(49_999))).first()).toBeVisible();
    await expectTree(page);
    expect(await rowsOf(page).count()).toBeLessThan(mostInPage);
    await page.getByRole('spinbutton', { name: 'Depth' }).fill('1');
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '80001');
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
});

test.describe('a chain of 10,000', () => {
  const { at } = dendroWith('chain');
  test('stays readable down to its end', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    await page.getByRole('button', { name: 'Unfold all' }).click();
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
    for (const number of [0, 3, 9995, 9998]) await expect(ancestors.locator(`a[title="${thread(number)}"]`)).toBeVisible();
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

  test('stay unfolded when a log comes in', async ({ page }) => {
    const [newest, second] = [rowOf(page, thread(1 + 39 * 41)), rowOf(page, thread(1 + 38 * 41))];
    await page.goto(at('/threads'));
    await expectTree(page);
    await rowOf(page, thread(0)).getByRole('button', { name: 'Unfold' }).click();
    await second.getByRole('button', { name: 'Unfold' }).click();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '82');
    await expectTree(page);
    // The eldest thread of all moves the place of every other.
    const sendEldest = async (createdAt: number): Promise<void> => {
      const body = eventLine('codex_thread_initialized', { thread_id: `eldest since ${createdAt}`, thread_source: 'user', initialization_mode: 'new', created_at: createdAt, model: 'gpt-5.5' });
      const { port, pathname, search } = new URL(at('/api/imports?name=eldest'));
      expect((await send(Number(port), { method: 'POST', target: pathname + search, body })).status).toBe(201);
    };
    await sendEldest(1_700_000_000);
    // Its rows are still to be read, and tell of the change.
    await newest.getByRole('button', { name: 'Unfold' }).click();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '123');
    await expect(rowOf(page, thread(0))).toHaveAttribute('aria-expanded', 'true');
    await expect(newest).toHaveAttribute('aria-expanded', 'true');
    await newest.getByRole('button', { name: 'Fold' }).click();
    await expect(second).toHaveAttribute('aria-expanded', 'true');
    // The same holds for those that were unfolded without ever being on screen.
    await newest.focus();
    await page.keyboard.press('*');
    await expect(tree(page)).toHaveAttribute('aria-rowcount', String(2 + 1 + 40 * 41));
    await expectTree(page);
    await sendEldest(1_600_000_000);
    await page.keyboard.press('End');
    await expect(tree(page)).toHaveAttribute('aria-rowcount', String(3 + 1 + 40 * 41));
  });
});

test.describe('threads that are only mentioned', () => {
  const { at } = dendroWith('mentioned');
  test('say so, each with where its parent is known from', async ({ page }) => {
    await page.goto(at('/threads'));
    await expectTree(page);
    await rowOf(page, thread(0)).getByRole('button', { name: 'Unfold' }).click();
    await expect(tree(page)).toHaveAttribute('aria-rowcount', '301');
    const row = rowOf(page, thread(299));
    await expect(row).toContainText('only mentioned');
    await expect(row).toContainText('parent: spawn');
    await expect(row.getByTitle('The logs hold no events of this thread.')).toBeVisible();
  });
});
