import { z } from 'zod';
import { allOf, threadPredicate, type Filter, type Predicate } from '../../filters.ts';
import { jsonList } from '../../store/expressions.ts';
import type { Reader } from '../../store/store.ts';
import { matchesExpression } from '../thread-rows.ts';
import type { OutlineThread } from './arrange.ts';
import { inTreeWith } from './outcomes.ts';
import { guardianLayouts, layouts, treeOutcomes } from './shapes.ts';
import { outlineOrder, outlineSorts } from './sorts.ts';

/** The arrangement of the forest: parameters of the page and of the API besides the filter. */
export const Arrangement = z.strictObject({
  sort: z
    .enum(outlineSorts)
    .default('-createdAt')
    .meta({ description: 'The order of siblings; newest first unless said. `-` is descending.' }),
  layout: z.enum(layouts).default('nested').describe('Threads below their parents, or all in one list.'),
  guardians: z
    .enum(guardianLayouts)
    .default('folded')
    .describe('Guardian threads of one reviewed thread as one node, or each by itself.'),
  trees: z.array(z.enum(treeOutcomes)).optional().describe('Only whole trees in which any of these happened.'),
});
export type Arrangement = z.output<typeof Arrangement>;

export const isGuardian = "coalesce(thread.kind = 'guardian', FALSE)";
/** Returns the condition that a thread, called `thread`, stands in one of these trees. `name` names the bound value. */
export const inTrees = (trees: readonly number[], name = 'trees'): Predicate => ({
  sql: `thread.tree IN (SELECT unnest(CAST($${name} AS INTEGER[])))`,
  values: { [name]: trees },
});

/**
 * Returns all threads that `where` selects, of the chosen trees, in the order of siblings. `where` must select a
 * thread's ancestors with it, or parents stay unknown.
 */
export async function outlineThreads(
  store: Reader,
  filter: Filter,
  { sort, trees = [] }: Arrangement,
  where: Predicate,
): Promise<OutlineThread[]> {
  const matching = threadPredicate(filter, 'thread');
  const { sql, values } = allOf([where, inTreeWith(trees)]);
  const [row] = await store.rows(
    `WITH listed AS MATERIALIZED (
      SELECT thread.thread, thread.thread_id,
        CASE WHEN thread.depth > 0 THEN thread.parent_thread_id END AS parent_thread_id,
        row_number() OVER (ORDER BY ${outlineOrder(sort)}) AS rank,
        CAST(${isGuardian} AS INTEGER) + 2 * CAST(${matchesExpression(matching)} AS INTEGER) AS flags
      FROM threads AS thread WHERE ${sql}
    )
    SELECT ${jsonList('listed.thread', 'listed.rank')} AS threads,
      ${jsonList('coalesce(above.thread, -1)', 'listed.rank')} AS parents,
      ${jsonList('listed.flags', 'listed.rank')} AS flags
    FROM listed LEFT JOIN listed AS above ON above.thread_id = listed.parent_thread_id`,
    { ...matching.values, ...values },
  );
  const { threads, parents, flags } = Columns.parse(row);
  return threads.map((thread, index) => {
    const parent = parents[index] ?? -1;
    const flag = flags[index] ?? 0;
    return { thread, parent: parent < 0 ? null : parent, guardian: flag % 2 === 1, matches: flag >= 2 };
  });
}
const integers = z
  .string()
  .nullable()
  .transform((text) => z.array(z.int()).parse(JSON.parse(text ?? '[]')));
const Columns = z.object({ threads: integers, parents: integers, flags: integers });
