import type { Span } from './gaps.ts';

/*
 * Threads, turns, compactions, reviews and steers are logged in whole seconds (`schema.md` §4), which is too coarse for
 * shorter ones. Two facts are more exact without guessing: the id of a thread or a turn is a UUIDv7 made at its
 * beginning, and nothing in a turn begins before the turn.
 */
const second = 1000;
const timeInId = /^[0-9a-f]{8}-[0-9a-f]{4}-7/i;

/** Returns the start of a thread or a turn: within the second that its event states, the millisecond in its id. */
export function timeWithin(id: string, stated: number): number {
  if (stated % second !== 0 || !timeInId.test(id)) return stated;
  const inId = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
  return inId >= stated && inId < stated + second ? inId : stated;
}

/** Returns the start of something in a turn: within the stated second, but not before the turn. */
export function startWithin(turn: Span | undefined, stated: number): number {
  return turn && stated % second === 0 && stated < turn.from && turn.from < stated + second ? turn.from : stated;
}

/**
 * Returns the end: start plus length where the length is known, because ends are whole seconds too; null when no log
 * says.
 */
export function endOf(
  from: number,
  durationMs: number | null | undefined,
  completedAt: number | null | undefined,
): number | null {
  if (durationMs !== null && durationMs !== undefined) return from + Math.max(durationMs, 0);
  return completedAt === null || completedAt === undefined ? null : Math.max(completedAt, from);
}
