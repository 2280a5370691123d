import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectSettled } from './figures.ts';
import { expect } from './test.ts';

/** Nothing that axe finds fault with. */
export async function expectNoViolations(page: Page): Promise<void> {
  // No page has frames, and only faults are of interest: both make it several times as fast.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`));
  expect(found, 'axe finds no fault').toEqual([]);
}

/** The page is not wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth, clientWidth: document.documentElement.clientWidth }));
  expect(scrollWidth, 'the page does not scroll sideways').toBeLessThanOrEqual(clientWidth);
}

/** What every page in every state owes to everyone. */
export async function expectFitForAll(page: Page): Promise<void> {
  await expectSettled(page);
  await expectNoSidewaysScroll(page);
  await expectNoViolations(page);
}

const look = (colorScheme: 'light' | 'dark', width: number) => ({ colorScheme, viewport: { width, height: 900 } });
/** For parts of pages of which the pages themselves are seen in both. */
export const phone = look('dark', 390);
/** Both colour schemes, one on a desk and one on a phone: what depends on both at once is not worth as long again. */
export const looks = [look('light', 1440), phone] as const;
export const lookName = ({ colorScheme, viewport: { width } }: (typeof looks)[number]): string => `${colorScheme}, ${width} pixels wide`;
