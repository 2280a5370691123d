import type { Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

/** The shell's button, which says how far imports are while they are under way. */
export const importButton = (page: Page): Locator =>
  page.getByRole('region', { name: 'Filter and import' }).getByRole('button', { name: /^(Import logs|Importing)/ });

/** Opens the drawer behind the import button. */
export async function openImports(page: Page): Promise<Locator> {
  await importButton(page).click();
  const drawer = page.getByRole('dialog', { name: 'Import logs' });
  await expect(drawer).toBeVisible();
  return drawer;
}

/** Returns the card of a file in the drawer of imports. */
export const cardOf = (page: Page, name: string): Locator =>
  page.getByRole('dialog', { name: 'Import logs' }).getByRole('article', { name, exact: true });

/** Returns a figure of a card, by its name. */
export const figureOf = (card: Locator, name: string): Locator =>
  card.getByRole('definition').and(card.locator(`dt:text-is("${name}") + dd`));

/**
 * Drops files from the desktop on the middle of the page: the browser itself sends the events, and the element under
 * the pointer takes them.
 */
export async function dropFiles(page: Page, ...files: readonly string[]): Promise<void> {
  const { width, height } = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const session = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: width / 2,
      y: height / 2,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
  const zone = page.locator('[role="presentation"]', { hasText: 'Drop logs to import' });
  // It appears together with the listener for drags.
  await zone.waitFor({ state: 'attached' });
  await drag('dragEnter');
  // While files are dragged it is above everything else.
  await zone.click({ trial: true });
  await drag('dragOver');
  await drag('drop');
  await session.detach();
}

/**
 * Makes the page's connection so slow that an upload takes as long as a test wants. Returns a function that makes it
 * fast again.
 */
export async function slowUploads(page: Page, bytesPerSecond: number): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const emulate = (uploadThroughput: number) =>
    session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await session.send('Network.enable');
  await emulate(bytesPerSecond);
  return async () => {
    await emulate(-1);
  };
}
