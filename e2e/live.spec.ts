import { expectFitForAll } from './support/accessible.ts';
import { importLog } from './support/import.ts';
import { eventLine, writeLog } from './support/logs.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

const turns = (thread: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) =>
    eventLine('codex_turn_event', { thread_id: thread, turn_id: `${index}`, status: 'completed' }),
  );

test('an open page updates in place and can be paused', async ({ page, dendro }, testInfo) => {
  const parent = eventLine('codex_thread_initialized', { thread_id: 'live child', parent_thread_id: 'live root' });
  await importLog(dendro, await writeLog(testInfo, 'first.jsonl', [parent, ...turns('live root', 30)]));
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.goto('/threads/live%20root');
  const ofThread = page.getByRole('row', { name: /^turns / });
  await expect(ofThread).toHaveText('turns3030');
  const mark = page.getByRole('button', { name: 'Live' });
  await expect(mark).toHaveAttribute('aria-pressed', 'true');
  await expectFitForAll(page);

  await test.step('figures change in place, and nothing else does', async () => {
    await page.mouse.wheel(0, 300);
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(200);
    const scrolled = await page.evaluate(() => window.scrollY);
    await page
      .getByText('Last activity')
      .first()
      .evaluate((element) => element.setAttribute('data-kept', ''));
    await importLog(dendro, await writeLog(testInfo, 'second.jsonl', turns('live root', 31)));
    await expect(ofThread).toHaveText('turns3131');
    await expect(page.locator('[data-kept]')).toHaveCount(1);
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
    await expect(mark).toHaveText(/^Live\d\d:\d\d:\d\d UTC$/);
  });

  await test.step('a paused page does not update, and catches up when resumed', async () => {
    await mark.click();
    const paused = page.getByRole('button', { name: 'Paused' });
    await expect(paused).toHaveAttribute('aria-pressed', 'false');
    await importLog(dendro, await writeLog(testInfo, 'third.jsonl', turns('live root', 32)));
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect(ofThread).toHaveText('turns3131');
    await paused.click();
    await expect(ofThread).toHaveText('turns3232');
  });
});

test.describe('after a restart of Dendro', () => {
  test.use({ endsServer: true });
  test('an open page shows that it is offline, and updates when Dendro is back', async ({ page }, testInfo) => {
    const server = await startServer();
    await importLog(server, await writeLog(testInfo, 'first.jsonl', turns('before', 1)));
    await page.goto(`${server.url}/threads`);
    await expect(page.getByText('before').first()).toBeVisible();
    await server.stop();
    await expect(page.getByRole('button', { name: 'Offline' })).toBeVisible();
    const again = await startServer({ PORT: String(server.port), DENDRO_DATA: server.dataFolder });
    await importLog(again, await writeLog(testInfo, 'second.jsonl', turns('after', 1)));
    await expect(page.getByText('after').first()).toBeVisible();
    await expect(page.getByRole('button', { name: 'Live' })).toBeVisible();
    await again.dispose();
  });
});
