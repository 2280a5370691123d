import { z } from 'zod';
import type { Reader } from '../store/store.ts';
import { columns, snake } from './columns.ts';
import { count, integer } from './fields.ts';
import { GuardianCounts, HookCounts, TokenUsage } from './shapes.ts';

/** All figures of a thread that add up along its tree. */
export const ThreadTotals = z
  .object({
    threads: count,
    turns: count,
    turnsCompleted: count,
    turnsFailed: count,
    turnsInterrupted: count,
    turnsUnreported: count,
    tokens: TokenUsage.describe('Excluding guardian threads below.'),
    guardianTokens: integer.describe('Of guardian threads.'),
    compactions: count,
    compactionsCompleted: count,
    tokensSaved: integer,
    storms: count,
    hooks: HookCounts,
    guardian: GuardianCounts,
  })
  .meta({ id: 'ThreadTotals' });
export type ThreadTotals = z.output<typeof ThreadTotals>;

const totals = (prefix: string, threads: string) =>
  columns(ThreadTotals, 'thread', {
    threads,
    ...Object.fromEntries(
      Object.keys(ThreadTotals.omit({ threads: true, tokens: true, hooks: true, guardian: true }).shape).map((name) => [
        name,
        `thread.${prefix}${snake(name)}`,
      ]),
    ),
    ...Object.fromEntries(
      Object.keys(TokenUsage.shape).map((name) => [`tokens.${name}`, `thread.${prefix}${snake(name)}_tokens`]),
    ),
    ...Object.fromEntries(
      Object.keys(HookCounts.shape).map((name) => [`hooks.${name}`, `thread.${prefix}hooks_${snake(name)}`]),
    ),
    ...Object.fromEntries(
      Object.keys(GuardianCounts.shape).map((name) => [`guardian.${name}`, `thread.${prefix}guardian_${snake(name)}`]),
    ),
  });
const own = totals('', '1');
const subtree = totals('subtree_', 'thread.subtree_end - thread.place + 1');

/** Returns the figures of a thread alone, and with all threads below it; null when there is no such thread. */
export async function threadTotals(
  store: Reader,
  threadId: string,
): Promise<{ readonly own: ThreadTotals; readonly subtree: ThreadTotals } | null> {
  const read = async ({ sql }: typeof own) =>
    (await store.rows(`SELECT ${sql} FROM threads AS thread WHERE thread.thread_id = $threadId`, { threadId }))[0];
  const [alone, all] = await Promise.all([read(own), read(subtree)]);
  return alone && all ? { own: own.read(alone), subtree: subtree.read(all) } : null;
}
