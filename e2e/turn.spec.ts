import path from 'node:path';
import type { Locator, Page, TestInfo } from '@playwright/test';
import { z } from 'zod';
import { ThreadDetail } from '../lib/queries/thread.ts';
import { TurnDetail } from '../lib/queries/turn.ts';
import { expectFitForAll, expectNoSidewaysScroll, looks, lookName } from './support/accessible.ts';
import { read, readEvents } from './support/api.ts';
import { idOf, writeExtreme, type Extreme } from './support/extremes.ts';
import { expectSettled, written } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { sampleLog } from './support/logs.ts';
import type { RunningServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

/* Analytics and rollouts of the same runs of Codex 0.169.0. */
const rollouts = path.resolve(import.meta.dirname, '../lib/testing/logs/rollouts/codex-0.169.0.tar.zst');
/** A thread whose actions the guardian reviewed, in a turn each. */
const reviewed = '01a20325-6a4d-7701-a7f8-9cf6c98b9267';
/** A subagent that was compacted by hand and saved 57,597 tokens, and a spawned one below it. */
const compacted = '01a20327-43a4-7651-8148-2bff348f6f29';
/** A thread whose hooks blocked and stopped things. */
const hooked = '01a20324-5bc9-7b22-9da6-427dcb8c6ff6';
/** A root that its user compacted again and again. */
const storming = '01a20323-defc-7f02-8565-49d8d0217a74';
/** The deepest tree, and a subagent in it. */
const deepest = {
  root: '01a20323-9025-72d3-a38c-70653cfb70a2',
  child: '01a20323-912d-7e41-8c68-21007580024f',
} as const;

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.beforeAll(async ({ dendro }) => {
  await importLog(dendro, sampleLog);
  await importLog(dendro, rollouts);
});

const block = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const fact = (page: Page, name: string): Locator => block(page, 'Facts').locator(`dt:text-is("${name}") + dd`);
const detailOf = (server: RunningServer, threadId: string): Promise<ThreadDetail> =>
  read(server, ThreadDetail, `/api/threads/${threadId}`);
const turnPath = (threadId: string, turnId: string): string =>
  `/threads/${threadId}/turns/${encodeURIComponent(turnId)}`;
/** Opens the page of the first turn of `threadId` that passes the test. */
async function openTurn(
  page: Page,
  server: RunningServer,
  threadId: string,
  is: (detail: TurnDetail) => boolean,
): Promise<TurnDetail> {
  for (const { turnId } of (await detailOf(server, threadId)).turns) {
    const detail = await read(server, TurnDetail, `/api${turnPath(threadId, turnId)}`);
    if (!is(detail)) continue;
    await page.goto(turnPath(threadId, turnId));
    await expectSettled(page);
    return detail;
  }
  throw new Error(`There is no such turn in ${threadId}.`);
}
/** Returns the line of a table whose first cell has this text. */
const line = (table: Locator, name: string): Locator =>
  table.getByRole('row').filter({ has: table.page().getByRole('cell', { name, exact: true }) });

test.describe('a turn', () => {
  test('says where its time went, to the millisecond', async ({ page, dendro }) => {
    const { turn, approvals } = await openTurn(page, dendro, reviewed, ({ approvals: asked }) =>
      asked.some(({ status }) => status === 'denied'),
    );
    const { anatomy, durationMs } = turn;
    const table = block(page, 'Where its time went').getByRole('table');
    if (!anatomy || durationMs === null) throw new Error('The sample says where the time of its turns went.');
    const parts = {
      'Before the first request': anatomy.beforeFirstSamplingMs,
      Compaction: anatomy.compactionMs,
      Sampling: anatomy.samplingMs,
      'Blocked by tools': anatomy.toolBlockingMs,
      'Between requests': anatomy.betweenSamplingOverheadMs,
      'After the last response': anatomy.afterLastSamplingMs,
      Unattributed: 0,
      Total: durationMs,
      'Waiting for a person': 0,
      'Waiting for the guardian': approvals[0]?.durationMs,
    };
    for (const [name, milliseconds] of Object.entries(parts))
      await expect(line(table, name).getByRole('cell').nth(2), name).toHaveText(`${written(milliseconds ?? -1)} ms`);
  });

  test('tells a refused call as one story: who was asked, what was found, and how it ended', async ({
    page,
    dendro,
  }) => {
    const {
      guardianReviews: [review],
      toolCalls: [call],
    } = await openTurn(
      page,
      dendro,
      reviewed,
      ({ guardianReviews: [first] }) => first?.failureReason === 'parse_error',
    );
    const rows = block(page, 'Tool calls')
      .getByRole('row')
      .filter({ has: page.getByRole('cell') });
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('rejected');
    await expect(rows).toContainText('approval denied');
    await expect(rows.getByRole('listitem')).toContainText('failed closed after');
    await expect(rows).toContainText(`response could not be read, ${review?.attemptCount ?? 0} attempts`);
    await expect(rows.locator(`a[title="${call?.itemId ?? ''}"]`)).toHaveAttribute(
      'href',
      `#call-${call?.itemId ?? ''}`,
    );
    await rows.locator(`a[title="${review?.guardianThreadId ?? ''}"]`).click();
    await expect(page).toHaveURL(`/threads/${review?.guardianThreadId ?? ''}`);
    await expect(fact(page, 'Started by')).toContainText('To review');
    await expect(fact(page, 'Started by').locator(`a[href^="/threads/${reviewed}/turns/"]`)).toBeVisible();
  });

  test('tells a call that a hook blocked, which only the rollout has, as inferred', async ({ page, dendro }) => {
    await openTurn(page, dendro, hooked, ({ hookRuns }) =>
      hookRuns.some(({ hookName, status }) => hookName === 'PreToolUse' && status === 'blocked'),
    );
    await expect(block(page, 'Tool calls').getByTitle(/^Inferred: a PreToolUse hook/)).toHaveText(
      /blocked by a PreToolUse hook/,
    );
    await expect(
      block(page, 'Hook runs').getByRole('row').filter({ hasText: 'PreToolUse' }).filter({ hasText: 'blocked' }),
    ).toHaveCount(1);
  });

  test('shows its tokens with what came from the cache, and how full the context was at its end', async ({
    page,
    dendro,
  }) => {
    const { turn } = await openTurn(
      page,
      dendro,
      deepest.child,
      ({ turn: { tokens, contextTokens } }) => tokens !== null && contextTokens !== null,
    );
    const table = block(page, 'Tokens').getByRole('table');
    await expect(line(table, 'Cached input')).toContainText(written(turn.tokens?.cachedInput ?? -1));
    await expect(line(table, 'Cached input')).toContainText('60%');
    await expect(block(page, 'Tokens')).toContainText(
      `Context at the end of the turn: ${written(turn.contextTokens ?? -1)} tokens of a ${written(turn.contextWindow ?? -1)}-token window`,
    );
    // It was caused by a turn of the root.
    await fact(page, 'Triggered by').getByRole('link').click();
    await expect(page).toHaveURL(turnPath(deepest.root, turn.rootTurnId ?? ''));
    await expect(block(page, 'Tool calls').locator(`a[title="${deepest.child}"]`).first()).toBeVisible();
  });

  test('spells out what went wrong', async ({ page, dendro }) => {
    const Failed = z.object({ event_params: z.object({ turn_error: z.literal('contextWindowExceeded') }) });
    const { events } = await readEvents(dendro, { type: 'codex_turn_event', limit: '1000' });
    const overrun = events.find(({ payload }) => Failed.safeParse(payload).success);
    await page.goto(turnPath(overrun?.threadId ?? '', overrun?.turnId ?? ''));
    await expectSettled(page);
    await expect(page.getByRole('main')).toContainText('The context was larger than the model’s window.');
    await expect(page.getByRole('main')).toContainText(
      'Codex error: contextWindowExceeded, kind: context_window_exceeded.',
    );
  });

  test('shows what a compaction left, how soon that was full again, and that it was one of a storm', async ({
    page,
    dendro,
  }) => {
    const {
      compactions: [compaction],
    } = await openTurn(page, dendro, storming, ({ compactions }) => compactions.length > 0);
    const row = block(page, 'Compactions').getByRole('row').nth(1);
    await expect(row).toContainText('storm');
    await expect(row).toContainText('after 1 turn');
    for (const tokens of [compaction?.tokensBefore, compaction?.tokensAfter, compaction?.tokensSaved])
      await expect(row.getByRole('cell', { name: written(tokens ?? -1), exact: true })).toBeVisible();
    await expect(block(page, 'Tool calls')).toContainText('No tool was called.');
  });

  test('shows the critical path that Codex followed, and its thread their sum', async ({ page, dendro }) => {
    const { turn } = await openTurn(page, dendro, compacted, ({ turn: { criticalPath } }) => criticalPath !== null);
    await expect(line(block(page, 'Critical path').getByRole('table'), 'Overhead').getByRole('cell').nth(2)).toHaveText(
      `${written(turn.criticalPath?.overheadMs ?? -1)} ms`,
    );
    const sum = (await detailOf(dendro, compacted)).turns.reduce(
      (total, { criticalPath }) => total + (criticalPath?.durationMs ?? 0),
      0,
    );
    await page.goto(`/threads/${compacted}`);
    await expect(line(block(page, 'Critical path').getByRole('table'), 'Total').getByRole('cell').nth(2)).toHaveText(
      `${written(sum)} ms`,
    );
  });

  test('leads to the turns beside it by links and by keys, which a list names', async ({ page, dendro }) => {
    const [first, second, third] = (await detailOf(dendro, deepest.root)).turns.map(({ turnId }) =>
      turnPath(deepest.root, turnId),
    );
    await page.goto(first ?? '');
    const beside = page.getByRole('navigation', { name: 'Previous and next turn' });
    await expect(beside.getByText('previous turn: none')).toBeVisible();
    await beside.getByRole('link', { name: 'next turn' }).click();
    await expect(page).toHaveURL(second ?? '');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Turn 2 of 5');
    for (const [key, target] of [
      [']', third],
      ['k', second],
      ['[', first],
      ['j', second],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page, key).toHaveURL(target ?? '');
      await expectSettled(page);
    }
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await expect(keys.getByRole('definition').filter({ hasText: 'Go to next turn' })).toBeVisible();
    await page.keyboard.press('j');
    await expect(page, 'keys rest while the list is open').toHaveURL(second ?? '');
    await page.keyboard.press('Escape');
    await expect(keys).toBeHidden();
  });

  test('has an address that older links find, and one that names no turn says so', async ({ page, dendro }) => {
    const [turn] = (await detailOf(dendro, deepest.root)).turns;
    await page.goto(`/threads/${deepest.root}?turn=${turn?.turnId ?? ''}&model=gpt-5.5`);
    await expect(page).toHaveURL(`${turnPath(deepest.root, turn?.turnId ?? '')}?model=gpt-5.5`);
    expect((await page.goto(turnPath(deepest.root, 'none')))?.status()).toBe(404);
  });
});

test.describe('a thread', () => {
  test('says who started it and where, and leads to the threads beside it by keys', async ({ page, dendro }) => {
    await page.goto(`/threads/${deepest.child}`);
    await expectSettled(page);
    await expect(fact(page, 'Started by').locator(`a[title="${deepest.root}"]`)).toBeVisible();
    await expect(fact(page, 'Started by')).toContainText('Spawned by spawn_agent in turn');
    const spawning = fact(page, 'Started by').locator(`a[href^="/threads/${deepest.root}/turns/"]`);
    await spawning.click();
    await expect(block(page, 'Tool calls').locator(`a[title="${deepest.child}"]`).first()).toBeVisible();
    const { subtree } = await detailOf(dendro, deepest.root);
    const siblings = subtree.filter(({ depth }) => depth === 1);
    await page.goto(`/threads/${deepest.root}`);
    await expect(block(page, 'Children').getByRole('row')).toHaveCount(siblings.length + 1);
    for (const [key, target] of [
      ['j', subtree[0]],
      ['j', subtree[1]],
      ['k', subtree[0]],
      [']', siblings[1]],
      ['[', siblings[0]],
    ] as const) {
      await expectSettled(page);
      await page.keyboard.press(key);
      await expect(page, key).toHaveURL(`/threads/${target?.threadId ?? ''}`);
    }
  });

  test('shows its own figures beside those of its subtree, and its compactions with their refills', async ({
    page,
    dendro,
  }) => {
    const { thread, turns } = await detailOf(dendro, compacted);
    await page.goto(`/threads/${compacted}`);
    await expectSettled(page);
    const figures = block(page, 'Figures').getByRole('table');
    const cells = (name: string): Locator => line(figures, name).first().getByRole('cell');
    await expect(cells('tokens').nth(1)).toHaveText(written(thread.tokens.total));
    await expect(cells('tokens').nth(2)).toHaveText(written(thread.subtreeTokens));
    await expect(cells('tokens saved').nth(1)).toHaveText('57,597');
    await expect(block(page, 'Compactions').getByRole('row').nth(1)).toContainText('57,597');
    await expect(block(page, 'Turns').getByRole('link', { name: /^Open turn/ })).toHaveCount(turns.length);
    await page.goto(`/threads/${storming}`);
    await expect(cells('storms').nth(1)).toHaveText('1');
    await expect(block(page, 'Compactions').getByText('storm', { exact: true })).toHaveCount(7);
  });
});

test.describe('what a new user asks is answered in three clicks', () => {
  test('which tree is the deepest', async ({ page }) => {
    await page.goto('/');
    await expectSettled(page);
    await page.getByRole('navigation', { name: 'Sort trees by' }).getByRole('link', { name: 'deepest' }).click();
    await block(page, 'Deepest trees').getByRole('row').nth(1).getByRole('link').first().click();
    await expect(page).toHaveURL(`/threads/${deepest.root}`);
  });

  test('which subagent compacted, and what it saved', async ({ page }) => {
    await page.goto('/');
    await expectSettled(page);
    await page
      .getByRole('list', { name: 'Compactions by kind of thread' })
      .getByRole('listitem')
      .filter({ hasText: 'subagent' })
      .getByRole('link', { name: '2 compactions' })
      .click();
    const row = block(page, 'Compactions').getByRole('row').filter({ hasText: '57,597' });
    await expect(row).toContainText('subagent thread');
    await row.locator(`a[href^="/threads/${compacted}/turns/"]`).click();
    await expect(block(page, 'Compactions')).toContainText('57,597');
  });

  for (const [question, status, list] of [
    ['which hook blocked it', 'blocked', 'Hook runs'],
    ['which review was refused', 'denied', 'Reviews'],
  ] as const) {
    test(question, async ({ page }) => {
      await page.goto('/');
      await expectSettled(page);
      await block(page, 'Summary')
        .getByRole('link', { name: new RegExp(`^${status}`) })
        .click();
      const row = block(page, list).getByRole('row').nth(1);
      await expect(row).toContainText(status);
      await row.locator('a[href*="/turns/"]').click();
      await expect(page.getByRole('heading', { level: 1 })).toContainText(/^Turn \d+ of \d+/);
      await expect(page.getByRole('main')).toContainText(status);
    });
  }
});

test('a place in a list that it never gave out is told as such', async ({ page }) => {
  for (const path of [
    '/compactions?cursor=none',
    '/hooks?cursor=none',
    '/guardian?cursor=none',
    '/events?cursor=none',
    '/quality?unknowns=none',
    '/quality/turns?gap=unreported&cursor=none',
    '/quality/threads?cursor=none',
    '/quality/rejects?cursor=none',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('alert').filter({ hasText: 'Page not found in this list.' }), path).toBeVisible();
  }
  await page.getByRole('link', { name: 'Go to the first page' }).click();
  await expect(page).toHaveURL('/quality/rejects');
  await page.goto(`/threads/${deepest.root}?turns=none`);
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    'The parameter "turns" is not valid: enter a turn number, starting from 1.',
  );
});

test.describe('extremes', () => {
  const take = async (server: RunningServer, testInfo: TestInfo, extreme: Extreme): Promise<void> => {
    const file = testInfo.outputPath(`${extreme}.jsonl`);
    await writeExtreme(extreme, file);
    await importLog(server, file);
  };
  const thread = idOf('thread', 0);

  test('five thousand turns stay in reach: page by page, from any number, and one by one', async ({
    page,
    dendro,
  }, testInfo) => {
    await take(dendro, testInfo, 'many-turns');
    await page.goto(`/threads/${thread}`);
    await expectSettled(page);
    const turns = block(page, 'Turns');
    await expect(turns.getByRole('link', { name: /^Open turn/ })).toHaveCount(50);
    await turns.getByRole('link', { name: 'Last', exact: true }).click();
    await expect(turns.getByText('Turn 4,951', { exact: true })).toBeVisible();
    await turns.getByLabel('From turn').fill('2500');
    await turns.getByRole('button', { name: 'Show' }).click();
    await expect(turns).toContainText('Turns 2,500 to 2,549 of 5,000');
    await turns.getByRole('link', { name: 'Open turn 2,501' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Turn 2,501 of 5,000');
    await page.keyboard.press('j');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Turn 2,502');
  });

  test('turns without a length, without a time and without an event of their own have pages that say what is unknown', async ({
    page,
    dendro,
  }, testInfo) => {
    await take(dendro, testInfo, 'odd-times');
    await page.goto(turnPath(thread, 'a turn without a time'));
    await expectSettled(page);
    await expect(page.getByRole('main')).toContainText(
      'The logs do not record the turn’s duration or where the time went.',
    );
    await expect(page.getByRole('main')).toContainText('The context was larger than the model’s window.');
    await expectNoSidewaysScroll(page);
    const { turn } = await openTurn(page, dendro, thread, ({ turn: { durationMs } }) => durationMs === 0);
    expect(turn.durationMs).toBe(0);
    await expect(
      line(block(page, 'Where its time went').getByRole('table'), 'Total').getByRole('cell').nth(2),
    ).toHaveText('0 ms');
    await openTurn(page, dendro, thread, ({ turn: { reported }, hookRuns }) => !reported && hookRuns.length > 0);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('unreported');
    await expect(block(page, 'Tokens')).toContainText(
      'Codex reported no usage for this turn. Usage is unknown, not zero.',
    );
  });
});

for (const look of looks) {
  test.describe(lookName(look), () => {
    test.use(look);
    test('turn and thread pages are fit for all', async ({ page, dendro }) => {
      for (const threadId of [compacted, storming]) {
        await page.goto(`/threads/${threadId}`);
        await expectFitForAll(page);
      }
      await openTurn(page, dendro, reviewed, ({ guardianReviews: [first] }) => first?.failureReason === 'parse_error');
      await expectFitForAll(page);
      await openTurn(page, dendro, compacted, ({ turn: { criticalPath } }) => criticalPath !== null);
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectFitForAll(page);
    });
  });
}
