import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expectSettled } from './figures.ts';
import { expect } from './test.ts';

/** The attribute that tells axe to skip an element. */
const alike = 'data-looks-alike';
const engine = readFileSync(
  createRequire(import.meta.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'),
  'utf8',
);
/**
 * Contrast is by far the slowest rule: it checks one of each kind of text, and every other rule checks everything in
 * the page.
 */
const axeSource = `${engine};axe.configure({ rules: [{ id: 'color-contrast', selector: '*:not([${alike}])' }] });`;

/**
 * Marks each element that looks like an earlier one: the same element with the same classes and colours, from the root
 * down, as in most rows of a table.
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

/** Checks that axe finds no faults. */
export async function expectNoViolations(page: Page): Promise<void> {
  await page.evaluate(`(${String(markAlike)})(document.documentElement, '${alike}')`);
  // No page has frames, and only faults matter: both make it several times as fast.
  const { violations } = await new AxeBuilder({ page, axeSource })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  expect(found, 'axe finds no fault').toEqual([]);
}

/** Checks that the page is not wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
  expect(scrollWidth, 'the page does not scroll sideways').toBeLessThanOrEqual(clientWidth);
}

/** Words that confused readers and must stay off the pages: see `docs/style.md`. */
const oddWords =
  /\b(whence|anew|hitherto|thereof|as full again|passed over|already in|the usual ones|keep it|stands? (in|below|beside)|(is|are) told)\b/i;

/** Checks that the page uses none of the words that must not come back. */
async function expectPlainWords(page: Page): Promise<void> {
  const text = await page.locator('body').innerText();
  expect(oddWords.exec(text)?.[0], 'an odd word on the page').toBeUndefined();
}

/** Checks the duties of every page in every state. */
export async function expectFitForAll(page: Page): Promise<void> {
  await expectSettled(page);
  await expectNoSidewaysScroll(page);
  await expectPlainWords(page);
  await expectNoViolations(page);
}

const look = (colorScheme: 'light' | 'dark', width: number) => ({ colorScheme, viewport: { width, height: 900 } });
/** For parts of pages whose pages themselves are tested in both looks. */
export const phone = look('dark', 390);
/**
 * Both colour schemes, one on a desktop and one on a phone: faults that need a certain pair of both are not worth twice
 * the time.
 */
export const looks = [look('light', 1440), phone] as const;
export const lookName = ({ colorScheme, viewport: { width } }: (typeof looks)[number]): string =>
  `${colorScheme}, ${width} pixels wide`;
