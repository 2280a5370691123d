import type { Span } from './gaps.ts';

/*
 * Threads, turns, compactions, reviews and steers are logged in whole seconds (`schema.md` §4), which is too coarse for
 * what takes less than one. Two things tell more without guessing: the id of a thread or a turn is a UUIDv7 that was
 * made when it began, and nothing in a turn begins before it.
 */
const second = 1000;
const timeInId = /^[0-9a-f]{8}-[0-9a-f]{4}-7/i;

/** When a thread or a turn began: within the second that its event states, the millisecond that its id holds. */
export function timeWithin(id: string, stated: number): number {
  if (stated % second !== 0 || !timeInId.test(id)) return stated;
  const inId = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return inId >= stated && inId < stated + second ? inId : stated;
}

/** When something in a turn began: within the second that is stated, not before the turn. */
export function startWithin(turn: Span | undefined, stated: number): number {
  return turn && stated % second === 0 && stated < turn.from && turn.from < stated + second ? turn.from : stated;
}

/** When it ended: by its length where that is known, because ends are whole seconds too; null when no log says. */
export function endOf(
  from: number,
  durationMs: number | null | undefined,
  completedAt: number | null | undefined,
): number | null {
  if (durationMs !== null && durationMs !== undefined) return from + Math.max(durationMs, 0);
  return completedAt === null || completedAt === undefined ? null : Math.max(completedAt, from);
}
