/**
 * Builds trees from threads (`semantics.md`, "Threads and trees"). Pure and iterative; O(n log n) in the evidence for
 * the ordering of siblings, linear otherwise. The store adds up the figures of threads, by the positions given here.
 */
export type ThreadKind = 'user' | 'subagent' | 'guardian' | 'other';
export type Seen = 'initialized' | 'active' | 'mentioned';
/** How a parent is known, best first. */
export const parentSources = ['reported', 'rollout', 'spawn', 'review'] as const;
export type ParentSource = (typeof parentSources)[number];

/**
 * The source of a statement about a thread. `initialized` and `event`: events of the thread itself; `rollout`: a
 * rollout of its own; `spawn`: the call that names it as a receiver; `review`: the guardian review that names it as the
 * guardian's thread.
 */
export const evidenceSources = ['initialized', 'event', 'rollout', 'spawn', 'review'] as const;

/** One statement about a thread. Times in ms since the epoch. */
export interface ThreadEvidence {
  readonly threadId: string;
  readonly source: (typeof evidenceSources)[number];
  readonly parentThreadId: string | null;
  readonly threadSource: string | null;
  readonly subagentSource: string | null;
  readonly createdAt: number | null;
}

export interface ForestNode {
  readonly threadId: string;
  readonly parentThreadId: string | null;
  readonly parentSource: ParentSource | null;
  readonly rootThreadId: string;
  readonly depth: number;
  readonly kind: ThreadKind;
  readonly seen: Seen;
  /** True for a root that was cut out of a loop of parents. */
  readonly cycle: boolean;
  readonly createdAt: number | null;
  readonly createdAtInferred: boolean;
  readonly children: number;
  /** Place in pre-order over the whole forest, from 0; its subtree is `position` … `subtreeEnd`, both inclusive. */
  readonly position: number;
  readonly subtreeEnd: number;
  /** Levels below it: 0 for a node without children. */
  readonly height: number;
}

interface Draft {
  readonly id: string;
  seen: Seen;
  guardian: boolean;
  subagent: boolean;
  user: boolean;
  createdAt: number | null;
  rolloutCreatedAt: number | null;
  inferredCreatedAt: number | null;
  /** The best candidate by source; of equals the smallest id, so that the order of evidence does not matter. */
  parents: Partial<Record<ParentSource, string>>;
  parent: Draft | null;
  parentSource: ParentSource | null;
  cycle: boolean;
  children: Draft[];
}

const draft = (id: string): Draft => ({
  id,
  seen: 'mentioned',
  guardian: false,
  subagent: false,
  user: false,
  createdAt: null,
  rolloutCreatedAt: null,
  inferredCreatedAt: null,
  parents: {},
  parent: null,
  parentSource: null,
  cycle: false,
  children: [],
});

const sourceOf = {
  initialized: 'reported',
  event: 'reported',
  rollout: 'rollout',
  spawn: 'spawn',
  review: 'review',
} as const satisfies Record<ThreadEvidence['source'], ParentSource>;
const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

function note(node: Draft, evidence: ThreadEvidence): void {
  if (evidence.source === 'initialized' || evidence.source === 'rollout') node.seen = 'initialized';
  else if (evidence.source === 'event' && node.seen === 'mentioned') node.seen = 'active';
  node.guardian ||=
    evidence.threadSource === 'guardian_review' ||
    evidence.subagentSource === 'guardian' ||
    evidence.source === 'review';
  node.subagent ||=
    evidence.threadSource === 'subagent' || evidence.subagentSource !== null || evidence.source === 'spawn';
  node.user ||= evidence.threadSource === 'user';
  if (evidence.source === 'rollout') node.rolloutCreatedAt = earliest(node.rolloutCreatedAt, evidence.createdAt);
  else node.createdAt = earliest(node.createdAt, evidence.createdAt);
  if (evidence.parentThreadId === null) return;
  const source = sourceOf[evidence.source];
  const known = node.parents[source];
  if (known === undefined || evidence.parentThreadId < known) node.parents[source] = evidence.parentThreadId;
}

function gather(
  evidence: Iterable<ThreadEvidence>,
  mentioned: Iterable<string>,
  timeOfId: (id: string) => number | null,
): Map<string, Draft> {
  const nodes = new Map<string, Draft>();
  const nodeOf = (id: string): Draft => {
    const known = nodes.get(id);
    if (known) return known;
    const node = draft(id);
    node.inferredCreatedAt = timeOfId(id);
    nodes.set(id, node);
    return node;
  };
  for (const item of evidence) {
    note(nodeOf(item.threadId), item);
    if (item.parentThreadId !== null) nodeOf(item.parentThreadId);
  }
  for (const id of mentioned) nodeOf(id);
  for (const node of nodes.values()) {
    node.createdAt ??= node.rolloutCreatedAt;
    const source = parentSources.find((candidate) => node.parents[candidate] !== undefined);
    const parentId = source && node.parents[source];
    if (source === undefined || parentId === undefined) continue;
    if (parentId === node.id) node.cycle = true;
    else {
      node.parent = nodes.get(parentId) ?? null;
      node.parentSource = source;
    }
  }
  return nodes;
}

const creation = (node: Draft): number => node.createdAt ?? node.inferredCreatedAt ?? Number.MAX_SAFE_INTEGER;
const byCreation = (a: Draft, b: Draft): number =>
  creation(a) - creation(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Cuts each loop of parents at its earliest node. Visits each node once. */
function cutLoops(nodes: Iterable<Draft>): void {
  const finished = new Set<Draft>();
  for (const start of nodes) {
    const path = new Set<Draft>();
    let node: Draft | null = start;
    while (node && !finished.has(node) && !path.has(node)) {
      path.add(node);
      node = node.parent;
    }
    if (node && path.has(node)) {
      let cut = node;
      for (let member = node.parent; member && member !== node; member = member.parent)
        if (byCreation(member, cut) < 0) cut = member;
      cut.parent = null;
      cut.parentSource = null;
      cut.cycle = true;
    }
    for (const member of path) finished.add(member);
  }
}

const kindOf = (node: Draft): ThreadKind =>
  node.guardian ? 'guardian' : node.subagent ? 'subagent' : node.user ? 'user' : 'other';

type Placed = { -readonly [K in keyof ForestNode]: ForestNode[K] };

/** Lays trees out in pre-order with its own stack: only memory limits the depth. */
function layOut(roots: readonly Draft[]): ForestNode[] {
  const laid: Placed[] = [];
  const stack: { node: Draft; root: string; depth: number }[] = [];
  for (const node of roots.toReversed()) stack.push({ node, root: node.id, depth: 0 });
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, root, depth } = next;
    const placed: Placed = {
      threadId: node.id,
      parentThreadId: node.parent?.id ?? null,
      parentSource: node.parentSource,
      rootThreadId: root,
      depth,
      kind: kindOf(node),
      seen: node.seen,
      cycle: node.cycle,
      createdAt: node.createdAt ?? node.inferredCreatedAt,
      createdAtInferred: node.createdAt === null,
      children: node.children.length,
      position: laid.length,
      subtreeEnd: laid.length,
      height: 0,
    };
    laid.push(placed);
    node.children.sort(byCreation);
    for (let child = node.children.length - 1; child >= 0; child--) {
      const childNode = node.children[child];
      if (childNode) stack.push({ node: childNode, root, depth: depth + 1 });
    }
  }
  // Backwards, so that each node's own subtree is complete before it is added to its parent.
  const at = new Map(laid.map((placed) => [placed.threadId, placed]));
  for (const placed of laid.toReversed()) {
    const parent = placed.parentThreadId === null ? undefined : at.get(placed.parentThreadId);
    if (!parent) continue;
    parent.subtreeEnd = Math.max(parent.subtreeEnd, placed.subtreeEnd);
    parent.height = Math.max(parent.height, placed.height + 1);
  }
  return laid;
}

/**
 * Builds the forest from the evidence, as a flat list in pre-order: roots by creation, children by creation then id.
 * The order of the evidence and its repetition change nothing. Every named thread appears once. `mentioned` are threads
 * named by others whose own evidence is left out.
 */
export function buildForest(
  evidence: Iterable<ThreadEvidence>,
  timeOfId: (id: string) => number | null,
  mentioned: Iterable<string> = [],
): ForestNode[] {
  const nodes = gather(evidence, mentioned, timeOfId);
  cutLoops(nodes.values());
  const roots: Draft[] = [];
  for (const node of nodes.values()) {
    if (node.parent) node.parent.children.push(node);
    else roots.push(node);
  }
  return layOut(roots.sort(byCreation));
}
