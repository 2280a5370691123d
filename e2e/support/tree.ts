import type { Locator, Page } from '@playwright/test';
import { expectSettled } from './figures.ts';
import { expect } from './test.ts';

export const tree = (page: Page): Locator => page.getByRole('treegrid');
/** Returns the rows in the page, without the heads of the columns. */
export const rowsOf = (page: Page, options: { readonly level?: number } = {}): Locator =>
  tree(page)
    .getByRole('row', options)
    .filter({ has: page.getByRole('gridcell') });
/** Returns the row of a thread, found by the thread's link. */
export const rowOf = (page: Page, threadId: string): Locator =>
  rowsOf(page).filter({ has: page.locator(`a[title="${threadId}"], a[title$="(${threadId})"]`) });

/** Waits until the tree is complete: its outline is there, and the rows on screen. */
export async function expectTree(page: Page): Promise<void> {
  await expectSettled(page);
  await expect(
    page.getByRole('group', { name: 'Expand to depth' }).getByRole('button', { name: 'Expand all' }),
  ).toBeEnabled();
  await expect(tree(page).getByRole('row').and(page.locator('[aria-busy]'))).toHaveCount(0);
}
