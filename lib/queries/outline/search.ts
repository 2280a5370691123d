import { z } from 'zod';
import { allOf, threadPredicate, type Filter, type Predicate } from '../../filters.ts';
import { jsonList } from '../../store/expressions.ts';
import type { Reader } from '../../store/store.ts';
import { editionExpression } from './edition.ts';
import { hasOutcome, inTreeWith } from './outcomes.ts';
import type { Found, TreeOutcome } from './shapes.ts';

/** Texts of a thread that a search looks into. */
const texts = ['title', 'model', 'agent_nickname', 'agent_role', 'agent_path', 'cwd', 'git_repository', 'git_branch'] as const;
const holds = (column: string): string => `contains(lower(${column}), $search)`;

/**
 * The condition that a thread, called `thread`, is found by a text, whatever its case: its id begins with it, or its title, model, agent, path or an error of its
 * turns or compactions holds it. An id as it is shown in short, `01a20323…70a2`, is found as well.
 */
function foundBy(text: string): Predicate {
  const search = text.trim().toLowerCase();
  const [head = '', tail = ''] = search.split('…');
  const errors = ['turns AS failed WHERE '.concat(holds('failed.error')), 'compactions AS failed WHERE '.concat(holds('failed.error_kind'))];
  const conditions = [
    'starts_with(lower(thread.thread_id), $head) AND ends_with(lower(thread.thread_id), $tail)',
    ...texts.map((column) => holds(`thread.${column}`)),
    ...errors.map((from) => `thread.thread_id IN (SELECT failed.thread_id FROM ${from})`),
  ];
  return { sql: conditions.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR '), values: { search, head, tail } };
}

/**
 * The threads that match the filter, stand in a tree with any of `trees`, and hold `text`; without a text, those to which any of `trees` happened. In
 * pre-order.
 */
export async function found(store: Reader, filter: Filter, { text, trees }: { readonly text: string; readonly trees: readonly TreeOutcome[] }): Promise<Found> {
  const asked = text.trim() === '' ? hasOutcome(trees) : foundBy(text);
  const { sql, values } = allOf([threadPredicate(filter, 'thread'), inTreeWith(trees), asked]);
  const [row] = await store.rows(`SELECT ${editionExpression} AS edition, ${jsonList('thread.position', 'thread.position')} AS positions FROM threads AS thread WHERE ${sql}`, values);
  return Row.parse(row);
}
const Row = z.object({ edition: z.string(), positions: z.string().nullable().transform((list) => z.array(z.number()).parse(JSON.parse(list ?? '[]'))) });
