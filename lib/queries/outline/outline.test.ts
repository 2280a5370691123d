import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after } from 'node:test';
import { openDendro, sampleLog } from '../../testing/dendro.ts';
import { paramsOf, sampleThreads, tally } from '../../testing/truth.ts';
import { z } from 'zod';
import { everything, type Filter } from '../../filters.ts';
import type { Reader } from '../../store/store.ts';
import { threadList } from '../threads.ts';
import { outlineThreads, type Arrangement } from './trees.ts';
import { arrange } from './arrange.ts';
import { outline, outlineTree, PageOfRoots } from './outline.ts';
import { NodeNumbers, outlineRows } from './rows.ts';
import { found } from './search.ts';
import { outlineSorts, type OutlineSort } from './sorts.ts';
import {
  guardianLayouts,
  layouts,
  mostFound,
  treeOutcomes,
  type OutlinePage,
  type Slice,
  type TreeOutcome,
} from './shapes.ts';

const { store, ...dendro } = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());

const arrangement = (chosen: Partial<Arrangement> = {}): Arrangement => ({
  sort: '-createdAt',
  layout: 'nested',
  guardians: 'shown',
  ...chosen,
});
const idsOf = async (reader: Reader): Promise<ReadonlyMap<number, string>> =>
  new Map(
    z
      .array(z.object({ thread: z.int(), thread_id: z.string() }))
      .parse(await reader.rows('SELECT thread, thread_id FROM threads'))
      .map(({ thread, thread_id: id }) => [thread, id]),
  );
const names = await idsOf(store);
const ids = [...names.values()];

interface Whole extends OutlinePage {
  readonly nodes: readonly number[];
  readonly depths: readonly number[];
  readonly unmatched: readonly number[];
}
/** Reads all pages with all parts of their trees, and puts them together. */
async function wholeOutline(reader: Reader, filter: Filter, arranged: Arrangement, limit = 7): Promise<Whole> {
  const slices: Slice[] = [];
  for (;;) {
    const page = await outline(reader, filter, arranged, PageOfRoots.parse({ offset: slices.length, limit }));
    assert.equal(page.from, slices.length);
    for (const slice of page.slices) {
      const all = { ...slice };
      for (let next = slice; next.more > 0;) {
        next = await outlineTree(reader, filter, arranged, { root: all.nodes[0] ?? 0, offset: all.nodes.length });
        assert.equal(next.nodes.filter((node) => node >= 0).length + next.more, all.more);
        Object.assign(all, {
          nodes: [...all.nodes, ...next.nodes],
          depths: [...all.depths, ...next.depths],
          unmatched: [...all.unmatched, ...next.unmatched],
          more: next.more,
        });
      }
      slices.push(all);
    }
    if (slices.length >= page.roots) {
      return {
        ...page,
        nodes: slices.flatMap(({ nodes }) => nodes),
        depths: slices.flatMap(({ depths }) => depths),
        unmatched: slices.flatMap(({ unmatched }) => unmatched),
      };
    }
  }
}
/** Returns the ids of an outline's threads, indented by their depth. */
const told = ({ depths, nodes }: Pick<Whole, 'depths' | 'nodes'>): string[] =>
  nodes.map((node, index) => `${'.'.repeat(depths[index] ?? 0)}${names.get(node) ?? node}`);
const threadsOf = ({ nodes }: Pick<Whole, 'nodes'>): string[] =>
  nodes.filter((node) => node >= 0).map((node) => names.get(node) ?? '');
const rootOf = (id: string): string => {
  const parent = sampleThreads.get(id)?.parent;
  return parent ? rootOf(parent) : id;
};

/** Reads the same from the lists of roots and children, which have their own tests. */
async function unfolded(filter: Filter, sort: OutlineSort): Promise<string[]> {
  const threadSort = sort === 'createdAt' || sort === '-createdAt' || sort === '-subtreeTokens' ? sort : '-tokensSaved';
  const list = async (depth: number, parentThreadId?: string): Promise<string[]> => {
    const { threads } = await threadList(store, filter, { sort: threadSort, limit: 1000, parentThreadId });
    return (
      await Promise.all(
        threads.map(async ({ threadId }) => [`${'.'.repeat(depth)}${threadId}`, ...(await list(depth + 1, threadId))]),
      )
    ).flat();
  };
  return list(0);
}

test('an outline is the lists of roots and children, unfolded, in every order and under every filter', async () => {
  for (const sort of ['-createdAt', 'createdAt', '-subtreeTokens', '-tokensSaved'] as const) {
    for (const filter of [
      {},
      { threadKind: ['subagent'] },
      { threadKind: ['guardian'] },
      { model: ['no such model'] },
    ] satisfies Filter[]) {
      assert.deepEqual(
        told(await wholeOutline(store, filter, arrangement({ sort }))),
        await unfolded(filter, sort),
        `${sort} ${JSON.stringify(filter)}`,
      );
    }
  }
});

const cases = outlineSorts.flatMap((sort) =>
  layouts.flatMap((layout) => guardianLayouts.map((guardians) => arrangement({ sort, layout, guardians }))),
);
const filters: readonly Filter[] = [
  {},
  { threadKind: ['subagent'] },
  { threadKind: ['guardian'] },
  { from: Date.parse('2020-01-01'), threadKind: ['user', 'guardian'] },
  { model: ['no such model'] },
];

/** One for each order; the layouts alternate. */
const turns = outlineSorts.map((sort, index) =>
  arrangement({
    sort,
    layout: layouts[index % 2] ?? 'nested',
    guardians: guardianLayouts[(index >> 1) % 2] ?? 'shown',
  }),
);

test('pages with the parts of their trees, put together, are the whole forest, in every order and under every filter', async () => {
  for (const [index, each] of turns.entries()) {
    for (const filter of [{}, filters[1 + (index % (filters.length - 1))] ?? {}]) {
      const answer = await wholeOutline(store, filter, each, 20 + 11 * (index % 7));
      const threads = await outlineThreads(store, filter, each, everything);
      const flat = arrange(
        threads.filter(({ matches }) => matches).map((thread) => ({ ...thread, parent: null })),
        'shown',
      );
      const whole = each.layout === 'nested' ? arrange(threads, each.guardians) : flat;
      const name = JSON.stringify({ ...each, filter });
      if (each.layout === 'nested' || each.guardians === 'shown') {
        assert.deepEqual([answer.nodes, answer.depths], [whole.nodes, whole.depths], name);
      } else {
        // A group takes the place of its first member, and holds them all, in their order.
        const leads = answer.nodes.flatMap((node, at) =>
          answer.depths[at] === 0 ? [node < 0 ? (answer.nodes[at + 1] ?? 0) : node] : [],
        );
        assert.deepEqual(
          leads,
          flat.nodes.filter((node) => leads.includes(node)),
          name,
        );
        assert.deepEqual(
          answer.nodes.filter((node) => node >= 0).toSorted((a, b) => a - b),
          flat.nodes.toSorted((a, b) => a - b),
          name,
        );
      }
      assert.deepEqual(
        answer.unmatched.toSorted((a, b) => a - b),
        [...whole.unmatched].sort((a, b) => a - b),
        name,
      );
      assert.equal(answer.threads, threadsOf(answer).length, name);
      assert.equal(answer.roots, answer.depths.filter((depth) => depth === 0).length, name);
      if (each.layout === 'nested' && each.guardians === 'shown')
        assert.deepEqual([answer.trees, answer.deepest], [answer.roots, Math.max(0, ...answer.depths)], name);
      if (filter.threadKind === undefined && filter.model === undefined)
        assert.deepEqual([answer.threads, answer.trees], [98, 59]);
    }
  }
});

test('trees beyond the limits of a page come in parts, and the page around a thread holds it', async () => {
  const thread = (id: string, parent: string | null, at: number): string =>
    `${JSON.stringify({
      event_type: 'codex_thread_initialized',
      event_params: {
        thread_id: id,
        thread_source: parent === null ? 'user' : 'subagent',
        ...(parent === null ? {} : { parent_thread_id: parent, subagent_source: 'thread_spawn' }),
        created_at: 1_776_000_000 + at,
      },
    })}\n`;
  const tree = (root: string, size: number, at: number): string =>
    Array.from({ length: size }, (_, place) =>
      thread(
        place === 0 ? root : `${root} ${place}`,
        place === 0 ? null : place % 3 === 0 ? `${root} ${place - 1}` : root,
        at + place,
      ),
    ).join('');
  await using large = await openDendro(
    tree('large', 7_000, 0) +
      ['a', 'b', 'c', 'd'].map((root, at) => tree(root, 1_500, 10 * at)).join('') +
      Array.from({ length: 50 }, (_, at) => thread(`lone ${at}`, null, at)).join(''),
  );
  const numbers = new Map([...(await idsOf(large.store))].map(([number, id]) => [id, number]));
  const newest = arrangement({ sort: 'createdAt' });
  const page = await outline(large.store, {}, newest, PageOfRoots.parse({}));
  assert.deepEqual([page.threads, page.trees, page.roots, page.slices.length], [13_050, 55, 55, 55]);
  const [first] = page.slices.filter(({ nodes }) => nodes[0] === numbers.get('large'));
  assert.deepEqual([first?.nodes.length, first?.more], [1, 6_999]);
  assert.deepEqual(
    page.slices.filter(({ more }) => more === 1_499).map(({ nodes }) => nodes[0]),
    [numbers.get('d')],
  );
  const whole = await wholeOutline(large.store, {}, newest, 10);
  const all = arrange(await outlineThreads(large.store, {}, newest, everything), 'shown');
  assert.deepEqual([whole.nodes, whole.depths], [all.nodes, all.depths]);
  for (const id of ['large 6500', 'large 3', 'd 1499', 'lone 49']) {
    for (const limit of [1, 10, 500]) {
      const around = numbers.get(id) ?? -99;
      const part = await outline(large.store, {}, newest, PageOfRoots.parse({ around, limit }));
      const holds = part.slices.findIndex(({ nodes }) => nodes.includes(around));
      assert.ok(holds >= 0, `${id} ${limit}`);
      const roots = whole.nodes.filter((_, index) => whole.depths[index] === 0);
      assert.deepEqual(
        part.slices.map(({ nodes }) => nodes[0]),
        roots.slice(part.from, part.from + limit),
      );
      assert.equal(part.slices.length, Math.min(limit, 55));
    }
  }
  const search = await found(large.store, {}, { ...newest, text: 'large' });
  assert.deepEqual([search.total, search.threads.length], [7_000, mostFound]);
  const shown = search.threads.map((node) => whole.nodes.indexOf(node));
  assert.deepEqual(
    shown,
    shown.toSorted((a, b) => a - b),
    'found threads come in the order in which they are shown',
  );
});

test('the page around any node holds it, in every layout', async () => {
  for (const each of cases.filter(({ sort }) => sort === '-subtreeTokens')) {
    const whole = await wholeOutline(store, {}, each, 100);
    for (const around of [...whole.nodes.filter((node, index) => node < 0 || index % 8 === 0), 99_999, -77_777]) {
      const page = await outline(store, {}, each, PageOfRoots.parse({ around, limit: 3 }));
      assert.equal(
        page.slices.some(({ nodes }) => nodes.includes(around)),
        whole.nodes.includes(around),
        `${around} ${JSON.stringify(each)}`,
      );
    }
  }
});

test('a node is the same in every answer, whatever logs come in and go', async () => {
  await using own = await openDendro(sampleLog);
  const before = await idsOf(own.store);
  const eldest = await own.take(
    `${JSON.stringify({ event_type: 'codex_thread_initialized', event_params: { thread_id: 'eldest', thread_source: 'user', created_at: 1_500_000_000 } })}\n`,
  );
  const after = await idsOf(own.store);
  for (const [number, id] of before) assert.equal(after.get(number), id);
  const { nodes } = await wholeOutline(own.store, {}, arrangement());
  assert.equal(after.get(nodes.at(-1) ?? -1), 'eldest');
  assert.ok(eldest.kind === 'created');
  await own.importer.delete([eldest.importId]);
  assert.deepEqual((await wholeOutline(own.store, {}, arrangement())).nodes, nodes.slice(0, -1));
});

test('guardian threads are one node for each reviewed thread, whose figures are theirs', async () => {
  const guardians = [...sampleThreads].filter(([, { kind }]) => kind === 'guardian');
  const reviewed = tally(guardians, ([, { parent }]) => parent ?? 'unknown');
  for (const layout of layouts) {
    const groups = (await wholeOutline(store, {}, arrangement({ guardians: 'folded', layout }))).nodes.filter(
      (node) => node < 0,
    );
    const { guardians: rows } = await outlineRows(store, {}, groups);
    assert.deepEqual(
      Object.fromEntries(rows.map(({ reviewedThreadId, threads }) => [reviewedThreadId ?? 'unknown', threads])),
      reviewed,
    );
    assert.deepEqual(rows.map(({ node }) => node).sort(), groups.toSorted());
    for (const { node, reviewedThreadId } of rows) assert.equal(reviewedThreadId, names.get(-2 - node) ?? null);
    const made = paramsOf('codex_guardian_review');
    assert.equal(
      rows.reduce((sum, { guardian }) => sum + guardian.denied, 0),
      made.filter((review) => review.terminal_status === 'denied').length,
    );
  }
});

test('a guardian without a reviewed thread stands with others of its kind', async () => {
  const guardian = (id: string): string =>
    `${JSON.stringify({ event_type: 'codex_thread_initialized', event_params: { thread_id: id, thread_source: 'guardian_review', created_at: 1_776_000_000 } })}\n`;
  await using alone = await openDendro(guardian('one') + guardian('two'));
  for (const layout of layouts) {
    const { depths, nodes, roots } = await wholeOutline(alone.store, {}, arrangement({ guardians: 'folded', layout }));
    assert.deepEqual([depths, nodes.filter((node) => node < 0), roots], [[0, 1, 1], [-1], 1]);
  }
  const [row] = (await outlineRows(alone.store, {}, [-1])).guardians;
  assert.deepEqual([row?.threads, row?.reviewedThreadId, row?.tokens], [2, null, 0]);
});

test('rows are those of their nodes, whatever else is asked for', async () => {
  const [one = 0, two = 0] = [...names.keys()].slice(3);
  const { threads } = await outlineRows(store, { threadKind: ['user'] }, [one, two, 99_999, -77]);
  assert.deepEqual(
    threads.map(({ node, thread }) => [node, thread.threadId]).sort(),
    [
      [one, names.get(one)],
      [two, names.get(two)],
    ].sort(),
  );
  for (const { thread } of threads) assert.equal(thread.matches, thread.kind === 'user');
  for (const text of ['', 'one', '1,,2', '1.5', '99999999999', Array.from({ length: 501 }, () => 1).join(',')])
    assert.ok(!NodeNumbers.safeParse(text).success, text);
});

test('trees are chosen whole by what happened in them, and what happened is found', async () => {
  const happened: Readonly<Partial<Record<TreeOutcome, readonly string[]>>> = {
    blocked_hook: paramsOf('codex_hook_run')
      .filter(({ status }) => status === 'blocked')
      .map((run) => run.thread_id),
    denied_review: paramsOf('codex_guardian_review')
      .filter((review) => review.terminal_status === 'denied')
      .map((review) => review.thread_id),
    failed_turn: paramsOf('codex_turn_event')
      .filter(({ status }) => status === 'failed')
      .map((turn) => turn.thread_id),
    failed_compaction: paramsOf('codex_compaction_event')
      .filter(({ status }) => status === 'failed')
      .map((compaction) => compaction.thread_id),
    compaction: paramsOf('codex_compaction_event').map((compaction) => compaction.thread_id),
  };
  for (const [name, threads] of Object.entries(happened)) {
    const outcome = treeOutcomes.find((each) => each === name) ?? 'storm';
    const roots = new Set(threads.map(rootOf));
    assert.ok(roots.size > 0);
    assert.deepEqual(
      threadsOf(await wholeOutline(store, {}, arrangement({ trees: [outcome] }))).sort(),
      ids.filter((id) => roots.has(rootOf(id))).sort(),
      name,
    );
    const { threads: happenedTo } = await found(store, {}, { ...arrangement({ trees: [outcome] }), text: '' });
    assert.deepEqual(happenedTo.map((number) => names.get(number) ?? '').sort(), [...new Set(threads)].sort(), name);
  }
  const either = await wholeOutline(store, {}, arrangement({ trees: ['blocked_hook', 'denied_review'] }));
  const count = async (outcome: TreeOutcome): Promise<number> =>
    (await wholeOutline(store, {}, arrangement({ trees: [outcome] }))).trees;
  assert.equal(either.trees, (await count('blocked_hook')) + (await count('denied_review')));
});

test('a search finds by the start of an id, and by what a thread holds anywhere', async () => {
  await using both = await openDendro(
    sampleLog,
    new Uint8Array(await readFile(path.join(import.meta.dirname, '../../testing/logs/rollouts/codex-0.169.0.tar.zst'))),
  );
  const all = await idsOf(both.store);
  const search = async (text: string, filter: Filter = {}): Promise<string[]> =>
    (await found(both.store, filter, { ...arrangement(), text })).threads.map((number) => all.get(number) ?? '');
  const child = '01a20323-912d-7e41-8c68-21007580024f';
  for (const text of [
    child,
    child.toUpperCase(),
    child.slice(0, 13),
    '01a20323…024f',
    'Look at PART 1 of the module at level 1',
  ])
    assert.ok((await search(text)).includes(child), text);
  assert.deepEqual(await search(child), [child]);
  assert.deepEqual(await search(child.slice(1)), [], 'an id is found by its start only');
  assert.ok((await search('kant')).includes(child), 'nickname');
  assert.equal((await search('/home/dev')).length, (await search('/HOME/DEV')).length);
  assert.ok((await search('/home/dev')).length > 50, 'path');
  assert.ok((await search('gpt-5.5')).length > 80, 'model');
  const failed = await search('contextWindowExceeded');
  assert.ok(
    failed.length > 0 &&
      failed.every((id) =>
        paramsOf('codex_turn_event').some((turn) => turn.thread_id === id && turn.status === 'failed'),
      ),
    'error',
  );
  assert.deepEqual(await search(child, { threadKind: ['user'] }), [], 'what the filter leaves out is not found');
  assert.deepEqual(await search("' OR TRUE --"), []);
  assert.deepEqual(await search('%'), []);
});
