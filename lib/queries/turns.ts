import { z } from 'zod';
import { allOf } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { NextCursor, Turn, type Page } from './shapes.ts';

export const ThreadTurns = z.object({ turns: z.array(Turn), nextCursor: NextCursor });
export type ThreadTurns = z.output<typeof ThreadTurns>;

/** Turns of a thread in order of time, unreported ones included: one page, or all of them. Throws `BadCursor`. */
export async function threadTurns(store: Reader, threadId: string, page?: Page): Promise<ThreadTurns> {
  const after = page?.cursor === undefined ? null : decodeCursor(page.cursor, place);
  const { sql, values } = allOf([
    { sql: 'turn.thread_id = $threadId', values: { threadId } },
    after && { sql: `${time} > $afterTime OR (${time} = $afterTime AND turn.turn_id > $afterId)`, values: { afterTime: after[0], afterId: after[1] } },
  ]);
  const rows = await store.rows(`SELECT ${turn.sql}, ${time} AS place_time FROM turns AS turn WHERE ${sql} ORDER BY ${time}, turn.turn_id
    ${page ? `LIMIT ${page.limit + 1}` : ''}`, values);
  const last = page && rows.length > page.limit ? rows[page.limit - 1] : undefined;
  return {
    turns: rows.slice(0, page?.limit).map((row) => turn.read(row)),
    nextCursor: last ? encodeCursor(place.parse([last.place_time, last.turnId])) : null,
  };
}
const place = z.tuple([z.number(), z.string()]);
/** Turns without a time come last. */
const time = `coalesce(turn.time, ${Number.MAX_SAFE_INTEGER})`;
const tokenColumns = { input: 'turn.input_tokens', cachedInput: 'turn.cached_input_tokens', output: 'turn.output_tokens', reasoningOutput: 'turn.reasoning_output_tokens', total: 'turn.total_tokens' } as const;
const anyTokens = `coalesce(${Object.values(tokenColumns).join(', ')}) IS NOT NULL`;
/** What a reported usage leaves out counts as zero, as it does in every sum; only a turn without any usage has none. */
const turn = columns(Turn, 'turn', Object.fromEntries(Object.entries(tokenColumns).map(([name, column]) => [`tokens.${name}`, `CASE WHEN ${anyTokens} THEN coalesce(${column}, 0) END`])));
