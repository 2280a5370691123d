import { z } from 'zod';
import type { Reader } from '../store/store.ts';
import { columns, snake } from './columns.ts';
import { count } from './fields.ts';
import { CriticalPath } from './shapes.ts';

const Summed = z.object({ turns: count, path: CriticalPath.nullable() });
const lengths = Object.keys(CriticalPath.omit({ status: true }).shape);
const summed = columns(Summed, 'critical', {
  turns: 'count(*)',
  // The sum has only the values that all turns share.
  'path.status': 'CASE WHEN min(critical.status) = max(critical.status) THEN min(critical.status) END',
  ...Object.fromEntries(lengths.map((name) => [`path.${name}`, `sum(critical.${snake(name)})`])),
});

/** Returns the sum of the critical paths of a thread's turns, with the number of turns that have one. */
export async function threadCriticalPath(store: Reader, threadId: string): Promise<z.output<typeof Summed>> {
  const [row] = await store.rows(
    `SELECT ${summed.sql} FROM critical_paths AS critical WHERE critical.thread_id = $threadId`,
    { threadId },
  );
  return summed.read(row ?? {});
}
