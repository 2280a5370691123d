import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { expectFitForAll } from './support/accessible.ts';
import { readImports, readRunning, readSummary } from './support/api.ts';
import { chooseFiles, importLog } from './support/import.ts';
import { cardOf, dropFiles, figureOf, importButton, openImports, slowUploads } from './support/import-page.ts';
import { copyOfSample, eventLine, largeLog, sampleLines, sampleLog, sampleName, writeLog } from './support/logs.ts';
import { responseTo } from './support/requests.ts';
import { startServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

test('several files are dropped on a page, and each says what came of it', async ({ page, dendro }, testInfo) => {
  const half = await writeLog(testInfo, 'first-half.jsonl', sampleLines.slice(0, 635));
  const mixed = await writeLog(testInfo, 'mixed.jsonl', [
    eventLine('codex_turn_event', { thread_id: 'mixed', turn_id: 'one', status: 'completed', reasoning_effort: 5 }),
    eventLine('codex_event_of_tomorrow', { thread_id: 'mixed' }),
    'this is no JSON at all',
    eventLine('codex_turn_event', { turn_id: 'two', status: 'completed' }),
    '{"events": [{"event_type": "codex_turn_',
  ]);
  const picture = await writeLog(testInfo, 'picture.png', png);
  const site = await writeLog(testInfo, 'site.html', ['<!doctype html>', '<title>A page</title>']);

  await page.goto('/threads');
  await dropFiles(page, half, sampleLog, mixed, picture, site);

  await test.step('a log that is whole', async () => {
    const card = cardOf(page, 'first-half.jsonl');
    await expect(card).toContainText('Imported: 635 lines read.');
    await expect(figureOf(card, 'duplicates')).toHaveText('0');
    await expect(figureOf(card, 'rejected')).toHaveText('0');
  });
  await test.step('a log that has grown', async () => {
    const [whole, first] = [cardOf(page, sampleName), cardOf(page, 'first-half.jsonl')];
    await expect(whole).toContainText('Imported: 1,270 lines read.');
    const already = await figureOf(first, 'stored').innerText();
    await expect(figureOf(whole, 'duplicates')).toHaveText(already);
    await expect(figureOf(whole, 'stored')).toHaveText(String(1292 - Number(already)));
  });
  await test.step('a log with lines that cannot be read', async () => {
    const card = cardOf(page, 'mixed.jsonl');
    await expect(card).toContainText('Imported: 5 lines read.');
    await expect(figureOf(card, 'unknown')).toHaveText('1');
    await expect(figureOf(card, 'repaired')).toHaveText('1');
    await expect(figureOf(card, 'rejected')).toHaveText('3');
    await expect(card.getByRole('listitem')).toHaveText([
      /^Line 3 invalid_json\s*The line is not JSON\.\s*this is no JSON at all$/,
      /^Line 4 missing_field\s*codex_turn_event lacks .*thread_id\.\s*\{"event_type":"codex_turn_event"/,
      /^Line 5 truncated_json\s*The line ends in the middle of a JSON value.*\{"events": \[\{"event_type": "codex_turn_$/,
    ]);
  });
  await test.step('files that are no log', async () => {
    for (const name of ['picture.png', 'site.html']) {
      await expect(cardOf(page, name)).toContainText('Nothing was imported.');
      await expect(cardOf(page, name)).toContainText('no_events');
    }
  });
  await test.step('the cards are fit for all', () => expectFitForAll(page));

  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('treegrid').getByRole('row').nth(1)).toBeVisible();
  expect((await readImports(dendro)).map(({ name }) => name)).toEqual(['mixed.jsonl', sampleName, 'first-half.jsonl']);
});

test('the same file again changes nothing, and says so', async ({ page, dendro }) => {
  await page.goto('/');
  await openImports(page);
  await chooseFiles(page, sampleLog);
  await expect(cardOf(page, sampleName)).toContainText(/Imported: 1,270|Already imported/);
  const before = await readSummary(dendro);
  const imports = await readImports(dendro);
  await chooseFiles(page, sampleLog);
  await expect(cardOf(page, sampleName).last()).toContainText('Already imported; nothing changed.');
  expect(await readSummary(dendro)).toEqual(before);
  expect(await readImports(dendro)).toEqual(imports);
});

test('several files are chosen at once, and the page below shows them', async ({ page }, testInfo) => {
  await page.goto('/imports');
  const files = [
    await writeLog(testInfo, 'one.jsonl', copyOfSample(100).slice(0, 300)),
    await writeLog(testInfo, 'two.jsonl', copyOfSample(101).slice(0, 300)),
  ];
  const chooser = page.waitForEvent('filechooser');
  const drawer = await openImports(page);
  await drawer.getByRole('button', { name: 'Choose files…' }).click();
  await (await chooser).setFiles(files);
  for (const name of ['one.jsonl', 'two.jsonl'])
    await expect(cardOf(page, name)).toContainText('Imported: 300 lines read.');
  await drawer.getByRole('button', { name: 'Clear finished' }).click();
  await expect(drawer.getByRole('article')).toHaveCount(0);
  await drawer.getByRole('button', { name: 'Close' }).click();
  for (const name of ['one.jsonl', 'two.jsonl'])
    await expect(page.getByRole('table', { name: 'Imports' }).getByRole('link', { name })).toBeVisible();
});

test('a card leads to its import, with every rejected line', async ({ page }, testInfo) => {
  await page.goto('/');
  const broken = Array.from({ length: 120 }, (_, index) => `broken line ${index}`);
  await dropFiles(
    page,
    await writeLog(testInfo, 'broken.jsonl', [
      eventLine('codex_turn_event', { thread_id: 'broken', turn_id: 'one', status: 'completed' }),
      ...broken,
    ]),
  );
  const card = cardOf(page, 'broken.jsonl');
  await card.getByText('First 100 of 120 rejected lines').click();
  await expect(card.getByRole('listitem')).toHaveCount(100);
  await card.getByRole('link', { name: 'Details' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'broken.jsonl' })).toBeVisible();
  const rejects = page.getByRole('table', { name: 'Rejected lines' });
  await expect(rejects.getByRole('row').nth(1)).toHaveText(
    /^2\s*invalid_json\s*The line is not JSON\.\s*broken line 0$/,
  );
  const first = await rejects.getByRole('row').count();
  await page.getByRole('link', { name: /^More/ }).click();
  await expect(rejects.getByRole('row').last()).toContainText('broken line 119');
  expect(first - 1 + (await rejects.getByRole('row').count()) - 1).toBe(120);
  await page.goto(`${new URL(page.url()).pathname}?cursor=none`);
  await expect(page.getByRole('alert').filter({ hasText: 'Page not found in this list.' })).toBeVisible();
});

test('a rejected line stands beside the first line of its long beginning', async ({ page, dendro }, testInfo) => {
  const log = await writeLog(testInfo, 'long.jsonl', [
    eventLine('codex_turn_event', { thread_id: 'long', turn_id: 'one', status: 'completed' }),
    'broken '.repeat(60),
  ]);
  const { id } = await importLog(dendro, log);
  await page.goto(`/imports/${id}`);
  const cells = page.getByRole('table', { name: 'Rejected lines' }).getByRole('row').nth(1).getByRole('cell');
  const topOf = (cell: number): Promise<number> =>
    cells.nth(cell).evaluate((element) => {
      const text = document.createRange();
      text.selectNodeContents(element);
      return text.getClientRects()[0]?.top ?? Number.NaN;
    });
  expect((await cells.last().boundingBox())?.height).toBeGreaterThan(40);
  expect(Math.abs((await topOf(0)) - (await topOf(3)))).toBeLessThan(8);
});

test('a large file shows its progress, can be cancelled, and leaves nothing behind', async ({
  page,
  dendro,
}, testInfo) => {
  const file = await writeLog(testInfo, 'large.jsonl', largeLog(8));
  const waiting = await writeLog(testInfo, 'waiting.jsonl', copyOfSample(102));
  const before = await readImports(dendro);
  const figures = await readSummary(dendro);
  await page.goto('/');
  // Dendro starts to read after the first 4 MB.
  const fast = await slowUploads(page, 500_000);
  await dropFiles(page, file, waiting);

  const card = cardOf(page, 'large.jsonl');
  await expect(card.getByRole('progressbar', { name: 'Sending large.jsonl' })).toHaveJSProperty('max', 8 * 1_371_932);
  await expect
    .poll(() => card.getByRole('progressbar').evaluate((element: HTMLProgressElement) => element.value))
    .toBeGreaterThan(0);
  await expect(card).toContainText(/[\d.]+ [KM]iB of 10\.5 MiB sent, [\d.]+%/);
  await expect(card).toContainText(/[1-9][\d,]* lines read · [1-9][\d,]* events found · 0 rejected/);
  const faster = await slowUploads(page, 50_000);
  await expect(cardOf(page, 'waiting.jsonl')).toContainText('Queued');
  await expectFitForAll(page);

  await test.step('the progress is on every page', async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('navigation', { name: 'Dendro' }).getByRole('link', { name: 'Imports' }).click();
    await expect(page.getByRole('region', { name: 'In progress' })).toContainText(/large\.jsonl: reading, .* received/);
    await expect(importButton(page)).toHaveText(/Importing \d+%/);
    await importButton(page).click();
  });

  await cardOf(page, 'waiting.jsonl').getByRole('button', { name: 'Cancel' }).click();
  await card.getByRole('button', { name: 'Cancel' }).click();
  for (const name of ['large.jsonl', 'waiting.jsonl'])
    await expect(cardOf(page, name)).toContainText('Cancelled. Nothing was imported.');
  await expect.poll(() => readRunning(dendro)).toEqual([]);
  expect(await readImports(dendro)).toEqual(before);
  expect(await readSummary(dendro)).toEqual(figures);

  await test.step('and comes in when it is dropped again', async () => {
    await faster();
    await fast();
    await page.getByRole('button', { name: 'Clear finished' }).click();
    await chooseFiles(page, file);
    await expect(card).toContainText('Imported: 10,160 lines read.');
    await expect(figureOf(card, 'rejected')).toHaveText('0');
  });
});

test('senders that fall silent are told so, and others do not wait for them for ever', async () => {
  const server = await startServer({ DENDRO_MAX_SILENCE_SECONDS: '3' });
  const silent = ['one', 'two'].map((name) => {
    const request = http.request(`${server.url}/api/imports?name=${name}`, { method: 'POST' });
    request.write(`${sampleLines[0]}\n`);
    return request;
  });
  const answers = silent.map(responseTo);
  await expect.poll(() => readRunning(server)).toHaveLength(2);
  expect((await importLog(server, sampleLog)).events.accepted).toBe(1292);
  for (const answer of await Promise.all(answers)) {
    expect(answer.statusCode).toBe(408);
    expect(await text(answer)).toContain('No data received for 3 s');
  }
  expect(await readImports(server)).toHaveLength(1);
  for (const request of silent) request.destroy();
  await server.dispose();
});

test('a log that is refused while it is sent is answered at once, and its sender comes to an end', async () => {
  const server = await startServer({ DENDRO_MAX_BODY_BYTES: '100000' });
  const request = http.request(`${server.url}/api/imports?name=large`, {
    method: 'POST',
    headers: { accept: 'application/x-ndjson' },
  });
  const sent = once(request, 'finish');
  request.end(Buffer.alloc(40 << 20, 'a line of a log\n'));
  expect(await text(await responseTo(request))).toContain('body_too_large');
  await sent;
  await server.dispose();
});
