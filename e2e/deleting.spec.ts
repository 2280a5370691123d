import { readForest, readImports, readSummary, readText } from './support/api.ts';
import { expectFigures } from './support/figures.ts';
import { importLog } from './support/import.ts';
import {
  copyOfSample,
  eventLine,
  sampleLines,
  sampleLog,
  sampleName,
  sampleSummary,
  writeLog,
} from './support/logs.ts';
import { expect, test } from './support/test.ts';

// Each test continues where the one before it ended.
test.describe.configure({ mode: 'serial' });

test('an import is deleted after asking, and every figure is as if it had never been there', async ({
  page,
  dendro,
}, testInfo) => {
  await importLog(dendro, sampleLog);
  const before = {
    summary: await readSummary(dendro),
    forest: await readForest(dendro),
    hooks: await readText(dendro, '/api/hooks/breakdown?by=hookName,status'),
  };
  // It shares half of its events with the sample and brings others.
  const other = await importLog(
    dendro,
    await writeLog(testInfo, 'other.jsonl', [...sampleLines.slice(0, 600), ...copyOfSample(7)]),
  );
  await page.goto('/imports');
  const row = page.getByRole('table', { name: 'Imports' }).getByRole('row').filter({ hasText: 'other.jsonl' });

  await test.step('it is kept unless it is said', async () => {
    await row.getByRole('button', { name: 'Delete other.jsonl' }).click();
    const question = page.getByRole('dialog', { name: 'Delete other.jsonl?' });
    await expect(question).toContainText('Files on your disk are not changed.');
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toBeHidden();
    await row.getByRole('button', { name: 'Delete other.jsonl' }).click();
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    expect(await readImports(dendro)).toHaveLength(2);
  });

  await row.getByRole('button', { name: 'Delete other.jsonl' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete import' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(row).toHaveCount(0);
  expect({
    summary: await readSummary(dendro),
    forest: await readForest(dendro),
    hooks: await readText(dendro, '/api/hooks/breakdown?by=hookName,status'),
  }).toEqual(before);
  await page.getByRole('navigation', { name: 'Dendro' }).getByRole('link', { name: 'Overview' }).click();
  await expectFigures(page, sampleSummary);

  await test.step('a link to it alone says why it shows nothing', async () => {
    await page.goto(`/hooks?importId=${other.id}`);
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(`${other.id} (not in Dendro)`);
    await expect(page.getByText('No hook runs match this filter.').first()).toBeVisible();
  });
});

test('the other one of two that share events takes them over', async ({ page, dendro }, testInfo) => {
  await importLog(dendro, await writeLog(testInfo, 'grown.jsonl', [...sampleLines, ...copyOfSample(9).slice(0, 1)]));
  const [grown] = await readImports(dendro);
  expect(grown?.events).toMatchObject({ accepted: 1, duplicate: 1292 });
  await page.goto('/imports');
  await page.getByRole('button', { name: `Delete ${sampleName}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete import' }).click();
  await expect(
    page.getByRole('table', { name: 'Imports' }).getByRole('row').filter({ hasText: 'grown.jsonl' }),
  ).toContainText('1,293');
  await expect(page.getByRole('button', { name: `Delete ${sampleName}` })).toHaveCount(0);
  expect(await readSummary(dendro)).toMatchObject({
    hooks: sampleSummary.hooks,
    compactions: sampleSummary.compactions,
    turns: sampleSummary.turns,
    guardian: sampleSummary.guardian,
  });
});

test('several imports are chosen and deleted at once, in a list that comes a hundred at a time', async ({
  page,
  dendro,
}, testInfo) => {
  const [kept] = await readImports(dendro);
  const names = Array.from({ length: 101 }, (_, index) => `small-${index}.jsonl`);
  await Promise.all(
    names.map(async (name) =>
      importLog(
        dendro,
        await writeLog(testInfo, name, [
          eventLine('codex_turn_event', { thread_id: name, turn_id: 'one', status: 'completed' }),
        ]),
      ),
    ),
  );
  await page.goto('/imports');
  const table = page.getByRole('table', { name: 'Imports' });
  await expect(table.getByRole('link', { name: /^small-/ })).toHaveCount(100);
  await expect(page.getByRole('status').filter({ hasText: '102 imports' })).toBeVisible();
  await page.getByRole('link', { name: 'More imports' }).click();
  await expect(table.getByRole('row')).toHaveCount(3);
  await page.getByRole('link', { name: 'First imports' }).click();

  const newest = (await readImports(dendro)).slice(0, 2);
  for (const { name } of newest) await table.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  await expect(page.getByRole('status').filter({ hasText: '2 of 102 imports selected' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete selected (2 imports)' }).click();
  const question = page.getByRole('dialog', { name: 'Delete 2 imports?' });
  await expect(question).toContainText('their 2 events');
  await question.getByRole('button', { name: 'Delete imports' }).click();
  await expect(page.getByRole('status').filter({ hasText: '100 imports' })).toBeVisible();
  for (const { name } of newest) await expect(table.getByRole('link', { name, exact: true })).toHaveCount(0);

  const all = table.getByRole('checkbox', { name: 'Select all imports on this page' });
  await all.check();
  await table.getByRole('checkbox', { name: `Select ${kept?.name ?? ''}` }).uncheck();
  await expect(all).not.toBeChecked();
  await page.getByRole('button', { name: 'Delete selected (99 imports)' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete imports' }).click();
  await expect(table.getByRole('row')).toHaveCount(2);
  expect((await readImports(dendro)).map(({ id }) => id)).toEqual([kept?.id]);
});

test('after the last one, Dendro is empty again', async ({ page, dendro }) => {
  const [left] = await readImports(dendro);
  await page.goto(`/imports/${left?.id ?? ''}`);
  await page.getByRole('button', { name: 'Delete grown.jsonl' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete import' }).click();
  await expect(page).toHaveURL('/imports');
  await expect(page.getByRole('heading', { name: 'No logs yet' })).toBeVisible();
  expect(await readSummary(dendro)).toMatchObject({
    threads: { total: 0 },
    turns: { total: 0, unreported: 0 },
    tokens: { total: 0 },
    events: { total: 0 },
    timeRange: { from: null, to: null },
  });
  expect(await readForest(dendro)).toEqual([]);
});
