import type { Locator, Page } from '@playwright/test';
import { ThreadDetail } from '../lib/queries/thread.ts';
import { TurnDetail } from '../lib/queries/turn.ts';
import { codeModeAnalytics, codeModeRollouts, codeModeThread } from '../lib/testing/code-mode.ts';
import { expectFitForAll, looks, lookName } from './support/accessible.ts';
import { read } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { importLog } from './support/import.ts';
import { writeLog } from './support/logs.ts';
import type { RunningServer } from './support/server.ts';
import { expect, test } from './support/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });
test.beforeAll(async ({ dendro }, info) => {
  for (const [index, log] of [codeModeAnalytics, ...codeModeRollouts].entries())
    await importLog(dendro, await writeLog(info, `code-mode-${index}.jsonl`, log.trimEnd().split('\n')));
});

const block = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true });
const rows = (page: Page): Locator =>
  block(page, 'Tool calls')
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
/** Returns the turn of the thread that passes the test. */
async function turnOf(
  server: RunningServer,
  is: (turn: ThreadDetail['turns'][number]) => boolean,
): Promise<TurnDetail> {
  const { turns } = await read(server, ThreadDetail, `/api/threads/${codeModeThread}`);
  return read(server, TurnDetail, `/api/threads/${codeModeThread}/turns/${turns.find(is)?.turnId ?? ''}`);
}
async function open(page: Page, { turn }: TurnDetail): Promise<void> {
  await page.goto(`/threads/${codeModeThread}/turns/${turn.turnId}`);
  await expectSettled(page);
}

test('a cell stands with its inner calls below it, and counts as the one call that the model made', async ({
  page,
  dendro,
}) => {
  const detail = await turnOf(dendro, ({ innerCalls }) => innerCalls === 12);
  expect(
    detail.toolCalls.filter(({ parentCallId }) => parentCallId !== null).map(({ parentCallId }) => parentCallId),
  ).toEqual(Array.from({ length: 12 }, () => detail.toolCalls.find(({ toolName }) => toolName === 'exec')?.itemId));
  await open(page, detail);
  await expect(block(page, 'Tool calls')).toContainText('1 tool call by the model, 12 inner calls by its cells');
  await expect(rows(page)).toHaveCount(13);
  await expect(rows(page).first()).toContainText('cell with 12 inner calls');
  await expect(rows(page).first()).not.toContainText('command_execution');
  await expect(rows(page).nth(12)).toContainText('inner call');
  await page.goto(`/threads/${codeModeThread}`);
  await expectSettled(page);
  await expect(page.getByTitle('12 inner calls', { exact: true })).toHaveText('+ 12');
});

test('a wait is a call of its own and leads to its cell', async ({ page, dendro }) => {
  const detail = await turnOf(dendro, ({ toolCalls, innerCalls }) => toolCalls === 4 && innerCalls === 2);
  await open(page, detail);
  await expect(rows(page)).toHaveCount(6);
  const wait = rows(page).filter({ hasText: 'waits for cell' }).first();
  await wait.getByRole('link', { name: /^call_14/ }).click();
  await expect(page).toHaveURL(/#call-call_14_/);
  await expect(page.locator(':target')).toContainText('cell with 1 inner call');
});

test('the timeline says of an inner call in which cell it is, and of a cell how many it made', async ({
  page,
  dendro,
}) => {
  const { turn, toolCalls } = await turnOf(dendro, ({ innerCalls }) => innerCalls === 12);
  const details = page.getByRole('region', { name: 'Selection' });
  for (const [call, what, more] of [
    [toolCalls.find(({ innerCall }) => !innerCall), 'Cell', '12 inner calls'],
    [toolCalls.find(({ innerCall }) => innerCall), 'Inner call', 'in cell call_19_'],
  ] as const) {
    await page.goto(
      `/threads/${codeModeThread}?selected=event.${codeModeThread}.${turn.turnId}.${call?.eventId ?? ''}`,
    );
    await expectSettled(page);
    await expect(details).toContainText(what);
    await expect(details).toContainText(more);
  }
});

for (const look of looks) {
  test.describe(lookName(look), () => {
    test.use(look);
    test('the calls of a turn in code mode are fit for all', async ({ page, dendro }) => {
      await open(page, await turnOf(dendro, ({ innerCalls }) => innerCalls === 12));
      await expectFitForAll(page);
    });
  });
}
