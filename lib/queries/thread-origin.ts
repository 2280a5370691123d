import { z } from 'zod';
import type { Reader } from '../store/store.ts';
import { toolCallColumns } from './happenings.ts';
import { ToolCall, Turn, type ThreadRow } from './shapes.ts';
import { firstTurn } from './turns.ts';

/** The origin of a thread, besides its parent. */
export const ThreadOrigin = z.object({
  spawn: ToolCall.nullable().describe('The call of the parent that started it.'),
  firstTurn: Turn.pick({ turnId: true, turnTrigger: true, rootTurnId: true }).nullable(),
});
export type ThreadOrigin = z.output<typeof ThreadOrigin>;

/** Returns the call that spawned a thread, as far as the logs tell, and the trigger that its first turn states. */
export async function threadOrigin(
  store: Reader,
  { threadId, parentThreadId }: Pick<ThreadRow, 'threadId' | 'parentThreadId'>,
): Promise<ThreadOrigin> {
  const [spawn, first] = await Promise.all([
    parentThreadId === null ? null : spawnOf(store, threadId, parentThreadId),
    firstTurn(store, threadId),
  ]);
  return { spawn, firstTurn: first };
}

async function spawnOf(store: Reader, threadId: string, parentThreadId: string): Promise<ToolCall | null> {
  const [row] = await store.rows(
    `SELECT ${toolCallColumns.sql} FROM placed_tool_calls AS record
    WHERE record.thread_id = $parentThreadId AND record.tool_name = 'spawn_agent'
      AND position($threadId IN record.detail) > 0 ORDER BY record.time, record.event_id LIMIT 1`,
    { threadId, parentThreadId },
  );
  return row ? toolCallColumns.read(row) : null;
}
