import { existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type Locator, type Page } from '@playwright/test';
import { idOf, writeExtreme, type Extreme } from '../e2e/support/extremes.ts';
import { importLog } from '../e2e/support/import.ts';
import type { RunningServer } from '../e2e/support/server.ts';
import { ThreadList } from '../lib/queries/threads.ts';
import { findBrowser } from '../scripts/browser.ts';
import { read, startEmpty } from './dendros.ts';
import { cache } from './logs.ts';
import type { Bench } from './row.ts';
import { quantile } from './timing.ts';

/**
 * The time that the browser took for one view of an extreme log. Times are milliseconds; `frames` are the times between
 * pictures while the view moved.
 */
interface BrowserFigures {
  readonly extreme: Extreme;
  readonly view: 'tree' | 'timeline';
  /** From asking for the page to its first row, or to the first picture of the timeline. */
  readonly first: number;
  readonly frames: { readonly p50: number; readonly p95: number };
  /** From a key to the next picture; the median of several. */
  readonly input: number;
  readonly nodes: number;
  /** Of the page's script heap, after a collection. */
  readonly megabytes: number;
}

const threadsPage = '/threads?sort=createdAt';
const runPage = `/threads/${idOf('thread', 0)}`;
const views: readonly { readonly extreme: Extreme; readonly view: BrowserFigures['view']; readonly address: string }[] =
  [
    { extreme: 'wide', view: 'tree', address: threadsPage },
    { extreme: 'chain', view: 'tree', address: threadsPage },
    { extreme: 'grid', view: 'tree', address: threadsPage },
    { extreme: 'mentioned', view: 'tree', address: threadsPage },
    { extreme: 'dense', view: 'timeline', address: runPage },
    { extreme: 'many-turns', view: 'timeline', address: runPage },
    { extreme: 'grid', view: 'timeline', address: runPage },
    { extreme: 'odd-times', view: 'timeline', address: runPage },
  ];

/** Returns the times between pictures while `move` runs, measured by the page itself. */
async function framesWhile(page: Page, move: () => Promise<void>): Promise<readonly number[]> {
  const taken = await page.evaluateHandle(() => {
    const times: number[] = [];
    let last = performance.now();
    const next = (now: number): void => {
      times.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    return times;
  });
  await move();
  return (await taken.jsonValue()).slice(1);
}

async function inputDelay(page: Page, key: string): Promise<number> {
  const taken = await page.evaluateHandle(() => {
    const delays: number[] = [];
    addEventListener(
      'keydown',
      ({ timeStamp }) => requestAnimationFrame(() => setTimeout(() => delays.push(performance.now() - timeStamp))),
      true,
    );
    return delays;
  });
  for (let press = 0; press < 15; press++) {
    await page.keyboard.press(key);
    await page.waitForTimeout(60);
  }
  return quantile(await taken.jsonValue(), 0.5);
}

/** Turns the wheel as fast as pictures come; `over` is the element under the pointer. */
async function wheel(page: Page, over: Locator, across: number, down: number): Promise<void> {
  const box = await over.boundingBox();
  if (!box) throw new Error('There is nothing to scroll.');
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height, 600) / 2);
  for (let turn = 0; turn < 90; turn++) {
    await page.mouse.wheel(across, down);
    await page.waitForTimeout(16);
  }
}

/**
 * Returns the size of the scripts in bytes after gzip: Dendro itself compresses nothing, because most of its readers
 * sit at the same machine.
 */
async function compressedBytes(scripts: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    scripts.map(async (script) => gzipSync(await (await fetch(script)).arrayBuffer()).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export function launchBrowser(): Promise<Browser> {
  const executable = findBrowser();
  return chromium.launch({
    ...(executable === null ? {} : { executablePath: executable }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

async function measured(
  browser: Browser,
  server: RunningServer,
  { extreme, view, address }: (typeof views)[number],
): Promise<BrowserFigures> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const session = await page.context().newCDPSession(page);
  const start = performance.now();
  await page.goto(server.url + address, { waitUntil: 'commit' });
  const place = view === 'tree' ? page.getByRole('treegrid') : page.getByRole('application', { name: 'Timeline' });
  await (view === 'tree' ? place.getByRole('row').nth(1) : place.locator('canvas').first()).waitFor();
  const first = performance.now() - start;
  await page.waitForLoadState('networkidle');
  if (view === 'tree') {
    await place.getByRole('row').nth(1).focus();
    await page.keyboard.press('9');
  } else {
    await place.focus();
    for (let zoom = 0; zoom < 3; zoom++) await page.keyboard.press('+');
  }
  await page.waitForTimeout(500);
  const frames = await framesWhile(page, () =>
    view === 'tree' ? wheel(page, place, 0, 400) : wheel(page, place, 120, 0),
  );
  const input = await inputDelay(page, view === 'tree' ? 'ArrowDown' : 'ArrowRight');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.close();
  return {
    extreme,
    view,
    first,
    frames: { p50: quantile(frames, 0.5), p95: quantile(frames, 0.95) },
    input,
    nodes,
    megabytes: usedSize / 1e6,
  };
}

/** Measures each view of each extreme log in a browser, one after another. Each log has a Dendro of its own. */
export async function viewFigures({ note }: Bench): Promise<void> {
  await mkdir(cache, { recursive: true });
  const milliseconds = (value: number): string => `${value.toFixed(value < 20 ? 1 : 0)} ms`;
  const browser = await launchBrowser();
  try {
    for (const extreme of new Set(views.map((view) => view.extreme))) {
      const log = path.join(cache, `${extreme}.jsonl`);
      if (!existsSync(log)) {
        await writeExtreme(extreme, `${log}.part`);
        await rename(`${log}.part`, log);
      }
      const server = await startEmpty();
      try {
        await importLog(server, log);
        for (const view of views.filter((each) => each.extreme === extreme)) {
          const { first, frames, input, nodes, megabytes } = await measured(browser, server, view);
          note(
            `${view.view} of ${extreme}`,
            `first ${milliseconds(first)}, frames p50 ${milliseconds(frames.p50)} p95 ${milliseconds(frames.p95)}, key ${milliseconds(input)}, ${nodes} nodes, ${megabytes.toFixed(0)} MB`,
          );
        }
      } finally {
        await server.dispose();
      }
    }
  } finally {
    await browser.close();
  }
}

/** Measures the scripts that a page's document names, and those that it then loads to show a chart or a run. */
export async function pageScripts({ note }: Bench): Promise<void> {
  const [browser, server] = await Promise.all([launchBrowser(), startEmpty()]);
  try {
    await importLog(server, path.resolve(import.meta.dirname, '../public/samples/codex-0.169.0.jsonl'));
    const { threads } = await read(server, ThreadList, '/api/threads?sort=-subtreeSize&limit=1');
    const run = `/threads/${threads[0]?.threadId ?? ''}`;
    for (const target of [
      '/',
      '/threads',
      run,
      '/compactions',
      '/hooks',
      '/guardian',
      '/quality',
      '/imports',
      '/events',
    ]) {
      const page = await (await browser.newContext()).newPage();
      const document = (await (await page.goto(server.url + target, { waitUntil: 'networkidle' }))?.text()) ?? '';
      const loaded = await page.evaluate(() =>
        [...new Set(performance.getEntriesByType('resource').map(({ name }) => name))].filter((name) =>
          new URL(name).pathname.endsWith('.js'),
        ),
      );
      const named = loaded.filter((script) => document.includes(new URL(script).pathname));
      note(
        target.replace(run, 'a thread'),
        `${((await compressedBytes(named)) / 1000).toFixed(0)} kB, ${((await compressedBytes(loaded)) / 1000).toFixed(0)} kB with what is loaded when needed`,
      );
      await page.context().close();
    }
  } finally {
    await browser.close();
    await server.dispose();
  }
}
