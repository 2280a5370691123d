import type { Locator, Page } from '@playwright/test';
import { oddLog, oddThread } from '../lib/testing/odd-log.ts';
import { expectFitForAll, lookName, phone } from './support/accessible.ts';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { eventLine, sampleLog, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';
import { rowsWritten } from './support/written.ts';

const hostile = '<img src=x onerror=document.title=1>';
const clean = [
  eventLine('codex_thread_initialized', {
    thread_id: 'clean',
    thread_source: 'user',
    initialization_mode: 'new',
    created_at: 1_776_000_012,
  }),
];
let odd = '';
let tidy = '';

test.beforeAll(async ({ dendro }, testInfo) => {
  odd = (await importLog(dendro, await writeLog(testInfo, 'odd.jsonl', oddLog))).id;
  tidy = (await importLog(dendro, await writeLog(testInfo, 'tidy.jsonl', clean))).id;
  await importLog(dendro, sampleLog);
});

const table = (page: Page, name: string): Locator => page.getByRole('table', { name, exact: true });
const row = (page: Page, name: string, text: string | RegExp): Locator =>
  table(page, name).getByRole('row').filter({ hasText: text });

/** Opens the page of these imports, with all of its figures. */
async function openQuality(page: Page, importId: string): Promise<void> {
  await page.goto(`/quality?importId=${importId}`);
  await expectSettled(page);
}

test('the navigation and an import lead to it, and the import narrows it down', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Dendro' }).getByRole('link', { name: 'Data quality' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Data quality' })).toBeVisible();
  await expect(row(page, 'Events by type', 'codex_hook_run').getByRole('link').first()).toHaveText('566');
  await page.goto(`/imports/${odd}`);
  await page.getByRole('link', { name: 'Data quality of this import' }).click();
  await expect(row(page, 'Events by type', 'codex_hook_run').getByRole('link').first()).toHaveText('5');
  await expect(row(page, 'By import', 'odd.jsonl')).toBeVisible();
  await expect(row(page, 'By import', 'tidy.jsonl')).toHaveCount(0);
});

test('what is unknown is shown with an example that opens', async ({ page }) => {
  await openQuality(page, odd);
  const name = 'Unknown types, fields and values';
  await expect(row(page, name, /^event type/)).toContainText('codex_dream_event');
  await expect(row(page, name, /^event type/)).toContainText('2026-04-12 13:20:43');
  await expect(row(page, name, 'moon')).toContainText('hook_source');
  const field = row(page, name, 'mood');
  await field.getByRole('link', { name: 'JSON' }).click();
  const panel = page.getByRole('dialog', { name: 'codex_hook_run' });
  await expect(panel.getByLabel('JSON', { exact: true })).toContainText('grim');
  await panel.getByRole('button', { name: 'Close' }).click();
  await field.getByRole('link', { name: '2', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Selected events' })).toContainText('mood');
  await expect(table(page, 'Events').getByRole('row')).toHaveCount(3);
});

test('a repaired event is found, says which fields it lost, and is shown as it was logged', async ({ page }) => {
  await openQuality(page, odd);
  await row(page, 'By import', 'odd.jsonl')
    .getByRole('cell')
    .nth(5)
    .getByRole('link', { name: '1', exact: true })
    .click();
  await expect(row(page, 'Events', 'codex_turn_event').getByRole('cell').nth(6)).toHaveText('duration_ms, steer_count');
  await expect(row(page, 'Events', 'codex_turn_event').getByRole('cell').nth(5)).toHaveText('5');
  await openQuality(page, odd);
  await row(page, 'Repaired events by field', 'steer_count').getByRole('link', { name: '1', exact: true }).click();
  await expect(page.getByRole('list', { name: 'Selected events' })).toContainText('steer_count');
  await row(page, 'Events', 'codex_turn_event').getByRole('link', { name: 'codex_turn_event' }).click();
  const panel = page.getByRole('dialog', { name: 'codex_turn_event' });
  await expect(panel).toContainText('duration_ms, steer_count');
  await expect(panel.getByLabel('JSON', { exact: true })).toContainText('many');
  await expect(panel.getByRole('link', { name: oddThread }).first()).toBeVisible();
});

/** Returns the parameters that select a list, without their values. */
const waysOf = (href: string): string =>
  `${href.split('?')[0] ?? ''} ${[...new URLSearchParams(href.split('?')[1]).keys()].join(' ')}`;

test('each kind of number leads to as many rows', async ({ page, request }) => {
  await openQuality(page, odd);
  const tables = page.getByRole('main').getByRole('table');
  await expect(
    tables.getByRole('cell', { name: /^[1-9][\d,]*$/ }).filter({ hasNot: page.getByRole('link') }),
  ).toHaveCount(0);
  const links = await tables.getByRole('link', { name: /^[\d,]+$/ }).all();
  const figures = await Promise.all(
    links.map(async (link) => ({
      count: Number((await link.innerText()).replaceAll(',', '')),
      href: (await link.getAttribute('href')) ?? '',
    })),
  );
  const lists = [...new Map(figures.map((figure) => [waysOf(figure.href), figure])).values()];
  expect(lists.length).toBeGreaterThan(15);
  const captions: Readonly<Record<string, string>> = {
    '/events': 'Events',
    '/quality/threads': 'Threads',
    '/quality/turns': 'Turns',
    '/quality/rejects': 'Rejects',
  };
  const seen = new Set<string>();
  for (const { count, href } of lists) {
    const list = href.split('?')[0] ?? '';
    await test.step(`${count} at ${href}`, async () => {
      const caption = captions[list];
      if (caption !== undefined) expect(await rowsWritten(request, href, caption)).toHaveLength(count);
      // Of each list one is shown in the browser too.
      if (seen.has(list) && caption !== undefined) return;
      seen.add(list);
      await page.goto(href);
      if (caption === undefined)
        await expect(row(page, 'Lines by import', /^all/).getByRole('cell').nth(1)).toHaveText(String(count));
      else await expect(tables.getByRole('row')).toHaveCount(count + 1);
    });
  }
});

test('a part of a selection can be taken away', async ({ page }) => {
  await openQuality(page, odd);
  await row(page, 'Clock and unit oddities', 'duration differs').getByRole('link').first().click();
  await expect(row(page, 'Turns', '15 min').first()).toContainText(oddThread.slice(0, 8));
  await page.getByRole('link', { name: /^oddity duration differs/ }).click();
  await expect(table(page, 'Turns').getByRole('row')).toHaveCount(6);
  await page.getByRole('link', { name: 'Data quality' }).first().click();
  await expect(page).toHaveURL(/\/quality(\?|$)/);
});

test('nothing odd is said, and told apart from what is not known', async ({ page }) => {
  await page.goto(`/quality?importId=${tidy}`);
  for (const title of [
    'every line could be read',
    'Dendro knows every event type, field and value',
    'no event is repeated',
    'every entry of every archive was read',
  ]) {
    await expect(page.getByText(`None: ${title}.`)).toBeVisible();
  }
  await expect(row(page, 'Clock and unit oddities', 'before Codex').getByRole('cell').nth(2)).toHaveText('0');
  await expect(row(page, 'Clock and unit oddities', 'duration differs').getByRole('cell').nth(2)).toHaveText(
    '— unknown',
  );
  await page.goto('/quality?importId=999');
  await expect(page.getByText('No imports match this filter.')).toBeVisible();
  await page.goto('/quality?surprise=1');
  await expect(page.getByRole('main')).toContainText('There is no parameter "surprise" here.');
});

test('a type that was never seen before is there at once, and is only text', async ({ page, dendro }, testInfo) => {
  const { id } = await importLog(
    dendro,
    await writeLog(testInfo, 'hostile.jsonl', [
      eventLine(hostile, { thread_id: hostile }),
      eventLine('codex_hook_run', { thread_id: 'clean', turn_id: 't', [hostile]: 1, hook_source: hostile }),
      hostile,
    ]),
  );
  await openQuality(page, id);
  await expect(row(page, 'Unknown types, fields and values', hostile)).toHaveCount(3);
  for (const what of ['event type', 'field', 'value']) {
    await openQuality(page, id);
    await row(page, 'Unknown types, fields and values', new RegExp(`^${what}`))
      .getByRole('link', { name: '1', exact: true })
      .click();
    await expect(page.getByRole('list', { name: 'Selected events' })).toContainText(hostile);
    await expect(table(page, 'Events').getByRole('row')).toHaveCount(2);
  }
  await page.goto(`/quality/rejects?importId=${id}`);
  await expect(table(page, 'Rejects')).toContainText(hostile);
  await expect(page.locator('img, [onerror]')).toHaveCount(0);
});

test.describe(lookName(phone), () => {
  test.use({ ...phone, contextOptions: { reducedMotion: 'reduce' } });
  test('the page is fit for all with everything on it', async ({ page }) => {
    await page.goto('/quality');
    await expectFitForAll(page);
  });
});
