import { boundList } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { editionExpression } from './edition.ts';
import { Places } from './shapes.ts';

/** Where these threads stand now; those that no log names are left out. The edition is read last, as with `outlineRows`. */
export async function places(store: Reader, threadIds: readonly string[]): Promise<Places> {
  const listed = boundList('threadId', threadIds);
  const threads = await store.rows(`SELECT thread.thread_id AS "threadId", thread.position FROM threads AS thread WHERE thread.thread_id IN (${listed.sql})`, listed.values);
  const [row] = await store.rows(`SELECT ${editionExpression} AS edition`);
  return Places.parse({ edition: row?.edition, threads });
}
