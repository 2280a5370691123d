import type { Locator, Page } from '@playwright/test';
import { dendroWith } from './support/extreme-dendro.ts';
import { idOf, type Extreme } from './support/extremes.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
const root = `/threads/${idOf('thread', 0)}`;
const run = (page: Page): Locator => page.getByRole('region', { name: 'Run' });
const lanes = (page: Page): Locator => run(page).getByRole('application', { name: 'Timeline' });
const rows = (page: Page): Locator => run(page).getByRole('tree').getByRole('treeitem');
const said = (page: Page): Locator => run(page).locator('[data-said]');
const closeness = (page: Page): Locator => run(page).getByTitle('Zoom level');

/** Opens the run of the extreme's first thread. */
function runOf(extreme: Extreme): { open: (page: Page) => Promise<void> } {
  const { at } = dendroWith(extreme);
  return {
    async open(page) {
      await page.goto(at(root));
      await expect(rows(page).first()).toBeVisible();
      await expect(closeness(page)).toHaveText('1×');
    },
  };
}

/** Presses a key until the announced item matches. */
async function press(page: Page, key: string, like: RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const text = (await said(page).textContent()) ?? '';
    if (like.test(text)) return;
    await page.keyboard.press(key);
    await expect(said(page)).not.toHaveText(text);
  }
  throw new Error(`${key} does not lead to ${String(like)}.`);
}

test.describe('10,000 turns and 100,000 events', () => {
  const dendro = runOf('dense');
  test('are laid out, and one comes close to a single call', async ({ page }) => {
    await dendro.open(page);
    expect(await rows(page).count(), 'only what is in view is in the page').toBeLessThan(40);
    await expect(run(page).getByRole('list', { name: 'Legend' })).toContainText('refilled to previous level');
    await lanes(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect(said(page)).toContainText('Thread');
    await page.keyboard.press('ArrowRight');
    await expect(said(page)).toContainText('Turn');
    const calls = page.waitForResponse((response) => response.url().includes('/timeline/span'));
    await page.keyboard.press('z');
    await expect(closeness(page)).not.toHaveText('1×');
    await calls;
    await press(page, 'ArrowRight', /^Tool call, unified_exec, failed/);
    await page.keyboard.press('End');
    await expect(said(page)).toContainText(/\d of \d+ in/);
    await page.keyboard.press('0');
    await expect(closeness(page)).toHaveText('1×');
    await rows(page).first().focus();
    await page.keyboard.press('End');
    await expect(rows(page).last()).toBeFocused();
    await expect(rows(page).last()).toBeInViewport();
    await run(page).getByText('Show as a table').click();
    await expect(run(page).getByText(/^1 to 100 of 11,0\d\d rows/)).toBeVisible();
    await run(page).getByRole('button', { name: 'Next' }).click();
    await expect(run(page).getByText(/^101 to 200 of/)).toBeVisible();
  });
});

test.describe('5,000 turns of one thread, with idle days', () => {
  const dendro = runOf('many-turns');
  test('idle time is left out, says how long it truly was, and can be unfolded', async ({ page }) => {
    await dendro.open(page);
    const folded = run(page).getByRole('button', { name: 'Collapse idle time' });
    await expect(folded).toHaveAttribute('aria-pressed', 'true');
    await lanes(page).scrollIntoViewIfNeeded();
    const box = await lanes(page).boundingBox();
    if (!box) throw new Error('The lanes are not in view.');
    const tip = page.getByRole('tooltip');
    // The gaps are few and equally wide: somewhere along the lane the pointer is over the first of them.
    let x = box.x + 10;
    await expect(async () => {
      x = x + 14 > box.x + box.width ? box.x + 10 : x + 14;
      await page.mouse.move(x, box.y + box.height - 3);
      await expect(tip).toContainText('idle', { timeout: 150 });
    }).toPass();
    await expect(tip).toContainText(/1 d( |\b).* idle/);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(box.x + 300, box.y + box.height + 300);
    await expect(folded, 'the others stay folded').toHaveAttribute('aria-pressed', 'true');
    await folded.click();
    await expect(folded).toHaveAttribute('aria-pressed', 'false');
    await lanes(page).focus();
    await page.keyboard.press('g');
    await expect(folded).toHaveAttribute('aria-pressed', 'true');
  });
});

test.describe('turns at the same time, without a length, and without a time', () => {
  const dendro = runOf('odd-times');
  test('each is told as far as it is known', async ({ page }) => {
    await dendro.open(page);
    await lanes(page).focus();
    await page.keyboard.press('ArrowRight');
    await press(page, 'ArrowRight', /^Turn .*interrupted.*estimated time/);
    await run(page).getByText('Show as a table').click();
    const table = run(page).getByRole('table', { name: 'Timeline items' });
    const row = table.getByRole('row').filter({ hasText: 'contextWindowExceeded' });
    await expect(row).toContainText('estimated time');
    await row.getByRole('button').click();
    await expect(page.getByRole('region', { name: 'Selection' })).toContainText('contextWindowExceeded');
  });
});

test.describe('threads that are only mentioned', () => {
  const dendro = runOf('mentioned');
  test('begin where the calls name them', async ({ page }) => {
    await dendro.open(page);
    await expect(rows(page).nth(1)).toContainText('mentioned');
    await expect(run(page).getByRole('list', { name: 'Legend' })).toContainText('spawned by a call');
    await lanes(page).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await expect(said(page)).toContainText('only mentioned by other threads');
  });
});
