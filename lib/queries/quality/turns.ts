import { z } from 'zod';
import { allOf, recordPredicate, type Filter } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { columns } from '../columns.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import { count, id, textOrNull, timeOrNull, integerOrNull } from '../fields.ts';
import type { Page } from '../shapes.ts';
import { isJudged, isOdd, oddityCounts, oddityMeasures, oddTurns, readOddities, turnOddities } from './oddities.ts';
import { knownFrom, knownFromColumn } from './known-from.ts';
import { inScope, type Scope } from './scope.ts';

/** The reasons why a turn is not fully known. `unreported`: only other events name it. */
export const turnGaps = ['unreported', 'without_status', 'without_usage'] as const;
const gaps = {
  unreported: 'NOT turn.reported',
  without_status: 'turn.reported AND turn.status IS NULL',
  without_usage: 'turn.reported AND turn.total_tokens IS NULL',
} as const satisfies Record<(typeof turnGaps)[number], string>;

export const TurnQuality = z
  .object({
    total: count.describe('Includes unreported turns.'),
    gaps: z.array(z.object({ gap: z.enum(turnGaps), turns: count })),
    knownFrom: z.array(z.object({ knownFrom: z.enum(knownFrom), turns: count })),
    oddities: oddityCounts(turnOddities),
  })
  .meta({ id: 'TurnQuality' });
export type TurnQuality = z.output<typeof TurnQuality>;

/** Returns the quality of turns. One pass over them. */
export async function turnQuality(store: Reader, scope: Scope): Promise<TurnQuality> {
  const { sql, values } = inScope(scope, 'turn');
  const measures = [
    ...turnGaps.map((gap) => `count(*) FILTER (WHERE ${gaps[gap]}) AS ${gap}`),
    ...knownFrom.map((each) => `count(*) FILTER (WHERE ${knownFromColumn('turn')} = '${each}') AS ${each}`),
  ];
  const [row] = await store.rows(
    `SELECT count(*) AS total, ${measures.join(', ')},
      ${oddityMeasures(oddTurns, turnOddities)} FROM ${oddTurns.from} WHERE ${sql}`,
    values,
  );
  return TurnQuality.parse({
    total: row?.total,
    gaps: turnGaps.map((gap) => ({ gap, turns: row?.[gap] })),
    knownFrom: knownFrom.map((each) => ({ knownFrom: each, turns: row?.[each] })),
    oddities: readOddities(turnOddities, row ? [row] : []),
  });
}

/** The selection of a list of turns, besides the filter. */
export const TurnSelection = z.object({
  gap: z.enum(turnGaps).optional(),
  knownFrom: z.enum(knownFrom).optional(),
  oddity: z.enum(turnOddities).optional(),
  judged: z.enum(turnOddities).optional(),
});
export type TurnSelection = z.output<typeof TurnSelection>;

/** A turn with the data of its oddities. */
const TurnRow = z.object({
  threadId: z.string(),
  turnId: z.string(),
  reported: z.boolean(),
  inAnalytics: z.boolean(),
  inRollouts: z.boolean(),
  status: textOrNull,
  time: timeOrNull,
  threadCreatedAt: timeOrNull,
  startedAt: timeOrNull,
  completedAt: timeOrNull,
  endInferred: z.boolean(),
  durationMs: integerOrNull,
  inputTokens: integerOrNull,
  cachedInputTokens: integerOrNull,
  outputTokens: integerOrNull,
  reasoningOutputTokens: integerOrNull,
  eventId: id.nullable().describe('The event that reported it.'),
});
export type TurnRow = z.output<typeof TurnRow>;
const turnRow = columns(TurnRow, 'turn');
const place = z.tuple([z.string(), z.string()]);

/** Returns turns one by one, by thread and turn id. Throws `BadCursor`. */
export async function selectedTurns(
  store: Reader,
  filter: Filter,
  { limit, cursor, gap, knownFrom: source, oddity, judged }: Page & TurnSelection,
): Promise<{ turns: TurnRow[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : decodeCursor(cursor, place);
  const { sql, values } = allOf([
    recordPredicate(filter, { record: 'turn' }),
    gap === undefined ? null : { sql: gaps[gap], values: {} },
    source === undefined ? null : { sql: `${knownFromColumn('turn')} = $knownFrom`, values: { knownFrom: source } },
    oddity === undefined ? null : isOdd(oddTurns, oddity),
    judged === undefined ? null : isJudged(oddTurns, judged),
    after && {
      sql: 'turn.thread_id > $afterThread OR (turn.thread_id = $afterThread AND turn.turn_id > $afterTurn)',
      values: { afterThread: after[0], afterTurn: after[1] },
    },
  ]);
  const rows = await store.rows(
    `SELECT ${turnRow.sql} FROM ${oddTurns.from} WHERE ${sql} ORDER BY turn.thread_id, turn.turn_id LIMIT ${limit + 1}`,
    values,
  );
  const turns = rows.slice(0, limit).map((row) => turnRow.read(row));
  const last = rows.length > limit ? turns.at(-1) : undefined;
  return { turns, nextCursor: last ? encodeCursor([last.threadId, last.turnId]) : null };
}
