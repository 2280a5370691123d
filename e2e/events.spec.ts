import type { Page } from '@playwright/test';
import { z } from 'zod';
import { EventWithText } from '../lib/queries/events.ts';
import { read } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { sampleLines, sampleLog, sampleTurn, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';

// White space, doubled keys, an escape, a number beyond 2^53 and one with an exponent: parsing and writing it again
// would change each of them.
const odd =
  '{"event_type":"codex_turn_event",  "event_params":{"thread_id":"odd","turn_id":"one","status":"completed","note":"a\\u0041","note":"b","large":9007199254740993,"small":1.50e-7}}';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
test.beforeAll(async ({ dendro }, testInfo) => {
  await importLog(dendro, sampleLog);
  await importLog(dendro, await writeLog(testInfo, 'odd.jsonl', [odd]));
});

async function copied(page: Page): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page.getByRole('button', { name: /^Copy the event’s JSON/ }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe('');
  return page.evaluate(() => navigator.clipboard.readText());
}

test('an event opens beside its turn as its original JSON, and its link shows the same', async ({ page, dendro }) => {
  const { threadId: thread, turnId } = sampleTurn;
  await page.goto(`/threads/${thread}?turn=${turnId}`);
  await expectSettled(page);
  await page
    .getByRole('row')
    .filter({ has: page.getByRole('cell', { name: 'Compaction', exact: true }) })
    .getByRole('link', { name: 'JSON' })
    .click();
  const panel = page.getByRole('dialog', { name: 'codex_compaction_event' });
  await expect(panel).toBeVisible();
  await expect(page).toHaveURL(/\/events\/\d+$/);
  const address = page.url();

  const { line, text } = await read(dendro, EventWithText, `/api/events/${address.split('/').at(-1) ?? ''}`);
  expect(sampleLines[line - 1], 'the text is a part of its line').toContain(text);
  expect(await copied(page), 'byte for byte').toBe(text);
  const shown = await panel.getByLabel('JSON', { exact: true }).innerText();
  expect(JSON.parse(shown)).toEqual(JSON.parse(text));
  await expect(panel).toContainText(`line ${line.toLocaleString('en')}`);

  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`/threads/${thread}`));

  const other = await page.context().newPage();
  await other.goto(address);
  await expect(other.getByRole('heading', { level: 1, name: 'codex_compaction_event' })).toBeVisible();
  expect(await other.getByLabel('JSON', { exact: true }).innerText()).toBe(shown);
  expect(await copied(other)).toBe(text);
  await other.close();
});

test('no digit, key or escape of an event is lost', async ({ page, dendro }) => {
  await page.goto('/events?threadId=odd');
  await page.getByRole('link', { name: 'codex_turn_event' }).click();
  const panel = page.getByRole('dialog', { name: 'codex_turn_event' });
  for (const piece of ['9007199254740993', '1.50e-7', '"a\\u0041"', '"note": "b"'])
    await expect(panel.getByLabel('JSON', { exact: true })).toContainText(piece);
  expect(await copied(page)).toBe(odd);
  const id = page.url().split('/').at(-1) ?? '';
  const { text } = await read(dendro, z.object({ text: z.string() }), `/api/events/${id}`);
  expect(text).toBe(odd);
});

test('the events of a thread are listed in the order of their log, page by page', async ({ page }) => {
  await page.goto('/events?type=codex_hook_run');
  const table = page.getByRole('table', { name: 'Events' });
  let count = 0;
  const more = page.getByRole('link', { name: 'More events' });
  for (;;) {
    await expectSettled(page);
    count += (await table.getByRole('row').count()) - 1;
    if (!(await more.isVisible())) break;
    const address = page.url();
    await more.click();
    await expect(page).not.toHaveURL(address);
    await expect(table.getByRole('row').nth(1)).toBeVisible();
  }
  expect(count).toBe(561);
  await page.goto('/events?threadId=odd&type=codex_turn_event');
  await page.getByRole('link', { name: /^type codex_turn_event/ }).click();
  await expect(page).toHaveURL('/events?threadId=odd');
});
