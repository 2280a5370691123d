import type { Page } from '@playwright/test';
import type { Summary } from '../../lib/queries/summary.ts';
import type { sampleSummary } from './logs.ts';
import { expect } from './test.ts';

type Figures = {
  readonly [K in keyof typeof sampleSummary]: { readonly [F in keyof (typeof sampleSummary)[K]]: number };
};

const minus = '\u2212';
/** Returns a whole number as the pages write it. */
export const written = (value: number): string => value.toLocaleString('en').replace('-', minus);

/** A figure of the Overview: its number, what stands below it, and its parts as `name` and count in one text. */
interface ShownFigure {
  readonly value: string | undefined;
  readonly text: string;
  readonly parts: readonly string[];
}

/**
 * Reads all figures of the Overview at one moment, by their titles. It reads the page once: asking for each number by
 * its role takes seconds.
 */
const shownFigures = (page: Page): Promise<Readonly<Record<string, ShownFigure>>> =>
  page.getByRole('region', { name: 'Summary' }).evaluate((summary) =>
    Object.fromEntries(
      [...summary.querySelectorAll('h3')].map((title) => {
        const figure = title.parentElement;
        return [
          title.textContent,
          {
            value: figure?.querySelector('p')?.textContent,
            text: figure?.textContent ?? '',
            parts: [...(figure?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent),
          },
        ];
      }),
    ),
  );

/** Checks that the page shows these figures of the Overview. */
export async function expectFigures(
  page: Page,
  { threads, turns, tokens, compactions, hooks, guardian, events }: Figures | Summary,
): Promise<void> {
  const { completed, failed, interrupted, tokensSaved } = compactions;
  const expected: Readonly<
    Record<string, readonly [all: number, notes: readonly string[], parts: Readonly<Record<string, number>>]>
  > = {
    Threads: [
      threads.total,
      [`${written(threads.roots)} roots`, `${written(threads.mentioned)} only mentioned`],
      { user: threads.user, subagent: threads.subagent, guardian: threads.guardian, other: threads.other },
    ],
    Turns: [
      turns.total,
      [`${written(turns.unreported)} more unreported`],
      { completed: turns.completed, failed: turns.failed, interrupted: turns.interrupted },
    ],
    Tokens: [tokens.total, [], { input: tokens.input, output: tokens.output }],
    Compactions: [
      compactions.total,
      completed === 0 ? [] : [`${written(tokensSaved)} tokens saved`],
      { completed, failed, interrupted },
    ],
    'Hook runs': [
      hooks.total,
      [],
      { completed: hooks.completed, failed: hooks.failed, blocked: hooks.blocked, stopped: hooks.stopped },
    ],
    'Guardian reviews': [
      guardian.total,
      [],
      {
        approved: guardian.approved,
        denied: guardian.denied,
        'failed closed': guardian.failedClosed,
        'timed out': guardian.timedOut,
        aborted: guardian.aborted,
      },
    ],
  };
  await expect(async () => {
    const shown = await shownFigures(page);
    for (const [title, [all, notes, parts]] of Object.entries(expected)) {
      const { value, text = '', parts: shownParts } = shown[title] ?? {};
      expect(value, title).toBe(written(all));
      for (const note of notes) expect(text, title).toContain(note);
      expect(shownParts, title).toEqual(
        expect.arrayContaining(Object.entries(parts).map(([name, count]) => `${name}${written(count)}`)),
      );
    }
  }).toPass();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(`From ${written(events.total)} event`);
}

/** Waits until the page has all of its figures. */
export async function expectSettled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
}
