import { z } from 'zod';
import { allOf, threadPredicate, type Filter, type Predicate } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { count } from '../fields.ts';
import { matchesOrAbove, rootsOfMatches, matchesExpression } from '../thread-rows.ts';
import { arrange, groupOf } from './arrange.ts';
import { inTreeWith } from './outcomes.ts';
import { mostInPage, mostInTree, sliceSize, type OutlinePage, type Slice } from './shapes.ts';
import { outlineOrder } from './sorts.ts';
import { inTrees, isGuardian, outlineThreads, type Arrangement } from './trees.ts';

/** The requested part of the nodes at the top. */
export const PageOfRoots = z.strictObject({
  offset: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      'How many nodes at the top come before the page: `from` of the page before and the number of its `slices`, together.',
    ),
  limit: z.coerce.number().int().min(1).max(500).default(200).describe('How many top-level nodes to return.'),
  around: z.coerce
    .number()
    .int()
    .optional()
    .describe('A node that the page must contain, instead of `offset`; its tree is returned at least down to it.'),
});
export type PageOfRoots = z.output<typeof PageOfRoots>;
/** The requested part of one tree. */
export const PartOfTree = z.strictObject({
  root: z.coerce.number().int().describe('The node at the top.'),
  offset: z.coerce.number().int().min(0).default(0).describe('How many nodes of its tree to skip.'),
});

interface Asked extends Arrangement {
  readonly filter: Filter;
}
const flat = ({ layout }: Arrangement): boolean => layout === 'flat';
const isGroup = ({ guardians }: Arrangement, { guardian }: { readonly guardian: boolean }): boolean =>
  guardians === 'folded' && guardian;

/** Returns the condition on all threads that are shown. */
function shown(asked: Asked): Predicate {
  const matching = threadPredicate(asked.filter, 'thread');
  return allOf([flat(asked) ? matching : matchesOrAbove(matching), inTreeWith(asked.trees ?? [])]);
}

/** Returns the condition on all threads at the top. */
function atTop(asked: Asked): Predicate {
  const matching = threadPredicate(asked.filter, 'thread');
  return allOf([
    ...(flat(asked) ? [matching] : [{ sql: 'thread.depth = 0', values: {} }, rootsOfMatches(matching)]),
    inTreeWith(asked.trees ?? []),
  ]);
}

/**
 * Returns the condition on threads that stand for the nodes at the top: for guardians that are folded into one node,
 * its first member.
 */
function leading(asked: Asked): Predicate {
  const { sql, values } = atTop(asked);
  if (asked.guardians === 'shown') return { sql, values };
  return {
    sql: `${sql} AND (NOT ${isGuardian} OR thread.thread IN (SELECT lead.thread FROM (
      SELECT thread.thread, row_number() OVER (PARTITION BY ${reviewedId} ORDER BY ${outlineOrder(asked.sort)}) AS place
        FROM threads AS thread WHERE ${sql} AND ${isGuardian}) AS lead WHERE lead.place = 1))`,
    values,
  };
}
/** The id of the thread that a guardian reviewed; null at a root. */
const reviewedId = 'CASE WHEN thread.depth > 0 THEN thread.parent_thread_id END';

/**
 * Returns one page of the outline: nodes at the top, each with its tree as far as it fits into the page (`mostInTree`,
 * `mostInPage`), and the total numbers. Under a filter it has the threads that match and their ancestors; in the flat
 * layout, only those that match. Trees outside the page are not sorted, and are read only as far as sums need.
 */
export async function outline(
  store: Reader,
  filter: Filter,
  arrangement: Arrangement,
  { offset, limit, around }: PageOfRoots,
): Promise<OutlinePage> {
  const asked = { ...arrangement, filter };
  const listed = shown(asked);
  const top = atTop(asked);
  const group = asked.guardians === 'folded' ? isGuardian : 'FALSE';
  const [sums] = await store.rows(
    `SELECT count(*) AS threads, count(DISTINCT thread.tree) AS trees,
      ${flat(asked) ? '0' : 'coalesce(max(thread.depth), 0)'} AS deepest FROM threads AS thread WHERE ${listed.sql}`,
    listed.values,
  );
  const [tops] = await store.rows(
    `SELECT count(CASE WHEN NOT ${group} THEN 1 END) + count(DISTINCT CASE
      WHEN ${group} THEN coalesce(${reviewedId}, '') END) AS roots FROM threads AS thread WHERE ${top.sql}`,
    top.values,
  );
  const sizes = Sizes.parse({ ...sums, ...tops });
  const place = around === undefined ? null : await placeOf(store, asked, around);
  const begin =
    place === null
      ? Math.min(offset, sizes.roots)
      : Math.max(0, Math.min(place - Math.floor(limit / 2), sizes.roots - limit));
  const matches = matchesExpression(threadPredicate(filter, 'thread'));
  const leads = leading(asked);
  const rows = Roots.parse(
    await store.rows(
      `SELECT thread.thread, thread.tree, ${isGuardian} AS guardian, ${matches} AS matches,
        thread.subtree_end + 1 AS size, ${reviewedId} AS reviewed
    FROM threads AS thread
      WHERE ${leads.sql} ORDER BY ${outlineOrder(arrangement.sort)} LIMIT ${limit} OFFSET ${begin}`,
      { ...threadPredicate(filter, 'thread').values, ...leads.values },
    ),
  );
  const slices = await slicesOf(store, asked, rows);
  if (place !== null && around !== undefined) {
    const slice = slices[place - begin];
    const root = slice?.nodes[0];
    // Continues down to the node and a slice beyond.
    if (slice !== undefined && root !== undefined && !slice.nodes.includes(around))
      slices[place - begin] = part(
        await wholeTree(store, asked, root),
        0,
        (nodes) => nodes.indexOf(around) + sliceSize,
      );
  }
  return { ...sizes, from: begin, slices };
}
const Sizes = z.object({ threads: count, trees: count, deepest: count, roots: count });
const Roots = z.array(
  z.object({
    thread: z.int(),
    tree: z.int(),
    guardian: z.boolean(),
    matches: z.boolean(),
    size: z.int(),
    reviewed: z.string().nullable(),
  }),
);

/** Returns a further part of one tree of the outline, `sliceSize` nodes of it. */
export async function outlineTree(
  store: Reader,
  filter: Filter,
  arrangement: Arrangement,
  { root, offset }: z.output<typeof PartOfTree>,
): Promise<Slice> {
  return part(await wholeTree(store, { ...arrangement, filter }, root), offset, () => offset + sliceSize);
}

type Whole = ReturnType<typeof arrange>;
function part({ nodes, depths, unmatched }: Whole, from: number, end: (nodes: readonly number[]) => number): Slice {
  const to = Math.max(from, end(nodes));
  const given = nodes.slice(from, to);
  return {
    nodes: given,
    depths: depths.slice(from, to),
    unmatched: given.filter((node) => unmatched.has(node)),
    more: nodes.slice(to).filter((node) => node >= 0).length,
  };
}

/** Returns all nodes at or below a node at the top. */
async function wholeTree(store: Reader, asked: Asked, root: number): Promise<Whole> {
  if (!flat(asked)) {
    const where = root === -1 ? { sql: ofRootGuardians, values: {} } : inTrees([root]);
    return arrange(await outlineThreads(store, asked.filter, asked, where), asked.guardians);
  }
  const reviewed = {
    sql: `thread.kind = 'guardian' AND ${reviewedId} IS NOT DISTINCT
      FROM (SELECT reviewed.thread_id FROM threads AS reviewed WHERE reviewed.thread = $reviewed)`,
    values: { reviewed: -2 - root },
  };
  const one = { sql: 'thread.thread = $one', values: { one: root } };
  const threads = (await outlineThreads(store, asked.filter, asked, root < 0 ? reviewed : one))
    .filter(({ matches }) => matches)
    .map(({ thread }) => thread);
  return root < 0
    ? { nodes: [root, ...threads], depths: [0, ...threads.map(() => 1)], unmatched: new Set() }
    : { nodes: threads, depths: threads.map(() => 0), unmatched: new Set() };
}

/** Returns the trees of these threads at the top, only those that fit whole. */
async function slicesOf(store: Reader, asked: Asked, roots: z.output<typeof Roots>): Promise<Slice[]> {
  let room = mostInPage;
  const fitting = flat(asked)
    ? []
    : roots
        .filter((root) => {
          const fits = !isGroup(asked, root) && root.size > 1 && root.size <= Math.min(mostInTree, room);
          if (fits) room -= root.size;
          return fits;
        })
        .map(({ tree }) => tree);
  const trees = treesOf(
    fitting.length === 0
      ? null
      : arrange(await outlineThreads(store, asked.filter, asked, inTrees(fitting)), asked.guardians),
  );
  const more = await countsBelow(
    store,
    asked,
    roots.filter((root) => isGroup(asked, root) || (!flat(asked) && root.size > 1 && !trees.has(root.thread))),
  );
  const reviewed = await numbersOf(
    store,
    roots.flatMap((root) => (isGroup(asked, root) && root.reviewed !== null ? [root.reviewed] : [])),
  );
  return roots.map((root) => {
    const tree = trees.get(root.thread);
    if (tree !== undefined) return tree;
    const group = isGroup(asked, root);
    const node = group ? groupOf(root.reviewed === null ? null : (reviewed.get(root.reviewed) ?? null)) : root.thread;
    return {
      nodes: [node],
      depths: [0],
      unmatched: root.matches || group ? [] : [node],
      more: more.get(root.thread) ?? 0,
    };
  });
}

/** Returns each tree of an arrangement by its root. */
function treesOf(arranged: Whole | null): Map<number, Slice> {
  const trees = new Map<number, Slice>();
  let begin = 0;
  arranged?.nodes.forEach((_, index) => {
    if (index < arranged.nodes.length - 1 && arranged.depths[index + 1] !== 0) return;
    const at = arranged.nodes[begin];
    const nodes = arranged.nodes.slice(begin, index + 1);
    if (at !== undefined)
      trees.set(at, {
        nodes,
        depths: arranged.depths.slice(begin, index + 1),
        unmatched: nodes.filter((node) => arranged.unmatched.has(node)),
        more: 0,
      });
    begin = index + 1;
  });
  return trees;
}

type Root = z.output<typeof Roots>[number];
const ofRootGuardians = `thread.tree IN (SELECT thread.thread FROM threads AS thread
  WHERE thread.depth = 0 AND ${isGuardian})`;

/** Returns the number of threads that are shown below these nodes, by the threads that stand for them. */
async function countsBelow(store: Reader, asked: Asked, roots: readonly Root[]): Promise<ReadonlyMap<number, number>> {
  const countsBy = async (key: string, where: Predicate): Promise<Counts> => {
    const { sql, values } = allOf([shown(asked), where]);
    const rows = await store.rows(
      `SELECT ${key} AS key, count(*) AS threads FROM threads AS thread WHERE ${sql} GROUP BY ${key}`,
      values,
    );
    return new Map<unknown, number>(rows.map((row) => [row.key, count.parse(row.threads)]));
  };
  const groups = roots.filter((root) => isGroup(asked, root));
  const trees = roots.filter((root) => !isGroup(asked, root));
  const ofGroups =
    groups.length === 0
      ? none
      : flat(asked)
        ? await countsBy(reviewedId, {
            sql: `${isGuardian} AND coalesce(${reviewedId}, '') IN (SELECT unnest(CAST($reviewed AS VARCHAR[])))`,
            values: { reviewed: groups.map(({ reviewed }) => reviewed ?? '') },
          })
        : await countsBy('NULL', { sql: ofRootGuardians, values: {} });
  const ofTrees = trees.length === 0 ? none : await countsBy('thread.tree', inTrees(trees.map(({ tree }) => tree)));
  return new Map([
    ...groups.map(({ thread, reviewed }) => [thread, ofGroups.get(reviewed) ?? 0] as const),
    ...trees.map(({ thread, tree }) => [thread, (ofTrees.get(tree) ?? 1) - 1] as const),
  ]);
}
/** By tree or by reviewed thread. */
type Counts = ReadonlyMap<unknown, number>;
const none: Counts = new Map<unknown, number>();

/** Returns the numbers of these threads. */
async function numbersOf(store: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await store.rows(
    `SELECT thread.thread, thread.thread_id FROM threads AS thread
      WHERE thread.thread_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))`,
    { ids },
  );
  return new Map(
    z
      .array(z.object({ thread: z.int(), thread_id: z.string() }))
      .parse(rows)
      .map(({ thread, thread_id }) => [thread_id, thread]),
  );
}

/** Returns the number of top nodes before the one that this node is or stands below; null when it is not shown. */
async function placeOf(store: Reader, asked: Asked, node: number): Promise<number | null> {
  const [row] = await store.rows(
    `SELECT thread.thread, thread.thread_id, thread.tree, ${isGuardian} AS guardian, ${reviewedId} AS reviewed,
      coalesce(root.kind = 'guardian', FALSE) AS "belowGuardian"
    FROM threads AS thread JOIN threads AS root ON root.thread = thread.tree WHERE thread.thread = $node`,
    { node: node < -1 ? -2 - node : node },
  );
  if (row === undefined && node !== -1) return null;
  const entry = topOf(asked, node, row === undefined ? null : At.parse(row));
  const leads = leading(asked);
  const [found] = await store.rows(
    `SELECT entry.place FROM (SELECT thread.thread, ${isGuardian} AS guardian, ${reviewedId} AS reviewed,
      row_number() OVER (ORDER BY ${outlineOrder(asked.sort)}) - 1 AS place
    FROM threads AS thread WHERE ${leads.sql}) AS entry WHERE ${entry.sql}`,
    { ...leads.values, ...entry.values },
  );
  return found === undefined ? null : count.parse(found.place);
}
const At = z.object({
  thread: z.int(),
  thread_id: z.string(),
  tree: z.int(),
  guardian: z.boolean(),
  reviewed: z.string().nullable(),
  belowGuardian: z.boolean(),
});

/**
 * Returns the condition on the `entry` at the top that a node is or stands below; `at` is its thread, or the one that
 * its guardians reviewed.
 */
function topOf(asked: Asked, node: number, at: z.output<typeof At> | null): Predicate {
  const group = (reviewed: string | null): Predicate =>
    reviewed === null
      ? { sql: 'entry.guardian AND entry.reviewed IS NULL', values: {} }
      : { sql: 'entry.guardian AND entry.reviewed = $reviewed', values: { reviewed } };
  const thread = (wanted: number): Predicate => ({ sql: 'entry.thread = $wanted', values: { wanted } });
  if (at === null) return group(null);
  if (!flat(asked)) return asked.guardians === 'folded' && at.belowGuardian ? group(null) : thread(at.tree);
  if (node < 0) return group(at.thread_id);
  return isGroup(asked, at) ? group(at.reviewed) : thread(at.thread);
}
