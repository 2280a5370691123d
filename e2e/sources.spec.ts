import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { ThreadList } from '../lib/queries/threads.ts';
import { expectFitForAll, lookName, phone } from './support/accessible.ts';
import { read } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { eventLine, sampleLog, writeLog } from './support/logs.ts';
import type { RunningServer } from './support/server.ts';
import { expect, test } from './support/test.ts';
import { expectTree } from './support/tree.ts';

const folder = path.resolve(import.meta.dirname, '../lib/testing/rollouts/0.169.0');
const rolloutNames = readdirSync(folder)
  .filter((name) => name !== 'analytics.jsonl')
  .sort();
const importRollouts = async (dendro: RunningServer): Promise<void> => {
  for (const name of rolloutNames) await importLog(dendro, path.join(folder, name));
};
const importAnalytics = (dendro: RunningServer) => importLog(dendro, path.join(folder, 'analytics.jsonl'));

const root = {
  id: '01a20323-9025-72d3-a38c-70653cfb70a2',
  title: 'Split the audit between agents, they may delegate too. [p28]',
};
const child = {
  id: '01a20323-912d-7e41-8c68-21007580024f',
  title: 'Look at part 1 of the module at level 1. [p24]',
  nickname: 'Kant',
};
const grandchild = {
  id: '01a20323-9247-79f2-82b7-c0e93e7c580f',
  title: 'Look at part 1 of the module at level 2. [p23]',
};
/** Compacted twice in the middle of its turn. */
const compacted = '01a20323-d7ec-7fb3-9074-33cfa3b6018f';
const reviewing = '01a20325-6ad0-79b1-969b-26a3fe27cf74';

const figure = (page: Page, title: string): Locator =>
  page.getByRole('region', { name: 'Summary' }).getByRole('heading', { name: title, exact: true }).locator('..');
const block = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const fact = (page: Page, name: string): Locator => block(page, 'Facts').locator(`dt:text-is("${name}") + dd`);
const rowOf = (page: Page, thread: { readonly id: string; readonly title: string }): Locator =>
  page.getByRole('row').filter({ has: page.getByTitle(`${thread.title} (${thread.id})`, { exact: true }) });
/** Checks the look of an inferred value: italics, with a dotted line. */
const expectInferred = async (value: Locator): Promise<void> => {
  await expect(value).toHaveCSS('font-style', 'italic');
  await expect(value).toHaveCSS('border-bottom-style', 'dotted');
  await expect(value).toHaveAttribute('title', /^Inferred: /);
};

test.describe.serial('rollouts alone', () => {
  test.beforeAll(async ({ dendro }) => importRollouts(dendro));

  test('the overview says what its figures cover, and calls nothing zero that cannot be there', async ({ page }) => {
    await page.goto('/');
    await expect(figure(page, 'Hook runs').getByRole('paragraph').first()).toHaveText('not in these logs');
    await expect(
      figure(page, 'Hook runs')
        .getByTitle('Not in these logs. Rollouts don’t record hook runs; analytics events do.')
        .first(),
    ).toBeVisible();
    for (const status of ['failed', 'interrupted'])
      await expect(figure(page, 'Compactions').getByRole('listitem').filter({ hasText: status })).toHaveText(
        `${status}— not in these logs`,
      );
    await expect(figure(page, 'Compactions').getByRole('listitem').filter({ hasText: 'completed' })).toHaveText(
      'completed4',
    );
    await expect(figure(page, 'Compactions')).toContainText('rollouts record completed ones only');
    await expect(figure(page, 'Guardian reviews').getByRole('paragraph').first()).toHaveText('17');
    await expect(block(page, 'Hook runs by hook event')).toContainText('Hook runs are not in these logs.');
    await expect(block(page, 'Summary')).toContainText('no analytics events · 16 rollouts');
    await page.goto('/hooks');
    await expect(page.getByText('Hook runs are not in these logs.')).toHaveCount(2);
    await page.goto('/');
    await block(page, 'Summary').getByRole('link', { name: '16 rollouts' }).click();
    await expect(page.getByRole('table', { name: 'Events' }).getByRole('row')).toHaveCount(17);
  });

  test('threads have their titles, their agents’ names, and the kind of log that tells of them', async ({ page }) => {
    await page.goto('/threads?sort=-subtreeSize');
    await expectTree(page);
    await expect(rowOf(page, root)).toContainText('01a20323…70a2');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Source' }).check();
    await page.keyboard.press('Escape');
    await expect(rowOf(page, root).getByRole('gridcell').last()).toHaveText('rollout');
    await rowOf(page, root).getByRole('button', { name: 'Expand' }).click();
    await expect(rowOf(page, child)).toContainText(child.nickname);
    await expect(rowOf(page, child), 'its hook runs are not zero').toContainText('not in these logs');
    await rowOf(page, child).getByRole('button', { name: 'Expand' }).click();
    await expect(rowOf(page, grandchild)).toHaveAttribute('aria-level', '3');
    await rowOf(page, child).getByRole('link', { name: child.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(child.title);
    await expect(page).toHaveTitle(new RegExp(`^${child.title.replace(/[.[\]]/g, '\\$&')}`));
    await expect(fact(page, 'Title')).toHaveText(child.title);
    await expect(fact(page, 'Agent')).toHaveText(child.nickname);
    await expect(fact(page, 'Folder')).toHaveText('/home/dev/shop');
    await expect(fact(page, 'Git')).toContainText('branch main at 593e2dbab7a9');
    await expect(fact(page, 'Started by')).toContainText('Named in its rollout.');
    await expect(fact(page, 'Permissions')).toContainText('disabled: not enforced, full access; network open');
    await expect(fact(page, 'Logs')).toContainText('rollout');
    await expect(fact(page, 'Resumed')).toHaveText('not in these logs');
    const turn = block(page, 'Turns').getByRole('group').first();
    await expect(turn).toContainText('258,400 tokens');
    await expect(turn).toContainText('never, reviewed by user');
  });

  test('inferred values look inferred, wherever compactions stand', async ({ page }) => {
    await page.goto('/compactions?phase=mid_turn');
    const rows = block(page, 'Compactions')
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('rollout');
    await expectInferred(rows.first().getByText(/^auto/));
    await expectInferred(rows.first().getByText(/^mid_turn/));
    await expectInferred(rows.last().getByText(/^≈121,300/));
    await expectInferred(rows.last().getByText(/^≈106,931/));
    await expect(
      block(page, 'Breakdown')
        .getByRole('table')
        .getByTitle(/^Not in these logs\./)
        .first(),
    ).toBeVisible();
    await page.goto(`/threads/${compacted}`);
    const happened = block(page, 'Turns')
      .getByRole('row')
      .filter({ has: page.getByRole('cell', { name: 'Compaction', exact: true }) });
    await expect(happened).toHaveCount(2);
    await expectInferred(happened.first().getByText(/^mid_turn/));
    await expectInferred(happened.first().getByText(/^≈112,100|^≈121,300/));
    await expect(
      block(page, 'Turns')
        .getByRole('row')
        .filter({ has: page.getByRole('cell', { name: 'Tool', exact: true }) })
        .first(),
    ).toContainText('rollout');
  });

  test.describe(lookName(phone), () => {
    test.use({ ...phone, contextOptions: { reducedMotion: 'reduce' } });
    test('pages of rollouts are fit for all', async ({ page }) => {
      for (const address of ['/', `/threads/${compacted}`, '/hooks']) {
        await test.step(address, async () => {
          await page.goto(address);
          await expectFitForAll(page);
        });
      }
    });
  });
});

test.describe.serial('rollouts and the analytics of the same threads', () => {
  test.beforeAll(async ({ dendro }) => {
    await importRollouts(dendro);
    await importAnalytics(dendro);
  });

  test('become one truth, and each row says where it comes from', async ({ page }) => {
    await page.goto('/');
    await expect(block(page, 'Summary')).toContainText('144 analytics events · 16 rollouts');
    await expect(figure(page, 'Turns').getByRole('paragraph').first()).toHaveText('27');
    await expect(figure(page, 'Compactions').getByRole('listitem').filter({ hasText: 'failed' })).toHaveText('failed0');
    await expect(figure(page, 'Hook runs')).toContainText('From analytics only: rollouts have none');
    await page.goto(`/threads/${root.id}`);
    await expectSettled(page);
    await expect(fact(page, 'Logs')).toContainText('both');
    for (const [thread, source] of [
      [child, 'both'],
      [grandchild, 'rollout'],
    ] as const) {
      const link = page.getByTitle(`${thread.title} (${thread.id})`, { exact: true });
      await expect(
        block(page, 'Children').getByRole('row').filter({ has: link }).getByRole('cell', { name: source, exact: true }),
      ).toBeVisible();
      await block(page, 'Children').getByTitle(`${thread.title} (${thread.id})`, { exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(thread.title);
    }
  });

  test('what analytics states is not inferred any more', async ({ page }) => {
    await page.goto('/compactions?phase=mid_turn');
    const rows = block(page, 'Compactions')
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('analytics');
    await expect(rows.filter({ hasText: '121,395' })).toHaveCount(1);
    await expect(rows.getByTitle(/^Inferred: /)).toHaveCount(0);
    await page.goto(`/threads/${reviewing}`);
    await expect(
      block(page, 'Reviews by this guardian').getByRole('cell', { name: 'analytics', exact: true }).first(),
    ).toBeVisible();
  });
});

test.describe('a turn', () => {
  const turn = { thread_id: 'thread', status: 'completed', started_at: 1_795_348_000 };
  const shop = {
    associated_remote_urls: { origin: 'https://example.com/shop.git' },
    latest_git_commit_hash: '593e2dbab7a97414c48c36ac6bac92b567c89d83',
    has_changes: true,
  };
  test.beforeAll(async ({ dendro }, testInfo) => {
    await importLog(
      dendro,
      await writeLog(testInfo, 'turns.jsonl', [
        eventLine('codex_turn_event', {
          ...turn,
          turn_id: 'first',
          sandbox_policy: 'workspace_write',
          sandbox_network_access: false,
          workspaces: { '/home/dev/shop': shop },
        }),
        eventLine('rollout_turn', {
          thread_id: 'thread',
          turn_id: 'second',
          status: 'failed',
          status_inferred: true,
          reported: true,
          task: 'regular',
          started_at_ms: 1_795_348_010_000,
        }),
        eventLine('rollout_turn', {
          thread_id: 'thread',
          turn_id: 'third',
          status: 'completed',
          reported: false,
          task: 'compaction',
          started_at_ms: 1_795_348_020_000,
        }),
      ]),
    );
  });

  test('says who enforces its permissions, where it worked, what it was for, and how its end is known', async ({
    page,
  }) => {
    await page.goto('/threads/thread?turn=first');
    const first = block(page, 'Facts');
    await expect(first).toContainText('managed: enforced by the Codex sandbox; network restricted');
    await expect(first).toContainText('/home/dev/shop at 593e2dbab7a9…, uncommitted changes');
    await expect(first).toContainText('https://example.com/shop.git');
    await page.goto('/threads/thread');
    const turns = block(page, 'Turns').getByRole('listitem');
    await expect(turns).toHaveCount(3);
    await expectInferred(
      turns
        .nth(1)
        .getByTitle(/^Inferred: /)
        .filter({ hasText: 'failed' }),
    );
    await expect(turns.nth(2)).toContainText('compaction');
    await expect(turns.nth(2).getByTitle('Task: compaction. Not included in turn counts.')).toBeVisible();
  });
});

test('threads with long titles leave the event of each compaction and review in sight on a desk', async ({
  page,
  dendro,
}, testInfo) => {
  const { threads } = await read(
    dendro,
    ThreadList,
    `/api/threads?importId=${(await importLog(dendro, sampleLog)).id}&limit=1000`,
  );
  const title = 'Please handle the chore of the month, and tell what you did';
  await importLog(
    dendro,
    await writeLog(
      testInfo,
      'titles.jsonl',
      threads.map(({ threadId }) => eventLine('rollout_thread', { thread_id: threadId, title })),
    ),
  );
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const [address, name] of [
    ['/compactions', 'Compactions'],
    ['/guardian', 'Guardian reviews'],
  ] as const) {
    await page.goto(address);
    const table = page.getByRole('table', { name, exact: true });
    await expect(table.getByRole('link', { name: title }).first()).toBeVisible();
    const { scrollWidth, clientWidth } = await table
      .locator('..')
      .evaluate((box) => ({ scrollWidth: box.scrollWidth, clientWidth: box.clientWidth }));
    expect(scrollWidth, name).toBeLessThanOrEqual(clientWidth);
  }
});
