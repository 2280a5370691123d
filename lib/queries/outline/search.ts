import { z } from 'zod';
import { allOf, threadPredicate, type Filter, type Predicate } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { count } from '../fields.ts';
import { arrange } from './arrange.ts';
import { hasOutcome, inTreeWith } from './outcomes.ts';
import { mostFound, type Found } from './shapes.ts';
import { outlineOrder } from './sorts.ts';
import { inTrees, outlineThreads, type Arrangement } from './trees.ts';

/** The texts of a thread that a search looks into. */
const texts = [
  'title',
  'model',
  'agent_nickname',
  'agent_role',
  'agent_path',
  'cwd',
  'git_repository',
  'git_branch',
] as const;
const holds = (column: string): string => `contains(lower(${column}), $search)`;

/**
 * Returns the condition that a thread, called `thread`, is found by a text, whatever its case: its id begins with it,
 * or its title, model, agent, path or an error of its turns or compactions holds it. An id in its short form,
 * `01a20323…70a2`, is found as well.
 */
function foundBy(text: string): Predicate {
  const search = text.trim().toLowerCase();
  const [head = '', tail = ''] = search.split('…');
  const errors = [
    'turns AS failed WHERE '.concat(holds('failed.error')),
    'compactions AS failed WHERE '.concat(holds('failed.error_kind')),
  ];
  const conditions = [
    'starts_with(lower(thread.thread_id), $head) AND ends_with(lower(thread.thread_id), $tail)',
    ...texts.map((column) => holds(`thread.${column}`)),
    ...errors.map((from) => `thread.thread_id IN (SELECT failed.thread_id FROM ${from})`),
  ];
  return {
    sql: conditions.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR '),
    values: { search, head, tail },
  };
}

/**
 * Returns the threads that match the filter, stand in a tree with any of `trees`, and hold `text`; without a text,
 * those that have any of the outcomes `trees` themselves. In the order of display.
 */
export async function found(
  store: Reader,
  filter: Filter,
  { text, ...arrangement }: Arrangement & { readonly text: string },
): Promise<Found> {
  const { sort, layout, guardians, trees = [] } = arrangement;
  const asked = text.trim() === '' ? hasOutcome(trees) : foundBy(text);
  const { sql, values } = allOf([threadPredicate(filter, 'thread'), inTreeWith(trees), asked]);
  const by = layout === 'flat' ? 'found.thread' : 'found.tree';
  const rows = Rows.parse(
    await store.rows(
      `SELECT found.thread, found.tree, count(*) OVER () AS total
    FROM (SELECT thread.thread, thread.tree, thread.place FROM threads AS thread WHERE ${sql}) AS found
      JOIN threads AS thread ON thread.thread = ${by}
    ORDER BY ${outlineOrder(sort)}, found.place LIMIT ${mostFound}`,
      values,
    ),
  );
  const threads = rows.map(({ thread }) => thread);
  const total = rows[0]?.total ?? 0;
  if (layout === 'flat') return { total, threads };
  const wanted = new Set(threads);
  const { nodes } = arrange(
    await outlineThreads(store, filter, arrangement, inTrees([...new Set(rows.map(({ tree }) => tree))])),
    guardians,
  );
  return { total, threads: nodes.filter((node) => wanted.has(node)) };
}
const Rows = z.array(z.object({ thread: z.int(), tree: z.int(), total: count }));
