import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, Request, TestInfo } from '@playwright/test';
import { expectFitForAll } from './support/accessible.ts';
import { readImports, readRunning, readSummary } from './support/api.ts';
import { chooseFiles } from './support/import.ts';
import { cardOf, dropFiles, figureOf, importButton, openImports, slowUploads } from './support/import-page.ts';
import { eventLine, sampleLines } from './support/logs.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const largeBytes = 200_000;

type Content = readonly string[] | Uint8Array;
/** Writes a folder of files, by their paths in it; returns its path. */
async function writeFolder(test: TestInfo, name: string, files: Readonly<Record<string, Content>>): Promise<string> {
  const folder = test.outputPath(name);
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(folder, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content instanceof Uint8Array ? content : content.map((line) => `${line}\n`).join(''));
  }
  return folder;
}

const turnLine = (thread: string): string =>
  eventLine('codex_turn_event', { thread_id: thread, turn_id: 'one', status: 'completed' });
/** Returns logs of one turn each, in folders by day as Codex keeps them. */
const dayLogs = (name: string, count: number): Record<string, Content> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index): [string, Content] => [
      `2026/11/${String(index % 3).padStart(2, '0')}/log-${String(index).padStart(3, '0')}.jsonl`,
      [turnLine(`${name}-${index}`)],
    ]),
  );

/** Chooses a folder in the folder picker of the open drawer of imports. */
const chooseFolder = (page: Page, folder: string): Promise<void> => page.getByLabel('Log folder').setInputFiles(folder);

const isImport = (request: Request): boolean => request.method() === 'POST' && request.url().includes('/api/imports');
/** Counts the logs that the page sends from now on. */
function countSent(page: Page): () => number {
  let sent = 0;
  page.on('request', (request) => {
    if (isImport(request)) sent += 1;
  });
  return () => sent;
}

test('a folder is one import: one card, one row that unfolds to its logs, one thing to delete', async ({
  page,
  dendro,
}, testInfo) => {
  const before = await readSummary(dendro);
  const folder = await writeFolder(testInfo, 'sessions', {
    ...dayLogs('whole', 30),
    'broken.jsonl': [turnLine('whole-broken'), 'no JSON', '{"events": ['],
    'sample.jsonl': [...sampleLines.slice(0, 50), ' '.repeat(largeBytes)],
    'notes.txt': ['These are notes.'],
    '2026/11/.DS_Store': ['hidden'],
    '.cache/log.jsonl': [turnLine('hidden')],
    'empty.jsonl': [],
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
  const {
    events: { total },
  } = await readSummary(dendro);
  for (const [name, value] of [
    ['imported', 32],
    ['already imported', 0],
    ['not logs', 1],
    ['skipped', 3],
    ['events', total],
    ['rejected lines', 2],
  ] as const)
    await expect(figureOf(card, name)).toHaveText(String(value));
  await expect(card.getByRole('list', { name: '3 files skipped' }).getByRole('listitem')).toHaveText([
    /^sessions\/\.cache\/log\.jsonl hidden/,
    /^sessions\/2026\/11\/\.DS_Store hidden/,
    /^sessions\/empty\.jsonl empty/,
  ]);
  await expect(page.getByRole('status').filter({ hasText: 'sessions: Imported: 32 of 33 files' })).toContainText(
    '0 files already imported, 1 file without Codex events.',
  );
  await expectFitForAll(page);
  expect(sent()).toBe(1);

  await test.step('the page below shows one row, which unfolds to the logs', async () => {
    await drawer.getByRole('button', { name: 'Close' }).click();
    const row = page.getByRole('table', { name: 'Imports' }).getByRole('row').filter({ hasText: 'sessions' });
    await expect(row).toHaveCount(1);
    await row.getByText('33 logs', { exact: true }).click();
    await expect(row.getByRole('listitem')).toHaveCount(20);
    await expect(row.getByRole('listitem').first()).toHaveText(
      /^sessions\/2026\/11\/00\/log-000\.jsonl .*1 line, 1 event, 0 rejected$/,
    );
    await row.getByRole('link', { name: 'All 33 logs' }).click();
    const logs = page.getByRole('table', { name: 'Logs in this import' });
    await expect(logs.getByRole('row')).toHaveCount(34);
    await expect(logs.getByRole('row').filter({ hasText: 'notes.txt' })).toContainText('no Codex events');
    await expectFitForAll(page);
  });
  await test.step('again: nothing changes', async () => {
    const imports = await readImports(dendro);
    await importButton(page).click();
    await drawer.getByRole('button', { name: 'Clear finished' }).click();
    const sentAgain = page.waitForRequest(isImport);
    await chooseFolder(page, folder);
    await expect(card).toContainText('Already imported; nothing changed.');
    // Known files are sent without their bytes, so the request is smaller than the large file.
    const { 'content-length': sentBytes } = await (await sentAgain).allHeaders();
    expect(Number(sentBytes)).toBeLessThan(largeBytes);
    for (const [name, value] of [
      ['imported', 0],
      ['already imported', 32],
      ['not logs', 1],
      ['skipped', 3],
    ] as const)
      await expect(figureOf(card, name)).toHaveText(String(value));
    expect(await readImports(dendro)).toEqual(imports);
    await drawer.getByRole('button', { name: 'Close' }).click();
  });
  await test.step('one thing to delete', async () => {
    await page.goto('/imports');
    await page.getByRole('button', { name: 'Delete sessions' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete import' }).click();
    await expect(page.getByRole('dialog')).toBeHidden();
    expect(await readSummary(dendro)).toEqual(before);
  });
});

test('folders and files are dropped together, and each has its card', async ({ page, dendro }, testInfo) => {
  const first = await writeFolder(testInfo, 'first', { 'hidden/.log': ['x'], ...dayLogs('first', 30) });
  const second = await writeFolder(testInfo, 'second', {
    ...dayLogs('second', 3),
    '2026/copy.jsonl': [turnLine('second-0')],
  });
  const nothing = await writeFolder(testInfo, 'nothing', { 'sub/.keep': ['x'] });
  const file = path.join(
    await writeFolder(testInfo, 'other', { 'single.jsonl': [turnLine('single')] }),
    'single.jsonl',
  );
  const before = (await readImports(dendro)).length;
  await page.goto('/');
  await dropFiles(page, first, second, nothing, file);
  await expect(cardOf(page, 'first')).toContainText('Imported: 30 of 30 files');
  await expect(cardOf(page, 'second')).toContainText('Imported: 3 of 4 files');
  await expect(figureOf(cardOf(page, 'second'), 'already imported')).toHaveText('1');
  await expect(cardOf(page, 'nothing')).toContainText('No log files found.');
  await expect(cardOf(page, 'single.jsonl')).toContainText('Imported: 1 line read.');
  expect((await readImports(dendro)).length).toBe(before + 3);
});

test('many files at once are one import, and files without any event are refused as one', async ({
  page,
  dendro,
}, testInfo) => {
  const names = Array.from({ length: 120 }, (_, index) => `notes-${String(index).padStart(3, '0')}.txt`);
  const folder = await writeFolder(
    testInfo,
    'notes',
    Object.fromEntries(names.map((name) => [name, [`Notes in ${name}`]])),
  );
  const before = await readImports(dendro);
  await page.goto('/');
  await openImports(page);
  await chooseFiles(page, ...names.map((name) => path.join(folder, name)));
  await expect(cardOf(page, '120 files')).toContainText(
    'Not a Codex log: 0 of 120 lines are Codex events. notes-000.txt: Line 1',
  );
  expect(await readImports(dendro)).toEqual(before);
  await expectFitForAll(page);
});

/** Returns logs whose upload takes as long as a test wants when the connection is slow. */
const large = (name: string): readonly string[] =>
  Array.from({ length: 15_000 }, (_, index) => turnLine(`${name}-${index % 7}`));

test('a folder shows its progress, can be cancelled, and goes on from there when it is dropped again', async ({
  page,
  dendro,
}, testInfo) => {
  const folder = await writeFolder(testInfo, 'slow', {
    ...dayLogs('slow', 20),
    '2027/large.jsonl': large('large'),
    '2027/later.jsonl': large('later'),
  });
  const after = await writeFolder(testInfo, 'after', dayLogs('after', 2));
  await page.goto('/threads');
  const fast = await slowUploads(page, 100_000);
  await dropFiles(page, folder, after);
  const card = cardOf(page, 'slow');
  await expect(card.getByRole('progressbar', { name: 'Importing slow' })).toBeVisible();
  await expect(card).toContainText(
    /20 of 22 files processed · [\d.]+ [KM]iB of [\d.]+ MiB sent, [\d.]+%\s*20 imported · 0 already imported · 0 not Codex logs/,
  );
  await expect(cardOf(page, 'after')).toContainText('Queued');
  await expect(importButton(page)).toHaveText(/Importing \d+%/);
  await expectFitForAll(page);
  await cardOf(page, 'after').getByRole('button', { name: 'Cancel' }).click();
  await card.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(card).toContainText('Cancelled. Kept 20 of 22 files. Drop it again to resume.');
  await expect.poll(() => readRunning(dendro)).toEqual([]);
  const [left] = await readImports(dendro);
  expect(left).toMatchObject({ name: 'slow', state: 'incomplete', logs: { read: 20 } });

  await fast();
  await page.getByRole('button', { name: 'Clear finished' }).click();
  await dropFiles(page, folder);
  await expect(card).toContainText('Imported: 22 of 22 files');
  expect((await readImports(dendro))[0]).toMatchObject({
    id: left?.id,
    state: 'complete',
    logs: { read: 22, alreadyIn: 0 },
  });
});

test.describe('a Dendro that is killed', () => {
  // The page may be asking for its figures again at that moment.
  test.use({ endsServer: true });
  test('a folder gives up when Dendro is gone, and goes on when Dendro is back', async ({ page }, testInfo) => {
    const folder = await writeFolder(testInfo, 'gone', {
      ...dayLogs('gone', 10),
      '2027/large.jsonl': [turnLine('gone'), ...large('large')],
    });
    const server = await startServer();
    await page.goto(`${server.url}/threads`);
    const fast = await slowUploads(page, 100_000);
    await dropFiles(page, folder);
    const card = cardOf(page, 'gone');
    await expect(card).toContainText('10 of 11 files processed');
    // The page below has asked again for its data, and has the answer.
    await expect(page.getByText('gone-3').first()).toBeAttached();
    await server.stop('SIGKILL');
    await expect(card).toContainText('Lost connection to Dendro. Files imported so far are kept.');

    const again = await startServer({ PORT: String(server.port), DENDRO_DATA: server.dataFolder });
    await fast();
    await page.getByRole('button', { name: 'Clear finished' }).click();
    await dropFiles(page, folder);
    await expect(card).toContainText('Imported: 11 of 11 files');
    expect(await readImports(again)).toMatchObject([{ state: 'complete', logs: { read: 11 } }]);
    await again.dispose();
  });
});
