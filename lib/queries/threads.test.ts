import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Filter } from '../filters.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { paramsOf, sampleThreads, tally, total } from '../testing/truth.ts';
import { facets } from './facets.ts';
import { forest, type ForestNode } from './forest.ts';
import type { ThreadRow } from './shapes.ts';
import { threadDetail, threadLineage, type ThreadDetail } from './thread.ts';
import { threadList, threadSortFields, threadSorts, type ThreadSort, type ThreadSortField } from './threads.ts';
import { threadTurns } from './turns.ts';

const { store, ...dendro } = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());

async function everyThread(
  filter: Filter,
  options: { readonly sort?: ThreadSort; readonly parentThreadId?: string } = {},
): Promise<ThreadRow[]> {
  const all: ThreadRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await threadList(store, filter, { ...options, limit: 7, cursor });
    all.push(...page.threads);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
async function nodes(filter: Filter): Promise<ForestNode[]> {
  const all: ForestNode[] = [];
  for await (const batch of forest(store, filter)) all.push(...batch);
  return all;
}
async function detailOf(threadId: string): Promise<ThreadDetail> {
  const detail = await threadDetail(store, threadId);
  assert.ok(detail);
  return detail;
}
const ids = (rows: readonly { readonly threadId: string }[]): string[] => rows.map((row) => row.threadId);
/** Returns the threads that match, with all their ancestors. */
function withAncestors(matches: (id: string) => boolean): Set<string> {
  const kept = new Set<string>();
  for (const id of [...sampleThreads.keys()].filter(matches))
    for (let at: string | null = id; at !== null && !kept.has(at); at = sampleThreads.get(at)?.parent ?? null)
      kept.add(at);
  return kept;
}

const milliseconds = (time: string | null): number | null => (time === null ? null : Date.parse(time));
const sortValues: Readonly<Record<ThreadSortField, (row: ThreadRow) => number | null>> = {
  createdAt: (row) => milliseconds(row.createdAt),
  lastActiveAt: (row) => milliseconds(row.lastActiveAt),
  durationMs: (row) => row.durationMs,
  turns: (row) => row.turns,
  subtreeTurns: (row) => row.subtreeTurns,
  tokens: (row) => row.tokens.total,
  subtreeTokens: (row) => row.subtreeTokens,
  subtreeSize: (row) => row.subtreeSize,
  height: (row) => row.height,
  compactions: (row) => row.compactions,
  subtreeCompactions: (row) => row.subtreeCompactions,
  tokensSaved: (row) => row.tokensSaved,
  subtreeTokensSaved: (row) => row.subtreeTokensSaved,
};

test('the pages of every order together hold each root once, in that order', async () => {
  const roots = [...sampleThreads]
    .filter(([, thread]) => thread.parent === null)
    .map(([id]) => id)
    .sort();
  for (const sort of threadSorts) {
    const rows = await everyThread({}, { sort });
    assert.deepEqual(ids(rows).sort(), roots, sort);
    const field = threadSortFields.find((name) => sort.endsWith(name) && sort.length - name.length <= 1);
    assert.ok(field);
    const values = rows.map(sortValues[field]).filter((value) => value !== null);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b)),
      sort,
    );
  }
});

test('roots and children unfold into the whole forest, and subtree figures are sums over it', async () => {
  async function unfold(row: ThreadRow): Promise<ThreadRow[]> {
    const children = row.childCount > 0 ? await everyThread({}, { parentThreadId: row.threadId }) : [];
    assert.equal(children.length, row.childCount);
    const below = (await Promise.all(children.map(unfold))).flat();
    const users = [row, ...below].filter((each) => each === row || each.kind !== 'guardian');
    assert.equal(row.subtreeSize, 1 + below.length);
    assert.equal(
      row.subtreeTokens,
      total(users, (each) => each.tokens.total),
    );
    assert.equal(
      row.subtreeTokensSaved,
      total([row, ...below], (each) => each.tokensSaved),
    );
    return [row, ...below];
  }
  const rows = (await Promise.all((await everyThread({})).map(unfold))).flat();
  assert.deepEqual(ids(rows).sort(), [...sampleThreads.keys()].sort());
  for (const row of rows) assert.equal(row.parentThreadId, sampleThreads.get(row.threadId)?.parent ?? null);
  assert.deepEqual(
    tally(rows, (row) => row.kind),
    tally(sampleThreads.values(), (thread) => thread.kind),
  );
});

test('under a filter a root is listed for what is below it, and says whether it matches itself', async () => {
  const filter: Filter = { threadKind: ['guardian'] };
  const kept = withAncestors((id) => sampleThreads.get(id)?.kind === 'guardian');
  const roots = await everyThread(filter);
  assert.deepEqual(ids(roots).sort(), [...kept].filter((id) => sampleThreads.get(id)?.parent === null).sort());
  assert.ok(roots.length > 0 && roots.every((root) => !root.matches));
  const children = (
    await Promise.all(roots.map((root) => everyThread(filter, { parentThreadId: root.threadId })))
  ).flat();
  assert.ok(children.every((child) => kept.has(child.threadId) && child.matches === (child.kind === 'guardian')));
});

test('the forest is in pre-order, and under a filter it keeps the ancestors of what matches', async () => {
  for (const [filter, matches] of [
    [{}, () => true],
    [{ threadKind: ['guardian'] }, (id: string) => sampleThreads.get(id)?.kind === 'guardian'],
    [{ model: ['gpt-6-astra'] }, (id: string) => sampleThreads.get(id)?.model === 'gpt-6-astra'],
    [{ model: ['none'] }, () => false],
  ] satisfies ReadonlyArray<readonly [Filter, (id: string) => boolean]>) {
    const found = await nodes(filter);
    assert.deepEqual(new Set(ids(found)), withAncestors(matches));
    for (const node of found) assert.equal(node.matches, matches(node.threadId));
    const path: string[] = [];
    for (const node of found) {
      path.length = node.depth;
      assert.equal(node.parentThreadId, path.at(-1) ?? null);
      path.push(node.threadId);
      assert.equal(node.rootThreadId, path[0]);
    }
  }
});

test('a thread comes with its ancestors, its subtree and everything of its own', async () => {
  const deepest = (await nodes({})).reduce((a, b) => (b.depth > a.depth ? b : a));
  const root = await detailOf(deepest.rootThreadId);
  const leaf = await detailOf(deepest.threadId);
  assert.deepEqual(root.ancestors, []);
  assert.equal(leaf.ancestors.length, deepest.depth);
  assert.deepEqual(leaf.ancestors[0], root.thread);
  assert.ok(ids(root.subtree).includes(deepest.threadId));
  assert.equal(root.subtree.length, root.thread.subtreeSize - 1);
  const lineage = await threadLineage(store, deepest.threadId);
  assert.deepEqual(
    [lineage?.thread, lineage?.between, ids(lineage?.first ?? [])],
    [leaf.thread, 0, ids(leaf.ancestors)],
  );

  const busiest = Object.entries(tally(paramsOf('codex_hook_run'), (params) => params.thread_id)).reduce((a, b) =>
    b[1] > a[1] ? b : a,
  )[0];
  const detail = await detailOf(busiest);
  const own = (type: string): number => paramsOf(type).filter((params) => params.thread_id === busiest).length;
  assert.equal(detail.hookRuns.length, own('codex_hook_run'));
  assert.equal(detail.compactions.length, own('codex_compaction_event'));
  assert.equal(detail.guardianReviews.length, own('codex_guardian_review'));
  assert.equal(detail.turns.filter((turn) => turn.reported).length, own('codex_turn_event'));
  assert.equal(
    total(detail.turns, (turn) => turn.tokens?.total),
    detail.thread.tokens.total,
  );
  assert.deepEqual(
    tally(detail.hookRuns, (run) => `${run.status}`),
    Object.fromEntries(Object.entries(detail.thread.hooks).filter(([, count]) => count > 0)),
  );
  const starts = detail.turns.map((turn) => turn.startedAt).filter((time) => time !== null);
  assert.deepEqual(starts, starts.toSorted());
});

test('of many ancestors the first and the last are named, and the others counted', async () => {
  const name = (depth: number): string => `thread ${depth}`;
  const chain = Array.from({ length: 30 }, (_, depth) =>
    JSON.stringify({
      event_type: 'codex_thread_initialized',
      event_params: {
        thread_id: name(depth),
        parent_thread_id: depth === 0 ? null : name(depth - 1),
        thread_source: 'subagent',
        created_at: 1_776_000_000 + depth,
      },
    }),
  );
  await using deep = await openDendro(chain.join('\n'));
  for (let depth = 0; depth < chain.length; depth++) {
    const lineage = await threadLineage(deep.store, name(depth));
    assert.ok(lineage);
    const { thread, first, between, last } = lineage;
    const all = Array.from({ length: depth }, (_, above) => name(above));
    const named = depth <= 8 ? [all.slice(0, 4), all.slice(4)] : [all.slice(0, 4), all.slice(-4)];
    assert.deepEqual(
      [thread.threadId, ids(first), between, ids(last)],
      [name(depth), named[0], Math.max(0, depth - 8), named[1]],
    );
  }
});

test('a guardian thread shows the reviews that it made, the reviewed thread those it asked for', async () => {
  const made = Object.entries(
    tally(
      paramsOf('codex_guardian_review').filter((params) => params.guardian_thread_id),
      (params) => `${params.guardian_thread_id}`,
    ),
  );
  for (const [guardian, count] of made) assert.equal((await detailOf(guardian)).reviewsMade.length, count);
  assert.ok(made.length > 0);
});

test('turns come page by page', async () => {
  const largest = (await threadList(store, {}, { limit: 1, sort: '-subtreeSize' })).threads[0];
  assert.ok(largest);
  const detail = await detailOf(largest.threadId);
  const turns = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await threadTurns(store, largest.threadId, { limit: 2, cursor });
    turns.push(...page.turns);
    cursor = page.nextCursor;
  }
  assert.deepEqual(turns, detail.turns);
});

test('there is no thread of an id that nothing names', async () => {
  assert.equal(await threadDetail(store, 'nobody'), null);
  assert.equal(await threadLineage(store, 'nobody'), null);
});

test('the facets count every thread, also those without a value', async () => {
  const { threadKind, model, client, codexVersion } = await facets(store);
  const counts = (
    facet: ReadonlyArray<{ readonly value: string | null; readonly threads: number }>,
  ): Record<string, number> => Object.fromEntries(facet.map(({ value, threads }) => [`${value}`, threads]));
  const threads = [...sampleThreads.values()];
  assert.deepEqual(
    counts(threadKind),
    tally(threads, (thread) => thread.kind),
  );
  assert.deepEqual(
    counts(model),
    tally(threads, (thread) => `${thread.model}`),
  );
  assert.deepEqual(
    counts(client),
    tally(threads, (thread) => `${thread.client}`),
  );
  assert.deepEqual(
    counts(codexVersion),
    tally(threads, (thread) => `${thread.version}`),
  );
});
