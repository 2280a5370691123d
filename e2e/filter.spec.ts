import type { Page } from '@playwright/test';
import { CompactionBreakdown } from '../lib/queries/compactions.ts';
import { EventList } from '../lib/queries/events.ts';
import { GuardianBreakdown } from '../lib/queries/guardian.ts';
import { HookBreakdown } from '../lib/queries/hooks.ts';
import { ThreadList } from '../lib/queries/threads.ts';
import { read, readImports, readSummary } from './support/api.ts';
import { expectFigures, expectSettled, written } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { sampleLog, sampleSummary, sampleTree, sampleTurn } from './support/logs.ts';
import { expect, test } from './support/test.ts';
import { expectTree, rowsOf, tree } from './support/tree.ts';

test.beforeAll(async ({ dendro }) => {
  await importLog(dendro, sampleLog);
});

const queryOf = (page: Page): string => new URL(page.url()).search.slice(1);
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' });
async function choose(page: Page, name: string, ...values: readonly string[]): Promise<void> {
  const bar = page.getByRole('group', { name: 'Filter' });
  await bar.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  const choices = page.getByRole('dialog', { name });
  for (const value of values) await choices.getByRole('checkbox', { name: value }).check();
  await page.keyboard.press('Escape');
  await expect(choices).toBeHidden();
}

test('a filter is set by its values, stands in the address and as chips, and goes along to every page', async ({
  page,
  dendro,
}) => {
  await page.goto('/');
  await choose(page, 'Kind', 'subagent', 'guardian');
  await expect(page).toHaveURL(/\?threadKind=subagent&threadKind=guardian$/);
  await expect(chips(page).getByRole('link', { name: /^Kind (subagent|guardian)/ })).toHaveCount(2);
  await expectFigures(page, await readSummary(dendro, queryOf(page)));

  for (const name of ['Threads', 'Compactions', 'Hooks', 'Guardian', 'Imports', 'Overview']) {
    await page.getByRole('navigation', { name: 'Dendro' }).getByRole('link', { name, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page).toHaveURL(/\?threadKind=subagent&threadKind=guardian$/);
    await expect(chips(page).getByRole('link', { name: /^Kind/ })).toHaveCount(2);
  }

  await chips(page)
    .getByRole('link', { name: /^Kind guardian/ })
    .click();
  await expect(page).toHaveURL(/\?threadKind=subagent$/);
  await expectFigures(page, await readSummary(dendro, 'threadKind=subagent'));
  await chips(page).getByRole('link', { name: 'Clear all' }).click();
  await expect(chips(page)).toBeHidden();
  await expectFigures(page, sampleSummary);

  await page.goBack();
  await expect(chips(page).getByRole('link', { name: /^Kind subagent/ })).toBeVisible();
});

test('another filter begins a list at its first page again', async ({ page }) => {
  await page.goto('/hooks');
  await page.getByRole('link', { name: 'More hook runs' }).click();
  await expect(page).toHaveURL(/cursor=/);
  await choose(page, 'Kind', 'subagent');
  await expect(page).toHaveURL(/threadKind=subagent/);
  await expect(page).not.toHaveURL(/cursor=/);
});

test('a span of time is from and before, in UTC', async ({ page, dendro }) => {
  const { threads: oldest } = await read(dendro, ThreadList, '/api/threads?sort=createdAt');
  const middle = oldest[25]?.createdAt?.slice(0, 19) ?? '';
  await page.goto('/');
  await page.getByRole('group', { name: 'Filter' }).getByRole('button', { name: 'Time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Time' });
  await dialog.getByLabel('Before').fill(middle);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(chips(page)).toContainText(`Before ${middle.replace('T', ' ')} UTC`);
  const before = await readSummary(dendro, queryOf(page));
  expect(before.threads.total).toBeLessThan(sampleSummary.threads.total);
  await expectFigures(page, before);
  const after = await readSummary(dendro, `from=${middle}Z`);
  for (const part of ['threads', 'turns', 'compactions', 'hooks', 'guardian'] as const)
    expect(before[part].total + after[part].total, part).toBe(sampleSummary[part].total);
});

test('a shared link shows the same view to someone else', async ({ page, browser, dendro }) => {
  await page.goto('/');
  await choose(page, 'Model', 'gpt-5.5');
  await choose(page, 'Kind', 'user');
  await expect(chips(page).getByRole('link', { name: /^(Kind|Model)/ })).toHaveCount(2);
  await expectFigures(page, await readSummary(dendro, queryOf(page)));
  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(chips(other).getByRole('link', { name: /^(Kind|Model)/ })).toHaveCount(2);
  await expectFigures(other, await readSummary(dendro, queryOf(page)));
  await context.close();
});

const half = '2026-11-22T12:10:00.000Z';
const queries = [
  '',
  'threadKind=guardian',
  'threadKind=subagent&threadKind=other',
  'model=gpt-5.5',
  'client=codex_vscode',
  'codexVersion=0.169.0&threadKind=user',
  `to=${half}`,
  `from=${half}&threadKind=user`,
  'importId=1',
  'model=no-such-model',
];

test('the pages and the API agree under every filter', async ({ page, dendro }) => {
  for (const query of queries) {
    await test.step(query || 'no filter', async () => {
      await page.goto(`/?${query}`);
      await expectSettled(page);
      await expectFigures(page, await readSummary(dendro, query));
    });
  }
});

test('the breakdowns and lists of the pages and the API agree', async ({ page, dendro }) => {
  const rows = async (table: string): Promise<string[]> => {
    await expectSettled(page);
    return (await page.getByRole('table', { name: table }).getByRole('row').allInnerTexts()).slice(1).map((row) =>
      row
        .split('\t')
        .map((cell) => cell.trim())
        .join(' '),
    );
  };
  const named = (value: string | null | undefined): string => value ?? 'none';
  for (const query of ['', 'threadKind=subagent', 'model=gpt-5.5&threadKind=user']) {
    await page.goto(`/compactions?${query}`);
    const compactions = (
      await read(dendro, CompactionBreakdown, `/api/compactions/breakdown?by=trigger,phase&${query}`)
    ).groups;
    const shown = await rows('Compactions by group');
    expect(shown).toHaveLength(compactions.length);
    compactions.forEach(
      ({ key, total, completed, failed, interrupted, tokensBefore, tokensAfter, tokensSaved }, index) =>
        expect(shown[index]).toContain(
          [
            named(key.trigger),
            named(key.phase),
            total,
            completed,
            failed,
            interrupted,
            tokensBefore,
            tokensAfter,
            tokensSaved,
          ]
            .map((value) => (typeof value === 'number' ? written(value) : value))
            .join(' '),
        ),
    );

    await page.goto(`/hooks?${query}`);
    const hooks = (await read(dendro, HookBreakdown, `/api/hooks/breakdown?by=hookName&${query}`)).groups;
    const shownHooks = await rows('Hook runs by group');
    expect(shownHooks).toHaveLength(hooks.length);
    hooks.forEach(({ key, total, completed, failed, blocked, stopped }, index) =>
      expect(shownHooks[index]).toContain([named(key.hookName), total, completed, failed, blocked, stopped].join(' ')),
    );

    await page.goto(`/guardian?${query}`);
    const reviews = (await read(dendro, GuardianBreakdown, `/api/guardian/breakdown?by=riskLevel&${query}`)).groups;
    if (reviews.length === 0)
      await expect(page.getByText('No guardian reviews match this filter.').first()).toBeVisible();
    else {
      const shownReviews = await rows('Guardian reviews by group');
      reviews.forEach(({ key, total, approved, denied, failedClosed, timedOut, aborted }, index) =>
        expect(shownReviews[index]).toContain(
          [named(key.riskLevel), total, approved, denied, failedClosed, timedOut, aborted].join(' '),
        ),
      );
    }

    await page.goto(`/threads?${query}`);
    const { threads } = await read(dendro, ThreadList, `/api/threads?limit=1000&${query}`);
    await expectTree(page);
    await expect(tree(page)).toHaveAttribute('aria-rowcount', String(threads.length + 1));
    for (const [index, { threadId }] of threads.slice(0, 10).entries())
      await expect(rowsOf(page).nth(index).getByTitle(threadId).first()).toBeVisible();
  }
});

test('every page names a parameter that it cannot read, says what is allowed, and leads to itself without it', async ({
  page,
  dendro,
  request,
}) => {
  const {
    events: [event],
  } = await read(dendro, EventList, '/api/events?limit=1');
  const [found] = await readImports(dendro);
  const paths = [
    '/',
    '/threads',
    `/threads/${sampleTree.root}`,
    `/threads/${sampleTurn.threadId}/turns/${sampleTurn.turnId}`,
    '/compactions',
    '/hooks',
    '/guardian',
    '/events',
    `/events/${event?.id ?? ''}`,
    '/imports',
    `/imports/${found?.id ?? ''}`,
    '/quality',
    '/quality/threads',
    '/quality/turns',
    '/quality/rejects',
    '/quality/lines',
  ];
  for (const path of paths) {
    for (const [query, what] of [
      ['surprise=1', 'There is no parameter'],
      ['from=&model=gpt-5.5', 'is not valid: it must be an ISO 8601 time'],
      ['to=2026-01-01&to=2026-01-02', 'may be given only once'],
    ] as const) {
      expect(await (await request.get(`${path}?${query}`)).text(), `${path}?${query}`).toContain(what);
    }
  }
  for (const [address, message, rest] of [
    [
      '/?trees=tall&model=gpt-5.5',
      'The parameter "trees" is not valid: it must be one of largest, ',
      '/?model=gpt-5.5',
    ],
    ['/threads?sort=tokens&sort=turns', 'The parameter "sort" may be given only once.', '/threads'],
    [
      '/hooks?by=colour&status=failed',
      'The parameter "by" is not valid: use one or more of hookName, ',
      '/hooks?status=failed',
    ],
    [
      '/compactions?threadKind=robot',
      'The parameter "threadKind" is not valid: it must be one of user, subagent, guardian, other.',
      '/compactions',
    ],
    ['/quality/turns?gap=', 'The parameter "gap" is not valid: it must be one of ', '/quality/turns'],
  ] as const) {
    await page.goto(address);
    const alert = page.getByRole('main').getByRole('alert');
    await expect(alert).toContainText('Invalid address');
    await expect(alert).toContainText(message);
    await expect(alert.getByRole('link', { name: /^Open without “/ })).toHaveAttribute('href', rest);
  }
  await page.getByRole('link', { name: 'Open without “gap”' }).click();
  await expect(page).toHaveURL('/quality/turns');
  await expect(page.getByRole('table', { name: /^Turns/ })).toBeVisible();
});

test('a filter that nothing matches says so, and leads back', async ({ page }) => {
  await page.goto('/threads?model=no-such-model');
  await expect(page.getByRole('main')).toContainText('No threads match this filter.');
  await page.getByRole('link', { name: 'Clear filter' }).click();
  await expect(tree(page)).toHaveAttribute('aria-rowcount', '60');
});
