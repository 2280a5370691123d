import { z } from 'zod';
import { threadPredicate, type Filter } from '../../filters.ts';
import { jsonList } from '../../store/expressions.ts';
import type { Reader } from '../../store/store.ts';
import { matchesExpression } from '../thread-rows.ts';
import { arrange, nodeExpression } from './arrange.ts';
import { editionExpression } from './edition.ts';
import { inTreeWith } from './outcomes.ts';
import { guardianLayouts, layouts, treeOutcomes, type OutlineAnswer } from './shapes.ts';
import { outlineOrder, outlineSorts } from './sorts.ts';

/** How the forest is shown: parameters of the page and of the API beside the filter. */
export const Arrangement = z.strictObject({
  sort: z.enum(outlineSorts).default('-createdAt').meta({ description: 'The order of siblings; newest first unless said. `-` is descending.' }),
  layout: z.enum(layouts).default('nested').describe('Threads below their parents, or all in one list.'),
  guardians: z.enum(guardianLayouts).default('folded').describe('Guardian threads of one reviewed thread as one node, or each by itself.'),
  trees: z.array(z.enum(treeOutcomes)).optional().describe('Whole trees in which any of these happened.'),
});
export type Arrangement = z.output<typeof Arrangement>;

/**
 * Every node that is shown, without its figures: small enough to be read whole, so that folding and scrolling need no further call. Under a filter, what
 * matches and its ancestors; in the flat layout, what matches. One pass over the threads and one ordering of them.
 */
export async function outline(store: Reader, filter: Filter, { sort, layout, guardians, trees = [] }: Arrangement): Promise<OutlineAnswer> {
  const matching = threadPredicate(filter, 'thread');
  const node = nodeExpression('thread.depth', {
    guardian: "thread.kind = 'guardian'", matches: matchesExpression(matching), chosen: matchesExpression(inTreeWith(trees)),
  });
  const [row] = await store.rows(`SELECT ${editionExpression} AS edition, ${jsonList(node, 'thread.position')} AS nodes, ${jsonList('thread.position', outlineOrder(sort))} AS placed
    FROM threads AS thread`, matching.values);
  const { edition, nodes, placed } = Row.parse(row);
  return { edition, ...arrange({ nodes, order: placed }, { layout, guardians }) };
}
const integers = z.string().nullable().transform((text) => Integers.parse(JSON.parse(text ?? '[]')));
const Integers = z.array(z.number());
const Row = z.object({ edition: z.string(), nodes: integers, placed: integers });
