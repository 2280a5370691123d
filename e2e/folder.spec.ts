import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, TestInfo } from '@playwright/test';
import { expectFitForAll } from './support/accessible.ts';
import { readImports, readRunning, readSummary } from './support/api.ts';
import { chooseFiles } from './support/import.ts';
import { cardOf, dropFiles, figureOf, importButton, openImports, slowUploads } from './support/import-page.ts';
import { eventLine, sampleLines } from './support/logs.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

type Content = readonly string[] | Uint8Array;
/** Writes a folder of files, by their paths in it; answers with its path. */
async function writeFolder(test: TestInfo, name: string, files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = test.outputPath(name);
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(folder, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content instanceof Uint8Array ? content : content.map((line) => `${line}\n`).join(''));
  }
  return folder;
}

const turnLine = (thread: string): string => eventLine('codex_turn_event', { thread_id: thread, turn_id: 'one', status: 'completed' });
/** Logs of one turn each, in folders by day as Codex keeps them. */
const dayLogs = (name: string, count: number): Record<string, Content> => Object.fromEntries(Array.from({ length: count }, (_, index): [string, Content] =>
  [`2026/11/${String(index % 3).padStart(2, '0')}/log-${String(index).padStart(3, '0')}.jsonl`, [turnLine(`${name}-${index}`)]]));

/** Chooses a folder in the folder picker of the open drawer of imports. */
const chooseFolder = (page: Page, folder: string): Promise<void> => page.getByLabel('Log folder').setInputFiles(folder);

/** How many logs the page has sent since. */
function countSent(page: Page): () => number {
  let sent = 0;
  page.on('request', (request) => { if (request.method() === 'POST' && request.url().includes('/api/imports')) sent += 1; });
  return () => sent;
}

test('a folder comes in whole, with one summary, and nothing of it is sent a second time', async ({ page, dendro }, testInfo) => {
  const folder = await writeFolder(testInfo, 'sessions', {
    ...dayLogs('whole', 30), 'broken.jsonl': [turnLine('whole-broken'), 'no JSON', '{"events": ['], 'sample.jsonl': sampleLines.slice(0, 50),
    'notes.txt': ['These are notes.'], '2026/11/.DS_Store': ['hidden'], '.cache/log.jsonl': [turnLine('hidden')], 'empty.jsonl': [],
  });
  const sent = countSent(page);
  await page.goto('/imports');
  const chooser = page.waitForEvent('filechooser');
  const drawer = await openImports(page);
  await drawer.getByRole('button', { name: 'Choose a folder…' }).click();
  await (await chooser).setFiles(folder);

  const card = cardOf(page, 'sessions');
  await expect(card).toContainText('Imported: 32 of 33 files');
  await expect(card.getByRole('heading')).toHaveText('sessions');
  await expect(card).toContainText(/33 files, [\d.]+ KiB/);
  const { events: { total } } = await readSummary(dendro);
  for (const [name, value] of [['imported', 32], ['already in', 0], ['refused', 1], ['passed over', 3], ['events', total], ['rejected lines', 2]] as const) await expect(figureOf(card, name)).toHaveText(String(value));
  await expect(card.getByRole('list', { name: '1 refused file' }).getByRole('listitem')).toHaveText(/^sessions\/notes\.txt no_events\s*Its only line is no Codex event\./);
  await expect(card.getByRole('list', { name: '3 files passed over' }).getByRole('listitem')).toHaveText([/^sessions\/\.cache\/log\.jsonl hidden/, /^sessions\/2026\/11\/\.DS_Store hidden/, /^sessions\/empty\.jsonl empty/]);
  await expect(page.getByRole('status').filter({ hasText: 'sessions: Imported: 32 of 33 files' })).toContainText('0 files already in, 1 file refused.');
  await expectFitForAll(page);
  expect(sent()).toBe(33);

  await test.step('the page below shows it', async () => {
    await drawer.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('table', { name: 'Imports' }).getByRole('row')).toHaveCount(33);
    await importButton(page).click();
  });
  await test.step('again', async () => {
    const imports = await readImports(dendro);
    await drawer.getByRole('button', { name: 'Clear the finished ones' }).click();
    await chooseFolder(page, folder);
    await expect(figureOf(card, 'already in')).toHaveText('32');
    await expect(card).toContainText('Imported: 0 of 33 files, 17 bytes sent.');
    expect(sent()).toBe(34);
    expect(await readImports(dendro)).toEqual(imports);
  });
});

test('folders and files are dropped together, and each has its card', async ({ page, dendro }, testInfo) => {
  const first = await writeFolder(testInfo, 'first', { 'hidden/.log': ['x'], ...dayLogs('first', 30) });
  const second = await writeFolder(testInfo, 'second', { ...dayLogs('second', 3), '2026/copy.jsonl': [turnLine('second-0')] });
  const nothing = await writeFolder(testInfo, 'nothing', { 'sub/.keep': ['x'] });
  const file = path.join(await writeFolder(testInfo, 'other', { 'single.jsonl': [turnLine('single')] }), 'single.jsonl');
  const before = (await readImports(dendro)).length;
  await page.goto('/');
  await dropFiles(page, first, second, nothing, file);
  await expect(cardOf(page, 'first')).toContainText('Imported: 30 of 30 files');
  await expect(cardOf(page, 'second')).toContainText('Imported: 3 of 4 files');
  await expect(figureOf(cardOf(page, 'second'), 'already in')).toHaveText('1');
  await expect(cardOf(page, 'nothing')).toContainText('There is no file in it that could be a log.');
  await expect(cardOf(page, 'single.jsonl')).toContainText('Imported: 1 line read.');
  expect((await readImports(dendro)).length).toBe(before + 34);
});

test('many files at once are one, and a long list of refusals comes a hundred at a time', async ({ page }, testInfo) => {
  const names = Array.from({ length: 120 }, (_, index) => `notes-${String(index).padStart(3, '0')}.txt`);
  const folder = await writeFolder(testInfo, 'notes', Object.fromEntries(names.map((name) => [name, [`Notes in ${name}`]])));
  await page.goto('/');
  await openImports(page);
  await chooseFiles(page, ...names.map((name) => path.join(folder, name)));
  const card = cardOf(page, '120 files');
  await expect(figureOf(card, 'refused')).toHaveText('120');
  await card.getByText('120 refused files').press('Enter');
  const rows = card.getByRole('list', { name: '120 refused files' }).getByRole('listitem');
  await expect(rows).toHaveCount(100);
  await card.getByRole('button', { name: 'Next' }).press('Enter');
  await expect(card.getByRole('status')).toHaveText('101–120 of 120');
  await expect(rows).toHaveCount(20);
  await expect(rows.last()).toContainText('notes-119.txt');
  await card.getByRole('button', { name: 'Previous' }).press('Enter');
  await expect(rows.first()).toContainText('notes-000.txt');
  await expectFitForAll(page);
});

/** A log that takes as long as a test wants when uploads are slow. */
const large = Array.from({ length: 3000 }, (_, index) => turnLine(`large-${index}`));

test('a folder shows its progress, can be cancelled, and goes on from there when it is dropped again', async ({ page, dendro }, testInfo) => {
  const folder = await writeFolder(testInfo, 'slow', { ...dayLogs('slow', 20), '2027/large.jsonl': large, '2027/later.jsonl': [turnLine('later'), ...large] });
  const after = await writeFolder(testInfo, 'after', dayLogs('after', 2));
  await page.goto('/threads');
  const fast = await slowUploads(page, 20_000);
  await dropFiles(page, folder, after);
  const card = cardOf(page, 'slow');
  await expect(card.getByRole('progressbar', { name: 'Importing slow' })).toBeVisible();
  await expect(card).toContainText(/20 of 22 files done · [\d.]+ KiB of [\d.]+ KiB, [\d.]+%\s*20 imported · 0 already in · 0 refused/);
  await expect(cardOf(page, 'after')).toContainText('It waits for what was dropped before it.');
  await expect(importButton(page)).toHaveText(/Importing \d+%/);
  await expectFitForAll(page);
  await cardOf(page, 'after').getByRole('button', { name: 'Cancel' }).click();
  await card.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(card).toContainText('Cancelled. What was in by then stays; 2 files did not come in.');
  await expect(cardOf(page, 'after')).toContainText('Cancelled. What was in by then stays; 2 files did not come in.');
  await expect.poll(() => readRunning(dendro)).toEqual([]);
  expect((await readImports(dendro)).slice(0, 20).map(({ name }) => name)).toEqual(expect.arrayContaining(['log-000.jsonl', 'log-019.jsonl']));

  await fast();
  await page.getByRole('button', { name: 'Clear the finished ones' }).click();
  const sent = countSent(page);
  await dropFiles(page, folder);
  await expect(card).toContainText('Imported: 2 of 22 files');
  await expect(figureOf(card, 'already in')).toHaveText('20');
  expect(sent()).toBe(2);
});

test('a folder gives up when Dendro is gone, says what is in, and goes on when Dendro is back', async ({ page }, testInfo) => {
  const folder = await writeFolder(testInfo, 'gone', { ...dayLogs('gone', 10), '2027/large.jsonl': [turnLine('gone'), ...large] });
  const server = await startServer();
  await page.goto(`${server.url}/threads`);
  const fast = await slowUploads(page, 20_000);
  await dropFiles(page, folder);
  const card = cardOf(page, 'gone');
  await expect(card).toContainText('10 of 11 files done');
  await server.stop('SIGKILL');
  await expect(card).toContainText('Dendro could not be reached any more. What was in by then stays; 1 file did not come in.');
  await expect(figureOf(card, 'imported')).toHaveText('10');

  const again = await startServer({ PORT: String(server.port), DENDRO_DATA: server.dataFolder });
  await fast();
  await page.getByRole('button', { name: 'Clear the finished ones' }).click();
  const sent = countSent(page);
  await dropFiles(page, folder);
  await expect(card).toContainText('Imported: 1 of 11 files');
  await expect(figureOf(card, 'already in')).toHaveText('10');
  expect(sent()).toBe(1);
  // The page may still be asking for what has just come in; the server must not go before it.
  await page.close();
  await again.dispose();
});
