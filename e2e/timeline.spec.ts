import type { Locator, Page } from '@playwright/test';
import { Timeline } from '../lib/queries/timeline-shapes.ts';
import { expectFitForAll, looks, lookName } from './support/accessible.ts';
import { read, readForest } from './support/api.ts';
import { expectSettled } from './support/figures.ts';
import { chooseFiles, importLog } from './support/import.ts';
import { cardOf, openImports } from './support/import-page.ts';
import { eventLine, sampleLog, sampleTree, sampleTurn, writeLog } from './support/logs.ts';
import { expect, test } from './support/test.ts';

test.beforeAll(async ({ dendro }) => {
  await importLog(dendro, sampleLog);
});
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const run = (page: Page): Locator => page.getByRole('region', { name: 'Run' });
const lanes = (page: Page): Locator => run(page).getByRole('application', { name: 'Timeline' });
const names = (page: Page): Locator => run(page).getByRole('tree').getByRole('treeitem');
/** The announcement of the item at the keyboard. */
const said = (page: Page): Locator => run(page).locator('[data-said]');
const details = (page: Page): Locator => page.getByRole('region', { name: 'Selection', exact: true });
const tip = (page: Page): Locator => page.getByRole('tooltip');

async function open(page: Page, threadId: string, query = ''): Promise<void> {
  await page.goto(`/threads/${threadId}${query}`);
  await expectSettled(page);
  await expect(names(page).first()).toBeVisible();
}

const sizeOf = ({ turns, hookRuns, compactions }: Timeline): number =>
  turns.lane.length + hookRuns.lane.length + compactions.lane.length;
/** The timeline of every tree, the shortest first. */
let trees: readonly Timeline[] = [];
test.beforeAll(async ({ dendro }) => {
  const roots = (await readForest(dendro)).filter(({ depth }) => depth === 0);
  const all = await Promise.all(
    roots.map(({ threadId }) => read(dendro, Timeline, `/api/threads/${threadId}/timeline`)),
  );
  trees = all.sort((one, other) => sizeOf(one) - sizeOf(other));
});
/** Returns the values of the thread at the root. */
const ownOf = (lane: readonly number[], values: readonly (string | null)[], wanted: string): boolean =>
  values.some((value, index) => value === wanted && lane[index] === 0);

/** Moves by the arrow keys to the first item of the lane whose announcement matches. */
async function goTo(page: Page, like: RegExp): Promise<void> {
  await lanes(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await expect(said(page)).not.toBeEmpty();
  for (let step = 0; step < 300; step += 1) {
    const text = (await said(page).textContent()) ?? '';
    if (like.test(text)) return;
    await page.keyboard.press('ArrowRight');
    await expect(said(page)).not.toHaveText(text);
  }
  throw new Error(`No item of the lane is like ${String(like)}.`);
}

/** Returns the middle of the item at the keyboard, in the window. */
async function placeOfCursor(page: Page): Promise<{ x: number; y: number }> {
  const ring = run(page).locator('[data-cursor]');
  await expect(ring).toBeVisible();
  await ring.scrollIntoViewIfNeeded();
  const box = await ring.boundingBox();
  if (!box) throw new Error('The cursor is not in the window.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('threads stand beside their lanes, which fold together', async ({ page, dendro }) => {
  const {
    lanes: { threadId },
  } = await read(dendro, Timeline, `/api/threads/${sampleTree.root}/timeline`);
  await open(page, sampleTree.root);
  await expect(names(page)).toHaveCount(threadId.length);
  const heightOf = async (): Promise<number> => (await lanes(page).boundingBox())?.height ?? 0;
  const all = await heightOf();
  await names(page).first().getByRole('button', { name: 'Collapse' }).click();
  await expect(names(page)).toHaveCount(1);
  expect(await heightOf()).toBeLessThan(all / 2);
  await names(page).first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(names(page)).toHaveCount(threadId.length);
  await page.keyboard.press('End');
  await expect(names(page).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(names(page).last()).toHaveAttribute('aria-selected', 'true');
  await run(page).getByRole('button', { name: 'Collapse all', exact: true }).click();
  await expect(names(page)).toHaveCount(1);
  // The name that had the focus is gone: Tab still reaches the one that is left.
  await expect(names(page).first()).toHaveAttribute('tabindex', '0');
  await run(page).getByRole('button', { name: 'Expand all' }).click();
  await expect(names(page).last()).toHaveAttribute('aria-selected', 'true');
  await names(page).last().getByRole('link').click();
  await expect(page).toHaveURL(`/threads/${threadId.at(-1) ?? ''}`);
});

test('the mouse finds what the keys find, and selecting it shows it in the details and the address', async ({
  page,
}) => {
  const compacted = trees.find(({ compactions }) => ownOf(compactions.lane, compactions.status, 'completed'));
  await open(page, compacted?.lanes.threadId[0] ?? '');
  await goTo(page, /^Compaction, completed/);
  const text = (await said(page).textContent()) ?? '';
  const saved = /[\d,]+ → [\d,]+ tokens, [\d,−]+ saved/.exec(text)?.[0] ?? 'nothing';
  await page.keyboard.press('z');
  const { x, y } = await placeOfCursor(page);
  await page.mouse.move(x, y);
  await expect(tip(page)).toContainText(saved);
  await page.mouse.move(x, y - 400);
  await expect(tip(page)).toHaveCount(0);
  await lanes(page).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]selected=event\./);
  await expect(details(page)).toContainText('Compaction');
  await expect(details(page)).toContainText(saved);
  await expect(names(page).first()).toHaveAttribute('aria-selected', 'true');

  await test.step('a link shows the same', async () => {
    await page.goto(page.url());
    await expect(details(page)).toContainText(saved);
  });
  await test.step('its event is there as it was logged, with what one looks for in it', async () => {
    await expect(details(page).getByText('codex_compaction_event', { exact: true })).toBeVisible();
    await expect(details(page)).toContainText(/codex-0\.169\.0\.jsonl, line [\d,]+/);
    await expect(details(page).getByRole('link', { name: 'Show import' })).toBeVisible();
    await expect(details(page).getByRole('button', { name: /^Copy the event’s JSON/ })).toBeVisible();
    await details(page).getByRole('searchbox').fill('ACTIVE_context');
    await expect(details(page).getByText('1 of 1 event matches')).toBeVisible();
    await expect(details(page).locator('mark')).toHaveText(['active_context', 'active_context']);
    await details(page).getByRole('searchbox').fill('no such thing');
    await expect(details(page).getByText('0 of 1 event match')).toBeVisible();
  });
  await test.step('its turn, and nothing', async () => {
    await details(page).getByRole('button', { name: 'Select turn' }).click();
    await expect(page).toHaveURL(/[?&]selected=turn\./);
    await expect(details(page)).toContainText(/Turn [\da-f]{8}/);
    await expect(details(page).getByRole('group').filter({ hasText: 'codex_' }).first()).toBeVisible();
    await details(page).getByRole('button', { name: 'Clear selection' }).click();
    await expect(details(page)).toHaveCount(0);
    await expect(page).not.toHaveURL(/selected/);
  });
});

test('a blocked hook, a refused review and a spawned thread are told where they lie', async ({ page }) => {
  const blocked = trees.find(({ hookRuns }) => ownOf(hookRuns.lane, hookRuns.status, 'blocked'));
  const denied = trees.find(({ guardianReviews }) =>
    ownOf(guardianReviews.lane, guardianReviews.terminalStatus, 'denied'),
  );
  await open(page, blocked?.lanes.threadId[0] ?? '');
  await goTo(page, /^Hook run, \w+, blocked\..*estimated time/);
  await open(page, denied?.lanes.threadId[0] ?? '');
  await goTo(page, /^Guardian review, denied\. .*risk/);
  await open(page, sampleTree.root);
  await goTo(page, /^Turn [\da-f]/);
  await page.keyboard.press('ArrowDown');
  await expect(said(page)).toContainText(/^(Thread|Turn)/);
});

test('one comes closer by wheel, drag, keys and buttons, to the calls inside of a turn, and back to all of it', async ({
  page,
}) => {
  await open(page, sampleTree.root);
  const closeness = run(page).getByTitle('Zoom level');
  await expect(closeness).toHaveText('1×');
  await goTo(page, /^Turn [\da-f]/);
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
  const { x, y } = await placeOfCursor(page);
  await page.mouse.move(x, y);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -600);
  await page.keyboard.up('Control');
  await expect(closeness).not.toHaveText('1×');
  const ring = run(page).locator('[data-cursor]');
  const zoomed = (await ring.boundingBox())?.x ?? 0;
  // A turn of the wheel that comes while the zoom is still drawn may belong to it.
  await expect(async () => {
    await page.mouse.wheel(-60, 0);
    expect((await ring.boundingBox())?.x).toBeGreaterThan(zoomed + 30);
  }).toPass();
  const panned = (await ring.boundingBox())?.x ?? 0;
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => (await ring.boundingBox())?.x).toBeGreaterThan(panned + 40);
  await expect(page, 'a drag selects nothing').not.toHaveURL(/selected/);
  await lanes(page).focus();
  await page.keyboard.press('0');
  await expect(closeness).toHaveText('1×');
  await run(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect(closeness).toHaveText('1.6×');
  await run(page).getByRole('button', { name: 'Fit', exact: true }).click();
  await expect(closeness).toHaveText('1×');

  await goTo(page, /^Turn [\da-f].*tool call/);
  await page.keyboard.press('z');
  await expect(closeness).not.toHaveText('1×');
  await expect(async () => {
    await page.keyboard.press('ArrowRight');
    await expect(said(page)).toHaveText(/^Tool call, /, { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(details(page)).toContainText('Tool call');
  await expect(
    details(page)
      .getByText(/codex_\w+_event/)
      .first(),
  ).toBeVisible();
  await page.reload();
  await expect(details(page)).toContainText('Tool call');
});

test('times are told by the clock that is chosen', async ({ page }) => {
  await open(page, sampleTree.root);
  await goTo(page, /^Turn [\da-f]/);
  await expect(said(page)).toContainText(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} UTC/);
  await run(page).getByRole('radio', { name: 'Since start' }).click();
  await expect(said(page)).toContainText(/\. \+[\d:.]+ (ms|s|min)/);
  await run(page).getByRole('radio', { name: 'Local time' }).click();
  await expect(said(page)).not.toContainText('UTC');
});

test('the table has the same as the lanes, and selects it', async ({ page, dendro }) => {
  const tree = await read(dendro, Timeline, `/api/threads/${sampleTurn.threadId}/timeline`);
  const rows =
    tree.lanes.createdAtMs.filter((time) => time !== null).length +
    [tree.turns, tree.compactions, tree.guardianReviews, tree.hookRuns, tree.steers].reduce(
      (sum, { lane }) => sum + lane.length,
      0,
    );
  await open(page, sampleTurn.threadId);
  await run(page).getByText('Show as a table').click();
  await expect(run(page).getByText(`of ${rows} rows`)).toBeVisible();
  // The legend names the outcomes that the run has, and no others.
  const outcomes = ['completed', 'failed', 'interrupted'].filter((status) => tree.turns.status.includes(status));
  await expect(
    run(page)
      .getByRole('list', { name: 'Legend' })
      .getByText(/^turn (completed|failed|interrupted)$/),
  ).toHaveText(outcomes.map((status) => `turn ${status}`));
  const table = run(page).getByRole('table', { name: 'Timeline items' });
  await expect(table.getByRole('row')).toHaveCount(Math.min(rows, 100) + 1);
  const row = table.getByRole('row').filter({ hasText: 'Compaction' }).first();
  await row.getByRole('button', { name: /^Select/ }).click();
  await expect(row).toHaveAttribute('aria-current', 'true');
  await expect(details(page)).toContainText('Compaction');
});

test('a fork leads to its source in another tree, and back', async ({ page }) => {
  const tree = trees.find(({ forks }) => forks.relation.includes('source') && forks.lane.every((lane) => lane === 0));
  const at = tree?.forks.relation.indexOf('source') ?? 0;
  const fork = tree?.lanes.threadId[0] ?? '';
  const source = tree?.forks.threadId[at] ?? '';
  await open(page, fork);
  await expect(run(page).getByRole('list', { name: 'Legend' })).toContainText('fork');
  await goTo(page, /^Fork of thread/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`selected=fork\\.${fork}\\.${source}$`));
  await expect(details(page)).toContainText(/Fork events?/);
  const { x, y } = await placeOfCursor(page);
  await page.mouse.move(x, y);
  await expect(tip(page)).toContainText('Fork of thread');
  await page.reload();
  await expect(details(page).getByRole('heading', { level: 3 }).first()).toContainText('Fork of thread');
  await details(page).locator(`a[href="/threads/${source}"]`).first().click();
  await expect(page).toHaveURL(`/threads/${source}`);
  await goTo(page, /^Forked into thread/);
  await page.keyboard.press('Enter');
  await expect(details(page).locator('dt:text-is("Forked into") + dd').getByRole('link').first()).toBeVisible();
});

test('the window on the map is dragged, made wider or narrower by its ends, and drawn anew', async ({ page }) => {
  await open(page, sampleTree.root);
  const map = run(page).locator('canvas').first();
  const closeness = run(page).getByTitle('Zoom level');
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (!box) throw new Error('There is no map.');
  const drag = async (from: number, to: number): Promise<void> => {
    await page.mouse.move(box.x + from * box.width, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + to * box.width, box.y + 20, { steps: 5 });
    await page.mouse.up();
  };
  const times = async (): Promise<number> => Number.parseFloat((await closeness.textContent()) ?? '');
  await drag(0.4, 0.6);
  await expect.poll(times, 'a stretch of the map, a fifth of it, is the new window').toBeCloseTo(5, 1);
  await drag(0.6, 0.8);
  await expect.poll(times, 'its end follows, so that it is two fifths wide').toBeCloseTo(2.5, 1);
  const before = await map.screenshot();
  await drag(0.6, 0.25);
  await expect.poll(async () => (await map.screenshot()).equals(before), 'it moves as a whole').toBe(false);
  await expect.poll(times, 'and stays as wide').toBeCloseTo(2.5, 1);
  await map.dblclick({ position: { x: 5, y: 20 } });
  await expect(closeness).toHaveText('1×');
});

for (const look of looks) {
  test.describe(lookName(look), () => {
    test.use(look);
    test('the run is fit for all, with its details and its table', async ({ page, dendro }) => {
      const { turns } = await read(dendro, Timeline, `/api/threads/${sampleTree.child}/timeline`);
      await open(page, sampleTree.child, `?selected=turn.${sampleTree.child}.${turns.turnId[0] ?? ''}`);
      const shown = look.viewport.width < 768 ? page.getByRole('dialog') : details(page);
      await expect(shown.getByText('codex_turn_event', { exact: true })).toBeVisible();
      await expectFitForAll(page);
      if (look.viewport.width < 768) await shown.getByRole('button', { name: 'Close' }).click();
      await run(page).getByText('Show as a table').click();
      await expectFitForAll(page);
    });
  });
}

test('a thread without times says so, and has its timeline as soon as a log brings one', async ({
  page,
  dendro,
}, testInfo) => {
  const of = { thread_id: 'timed later', turn_id: 'first' };
  const mention = eventLine('codex_thread_initialized', { thread_id: 'child of it', parent_thread_id: of.thread_id });
  await importLog(dendro, await writeLog(testInfo, 'untimed.jsonl', [mention]));
  await page.goto(`/threads/${encodeURIComponent(of.thread_id)}`);
  await expect(run(page)).toContainText('No timeline: the logs have no times for anything here.');
  await openImports(page);
  const timed = eventLine('codex_turn_event', {
    ...of,
    status: 'completed',
    started_at: 1_795_348_973,
    duration_ms: 9000,
  });
  await chooseFiles(page, await writeLog(testInfo, 'timed.jsonl', [timed]));
  await expect(cardOf(page, 'timed.jsonl')).toContainText('Imported');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expect(names(page).first()).toBeVisible();
  const closeness = run(page).getByTitle('Zoom level');
  await expect(closeness).toHaveText('1×');
  await run(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect(closeness).not.toHaveText('1×');
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });
  /** Moves fingers on the screen, all at the same time: each goes from one place to another. */
  async function move(
    page: Page,
    ...fingers: ReadonlyArray<readonly [from: { x: number; y: number }, to: { x: number; y: number }]>
  ): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const at = (share: number) =>
      fingers.map(([from, to], id) => ({
        x: from.x + (to.x - from.x) * share,
        y: from.y + (to.y - from.y) * share,
        id,
      }));
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(0) });
    for (let step = 1; step <= 10; step += 1)
      await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(step / 10) });
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await session.detach();
  }

  test('two fingers zoom the lanes and not the page, one pans them, and up or down the page scrolls on', async ({
    page,
  }) => {
    await open(page, sampleTree.root);
    const closeness = run(page).getByTitle('Zoom level');
    const times = async (): Promise<number> => Number.parseFloat((await closeness.textContent()) ?? '');
    const canvas = lanes(page).locator('canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('The lanes are not in view.');
    const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 150)];
    await move(
      page,
      [
        { x: x - 15, y },
        { x: x - 30, y },
      ],
      [
        { x: x + 15, y },
        { x: x + 30, y },
      ],
    );
    await expect.poll(times).toBeGreaterThan(1.5);
    await move(
      page,
      [
        { x, y: y - 20 },
        { x, y: y - 50 },
      ],
      [
        { x, y: y + 20 },
        { x, y: y + 50 },
      ],
    );
    await expect.poll(times, 'whichever way the fingers lie').toBeGreaterThan(3.5);
    await expect(page, 'it was no tap').not.toHaveURL(/selected/);
    expect(await page.evaluate(() => window.visualViewport?.scale)).toBe(1);
    const close = await times();
    const ruler = run(page).locator('canvas').nth(1);
    const before = await ruler.screenshot();
    await move(page, [
      { x, y },
      { x: x - 60, y },
    ]);
    await expect.poll(async () => (await ruler.screenshot()).equals(before), 'other times are in view').toBe(false);
    expect(await times()).toBe(close);
    await move(
      page,
      [
        { x: x - 60, y },
        { x: x - 20, y },
      ],
      [
        { x: x + 60, y },
        { x: x + 20, y },
      ],
    );
    await expect.poll(times).toBeLessThan(close / 2);
    const down = (): Promise<number> =>
      page.evaluate(
        () => window.scrollY + [...document.querySelectorAll('*')].reduce((sum, { scrollTop }) => sum + scrollTop, 0),
      );
    const top = await down();
    await move(page, [
      { x, y },
      { x, y: y - 120 },
    ]);
    await expect.poll(down).toBeGreaterThan(top + 20);
  });

  test('a tap selects, and the details come in a drawer', async ({ page }) => {
    await open(page, sampleTree.root);
    await goTo(page, /^Turn [\da-f]/);
    const { x, y } = await placeOfCursor(page);
    await page.touchscreen.tap(x, y);
    await expect(page).toHaveURL(/[?&]selected=/);
    await expect(page.getByRole('dialog')).toContainText('Turn');
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page).not.toHaveURL(/selected/);
  });
});
