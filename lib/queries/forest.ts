import type { z } from 'zod';
import { threadPredicate, type Filter } from '../filters.ts';
import type { Reader } from '../store/store.ts';
import { columns } from './columns.ts';
import { ThreadRow } from './shapes.ts';
import { forestOrder, matchesOrAbove, matchesExpression } from './thread-rows.ts';

/** A node of the forest, without figures. */
export const ForestNode = ThreadRow.pick({
  threadId: true,
  parentThreadId: true,
  parentSource: true,
  rootThreadId: true,
  depth: true,
  kind: true,
  seen: true,
  cycle: true,
  matches: true,
}).meta({ id: 'ForestNode' });
export type ForestNode = z.output<typeof ForestNode>;

/**
 * Returns every tree in pre-order, in batches. Under a filter: the threads that match, and their ancestors with
 * `matches` false.
 */
export async function* forest(store: Reader, filter: Filter): AsyncGenerator<ForestNode[]> {
  const matching = threadPredicate(filter, 'thread');
  const node = columns(ForestNode, 'thread', { matches: matchesExpression(matching) });
  const { sql, values } = matchesOrAbove(matching);
  for await (const rows of store.batches(
    `SELECT ${node.sql} FROM threads AS thread WHERE ${sql} ORDER BY ${forestOrder}`,
    values,
  )) {
    yield rows.map((row) => node.read(row));
  }
}
