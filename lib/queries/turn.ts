import { z } from 'zod';
import type { Reader } from '../store/store.ts';
import { count, textOrNull } from './fields.ts';
import { turnHappenings, TurnHappenings, type Most } from './happenings.ts';
import { Turn } from './shapes.ts';
import { oneTurn, turnOrder } from './turns.ts';

/** The place of a turn. */
export const TurnPlace = z.object({ threadId: z.string(), turnId: z.string() });

export const TurnDetail = z
  .object({
    turn: Turn,
    number: count.describe('Its position in the thread, from 1.'),
    turns: count.describe('Turns in the thread, including unreported ones.'),
    previousTurnId: textOrNull,
    nextTurnId: textOrNull,
    rootTurn: TurnPlace.nullable().describe('The turn that caused it, if it is another turn and the logs name it.'),
    ...TurnHappenings.shape,
  })
  .meta({ id: 'TurnDetail' });
export type TurnDetail = z.output<typeof TurnDetail>;

/**
 * Returns one turn with its happenings, up to `most` of each kind, and its neighbours in the thread; null when no event
 * names it.
 */
export async function turnDetail(
  store: Reader,
  threadId: string,
  turnId: string,
  most?: Most,
): Promise<TurnDetail | null> {
  const [turn, place, happenings] = await Promise.all([
    oneTurn(store, threadId, turnId),
    placeOf(store, threadId, turnId),
    turnHappenings(store, threadId, turnId, most),
  ]);
  return turn && place && { turn, ...place, rootTurn: await rootTurnOf(store, turn), ...happenings };
}

const Place = TurnDetail.pick({ number: true, turns: true, previousTurnId: true, nextTurnId: true });
/** Returns its place among the turns of its thread, and its neighbours. Linear in the turns of the thread. */
async function placeOf(store: Reader, threadId: string, turnId: string): Promise<z.output<typeof Place> | null> {
  const [row] = await store.rows(
    `SELECT number, turns, previous AS "previousTurnId", next AS "nextTurnId" FROM (
      SELECT turn.turn_id, row_number() OVER in_order AS number, count(*) OVER () AS turns,
        lag(turn.turn_id) OVER in_order AS previous, lead(turn.turn_id) OVER in_order AS next
      FROM turns AS turn WHERE turn.thread_id = $threadId WINDOW in_order AS (ORDER BY ${turnOrder})
    ) AS placed WHERE placed.turn_id = $turnId`,
    { threadId, turnId },
  );
  return row ? Place.parse(row) : null;
}

/** Returns the root turn: of several threads that name a turn of this id, the one of the root thread. */
async function rootTurnOf(store: Reader, { turnId, rootTurnId }: Turn): Promise<z.output<typeof TurnPlace> | null> {
  if (rootTurnId === null || rootTurnId === turnId) return null;
  const [row] = await store.rows(
    `SELECT turn.thread_id AS "threadId", turn.turn_id AS "turnId" FROM turns AS turn
      JOIN threads AS thread USING (thread_id)
    WHERE turn.turn_id = $rootTurnId ORDER BY thread.depth, turn.thread_id LIMIT 1`,
    { rootTurnId },
  );
  return row ? TurnPlace.parse(row) : null;
}
