import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectSettled } from './figures.ts';
import { expect } from './test.ts';

/** How axe is told of what need not be looked at again. */
const alike = 'data-looks-alike';
const engine = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);
/**
 * Contrast is by far the dearest rule: it is held against one of each kind of text, and every other rule against all
 * that is in the page.
 */
const axeSource = `${engine};axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([${alike}])' }] });`;

/**
 * Marks what looks like something before it: the same element with the same classes and colours, from the root down, as
 * most rows of a table do.
 */
function markAlike(root: Element, attribute: string): void {
  const looks = new Map<string, number>();
  const mark = (element: Element, above: number): void => {
    const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight } = getComputedStyle(element);
    const look = [
      above,
      element.tagName,
      element.getAttribute('class'),
      color,
      backgroundColor,
      backgroundImage,
      opacity,
      fontSize,
      fontWeight,
    ].join(' ');
    const known = looks.get(look);
    const id = known ?? looks.size;
    looks.set(look, id);
    element.toggleAttribute(attribute, known !== undefined);
    for (const child of element.children) mark(child, id);
  };
  mark(root, -1);
}

/** Nothing that axe finds fault with. */
export async function expectNoViolations(page: Page): Promise<void> {
  await page.evaluate(`(${String(markAlike)})(document.documentElement, '${alike}')`);
  // No page has frames, and only faults are of interest: both make it several times as fast.
  const { violations } = await new AxeBuilder({ page, axeSource })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  expect(found, 'axe finds no fault').toEqual([]);
}

/** The page is not wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
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
export const lookName = ({ colorScheme, viewport: { width } }: (typeof looks)[number]): string =>
  `${colorScheme}, ${width} pixels wide`;
