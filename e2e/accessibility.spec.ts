import { EventList } from '../lib/queries/events.ts';
import { expectFitForAll, looks, lookName } from './support/accessible.ts';
import { read, readImports } from './support/api.ts';
import { importLog } from './support/import.ts';
import { briefLog, sampleTree, sampleTurn, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.beforeAll(async ({ dendro }, testInfo) => {
  await importLog(dendro, await writeLog(testInfo, 'brief.jsonl', [...briefLog, 'no event', '{"events": [']));
});

for (const look of looks) {
  test.describe(lookName(look), () => {
    test.use(look);
    test('every page is fit for all', async ({ page, dendro }) => {
      const {
        events: [event],
      } = await read(dendro, EventList, '/api/events?limit=1');
      const [brief] = await readImports(dendro);
      const paths = [
        '/',
        '/threads',
        `/threads/${sampleTree.root}`,
        `/threads/${sampleTurn.threadId}?turn=${sampleTurn.turnId}`,
        '/compactions?status=failed',
        '/hooks?by=hookName,status',
        '/guardian',
        '/events',
        `/events/${event?.id ?? ''}`,
        '/imports',
        `/imports/${brief?.id ?? ''}`,
        '/quality',
        '/quality/threads?parent=reported',
        '/quality/turns?gap=unreported',
        '/quality/rejects',
        '/quality/lines?readAs=bare',
        '/hooks?model=no-such-model',
        '/threads/none',
      ];
      for (const path of paths) {
        await test.step(path, async () => {
          await page.goto(path);
          await expectFitForAll(page);
        });
      }
    });
  });
}

test.describe('the colours', () => {
  const ground = 'getComputedStyle(document.body).backgroundColor';
  test('are as the system says, or as they are chosen, and the choice stays', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/');
    const light = await page.evaluate<string>(ground);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => page.evaluate<string>(ground)).not.toBe(light);
    const colours = page.getByRole('group', { name: 'Theme' });
    await expect(colours.getByRole('button', { name: 'System' })).toHaveAttribute('aria-pressed', 'true');
    await colours.getByRole('button', { name: 'Light' }).click();
    await expect.poll(() => page.evaluate<string>(ground)).toBe(light);
    await page.reload();
    expect(await page.evaluate<string>(ground)).toBe(light);
    await expect(colours.getByRole('button', { name: 'Light' })).toHaveAttribute('aria-pressed', 'true');
  });
});
