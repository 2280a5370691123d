import type { Page } from '@playwright/test';
import type { Summary } from '../../lib/queries/summary.ts';
import type { sampleSummary } from './logs.ts';
import { expect } from './test.ts';

type Figures = { readonly [K in keyof typeof sampleSummary]: { readonly [F in keyof (typeof sampleSummary)[K]]: number } };

const minus = '\u2212';
/** As the pages write a whole number. */
export const written = (value: number): string => value.toLocaleString('en').replace('-', minus);

/** Holds the figures of the Overview that the page shows against these. */
export async function expectFigures(page: Page, { threads, turns, tokens, compactions, hooks, guardian, events }: Figures | Summary): Promise<void> {
  const figure = async (title: string, all: number, notes: readonly string[], parts: Readonly<Record<string, number>>): Promise<void> => {
    const shown = page.getByRole('region', { name: 'Summary' }).getByRole('heading', { name: title, exact: true }).locator('..');
    await expect(shown.getByRole('paragraph').first()).toHaveText(written(all));
    for (const note of notes) await expect(shown).toContainText(note);
    for (const [name, value] of Object.entries(parts)) await expect(shown.getByRole('listitem').filter({ hasText: new RegExp(`^${name}`) })).toHaveText(`${name}${written(value)}`);
  };
  await figure('Threads', threads.total, [`${written(threads.roots)} roots`, `${written(threads.mentioned)} only mentioned`], { user: threads.user, subagent: threads.subagent, guardian: threads.guardian, other: threads.other });
  await figure('Turns', turns.total, [`${written(turns.unreported)} more unreported`], { completed: turns.completed, failed: turns.failed, interrupted: turns.interrupted });
  await figure('Tokens', tokens.total, [], { input: tokens.input, output: tokens.output });
  const { completed, failed, interrupted, tokensSaved } = compactions;
  await figure('Compactions', compactions.total, completed === 0 ? [] : [`${written(tokensSaved)} tokens saved`], { completed, failed, interrupted });
  await figure('Hook runs', hooks.total, [], { completed: hooks.completed, failed: hooks.failed, blocked: hooks.blocked, stopped: hooks.stopped });
  await figure('Guardian reviews', guardian.total, [], { approved: guardian.approved, denied: guardian.denied, 'failed closed': guardian.failedClosed, 'timed out': guardian.timedOut, aborted: guardian.aborted });
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(`From ${written(events.total)} event`);
}

/** Waits until the page has all of its figures. */
export async function expectSettled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
}
