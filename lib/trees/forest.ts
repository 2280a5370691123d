import { z } from 'zod';
import { timeOfId } from '../events/moments.ts';
import { buildForest, evidenceSources, type ForestNode } from '../forest/forest.ts';
import type { Transaction } from '../store/store.ts';
import type { placeColumns } from '../store/derived-tables.ts';

const Evidence = z.array(
  z.object({
    thread: z.number(),
    parent: z.number().nullable(),
    threadId: z.string(),
    source: z.enum(evidenceSources),
    parentThreadId: z.string().nullable(),
    threadSource: z.string().nullable(),
    subagentSource: z.string().nullable(),
    createdAt: z.number().nullable(),
  }),
);

/**
 * The evidence about the threads of the batch, and that which names them as parents. Many rows in one JSON text:
 * reading them one by one from the engine takes three times as long.
 */
const evidence = `
  SELECT to_json(list({'thread': thread, 'parent': parent, 'threadId': thread_id, 'source': source,
    'parentThreadId': parent_thread_id, 'threadSource': thread_source, 'subagentSource': subagent_source,
    'createdAt': created_at})) AS evidence
  FROM (
    SELECT thread, parent, thread_id, source, parent_thread_id, thread_source, subagent_source,
      min(created_at) AS created_at
    FROM batch_evidence
    GROUP BY thread, parent, thread_id, source, parent_thread_id, thread_source, subagent_source
  )`;

/** Returns the columns of `threads` that place it in its tree, for whole trees in pre-order. */
export function placesOf(
  nodes: readonly ForestNode[],
): Readonly<Record<keyof typeof placeColumns, readonly unknown[]>> {
  const above: ForestNode[] = [];
  const placed = nodes.map((node) => {
    above.length = node.depth;
    const [root = node] = above;
    const parent = above.at(-1);
    above.push(node);
    return { node, root, parent };
  });
  const column = (
    value: (placed: {
      readonly node: ForestNode;
      readonly root: ForestNode;
      readonly parent: ForestNode | undefined;
    }) => unknown,
  ): readonly unknown[] => placed.map(value);
  return {
    thread_id: column(({ node }) => node.threadId),
    parent_thread_id: column(({ node }) => node.parentThreadId),
    parent_source: column(({ node }) => node.parentSource),
    root_thread_id: column(({ root }) => root.threadId),
    root_created_at: column(({ root }) => root.createdAt),
    place: column(({ node, root }) => node.position - root.position),
    subtree_end: column(({ node, root }) => node.subtreeEnd - root.position),
    depth: column(({ node }) => node.depth),
    height: column(({ node }) => node.height),
    children: column(({ node }) => node.children),
    kind: column(({ node }) => node.kind),
    seen: column(({ node }) => node.seen),
    cycle: column(({ node }) => node.cycle),
    created_at: column(({ node }) => node.createdAt),
    created_at_inferred: column(({ node }) => node.createdAtInferred),
    id_time: column(({ node }) => timeOfId(node.threadId)),
    parent_created_at: column(({ parent }) => parent?.createdAt ?? null),
  };
}

/**
 * Returns the trees of the threads of the batch, given by their numbers, in pre-order, one after another; fills
 * `batch_nodes` with their creation times.
 */
export async function placeBatch(
  transaction: Transaction,
  threads: ReadonlyMap<number, string>,
): Promise<readonly ForestNode[]> {
  const [found] = await transaction.rows(evidence);
  const all = Evidence.parse(JSON.parse(z.string().nullable().parse(found?.evidence) ?? '[]'));
  const own = all.filter(({ thread }) => threads.has(thread));
  // Those with any evidence, even if it only names them as a parent.
  const known = new Set<string>();
  for (const { threadId } of own) known.add(threadId);
  for (const { parent } of all) {
    const id = parent === null ? undefined : threads.get(parent);
    if (id !== undefined) known.add(id);
  }
  // Other named threads are in a tree of another batch, or in one that does not change.
  const placed = buildForest(own, timeOfId, known).filter(({ threadId }) => known.has(threadId));
  await transaction.append(
    'batch_nodes',
    placed.map(({ threadId, createdAt }) => [threadId, createdAt]),
  );
  return placed;
}
