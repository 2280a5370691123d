import type { z } from 'zod';
import { anyOf } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { ThreadRow } from './shapes.ts';

/** The name of a thread for places that only have its id. */
export const ThreadName = ThreadRow.pick({ threadId: true, kind: true, title: true, agentNickname: true });
export type ThreadName = z.output<typeof ThreadName>;
const named = columns(ThreadName, 'thread');

/** Returns the names of these threads, by id; an id without a node has none. */
export async function threadNames(
  store: Reader,
  ids: ReadonlyArray<string | null>,
): Promise<ReadonlyMap<string, ThreadName>> {
  const asked = [...new Set(ids)].filter((id) => id !== null);
  if (asked.length === 0) return new Map();
  const { sql, values } = anyOf('thread.thread_id', 'threadId', asked);
  const rows = await store.rows(`SELECT ${named.sql} FROM threads AS thread WHERE ${sql}`, values);
  return new Map(rows.map((row) => named.read(row)).map((name) => [name.threadId, name]));
}
