import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { after } from 'node:test';
import type { Filter } from '../../filters.ts';
import { openDendro, sampleLog } from '../../testing/dendro.ts';
import { paramsOf, sampleThreads, tally } from '../../testing/truth.ts';
import { forest } from '../forest.ts';
import { threadList } from '../threads.ts';
import { outline, type Arrangement } from './outline.ts';
import { places } from './places.ts';
import { outlineRows, Positions } from './rows.ts';
import { found } from './search.ts';
import { outlineSorts, type OutlineSort } from './sorts.ts';
import { treeOutcomes, type OutlineAnswer, type TreeOutcome } from './shapes.ts';

const { store, ...dendro } = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());

const arrangement = (chosen: Partial<Arrangement> = {}): Arrangement => ({ sort: '-createdAt', layout: 'nested', guardians: 'shown', ...chosen });
const ids: string[] = [];
for await (const batch of forest(store, {})) ids.push(...batch.map(({ threadId }) => threadId));
/** The ids of an outline's threads, indented by their depth. */
const told = ({ depths, positions }: OutlineAnswer): string[] => positions.map((position, node) => `${'.'.repeat(depths[node] ?? 0)}${ids[position] ?? position}`);
const threadsOf = ({ positions }: OutlineAnswer): string[] => positions.filter((position) => position >= 0).map((position) => ids[position] ?? '');
const rootOf = (id: string): string => { const parent = sampleThreads.get(id)?.parent; return parent ? rootOf(parent) : id; };

/** The same from the lists of roots and children, which have their own tests. */
async function unfolded(filter: Filter, sort: OutlineSort): Promise<string[]> {
  const threadSort = sort === 'createdAt' || sort === '-createdAt' || sort === '-subtreeTokens' ? sort : '-tokensSaved';
  const list = async (depth: number, parentThreadId?: string): Promise<string[]> => {
    const { threads } = await threadList(store, filter, { sort: threadSort, limit: 1000, parentThreadId });
    return (await Promise.all(threads.map(async ({ threadId }) => [`${'.'.repeat(depth)}${threadId}`, ...await list(depth + 1, threadId)]))).flat();
  };
  return list(0);
}

test('an outline is the lists of roots and children, unfolded, in every order and under every filter', async () => {
  for (const sort of ['-createdAt', 'createdAt', '-subtreeTokens', '-tokensSaved'] as const) {
    for (const filter of [{}, { threadKind: ['subagent'] }, { threadKind: ['guardian'] }, { model: ['no such model'] }] satisfies Filter[]) {
      assert.deepEqual(told(await outline(store, filter, arrangement({ sort }))), await unfolded(filter, sort), `${sort} ${JSON.stringify(filter)}`);
    }
  }
});

test('every order and layout has every thread once', async () => {
  for (const sort of outlineSorts) {
    for (const layout of ['nested', 'flat'] as const) {
      for (const guardians of ['folded', 'shown'] as const) {
        const answer = await outline(store, {}, arrangement({ sort, layout, guardians }));
        assert.deepEqual(threadsOf(answer).sort(), ids.toSorted(), `${sort} ${layout} ${guardians}`);
        assert.deepEqual([answer.threads, answer.trees], [98, 59]);
      }
    }
  }
});

test('guardian threads are one node for each reviewed thread, whose figures are theirs', async () => {
  const guardians = [...sampleThreads].filter(([, { kind }]) => kind === 'guardian');
  const reviewed = tally(guardians, ([, { parent }]) => parent ?? 'unknown');
  for (const layout of ['nested', 'flat'] as const) {
    const answer = await outline(store, {}, arrangement({ guardians: 'folded', layout }));
    const groups = answer.positions.filter((position) => position < 0);
    const { guardians: rows, edition } = await outlineRows(store, {}, groups);
    assert.equal(edition, answer.edition);
    assert.deepEqual(Object.fromEntries(rows.map(({ reviewedThreadId, threads }) => [reviewedThreadId ?? 'unknown', threads])), reviewed);
    assert.deepEqual(rows.map(({ position }) => position).sort(), groups.toSorted());
    for (const { position, reviewedThreadId } of rows) assert.equal(reviewedThreadId, ids[-2 - position] ?? null);
    const outcomes = rows.map(({ guardian }) => guardian);
    const made = paramsOf('codex_guardian_review');
    assert.equal(outcomes.reduce((sum, { denied }) => sum + denied, 0), made.filter((review) => review.terminal_status === 'denied').length);
  }
});

test('a guardian without a reviewed thread stands with others of its kind', async () => {
  const guardian = (id: string): string => `${JSON.stringify({ event_type: 'codex_thread_initialized', event_params: { thread_id: id, thread_source: 'guardian_review', created_at: 1_776_000_000 } })}\n`;
  await using alone = await openDendro(guardian('one') + guardian('two'));
  const { depths, positions } = await outline(alone.store, {}, arrangement({ guardians: 'folded' }));
  assert.deepEqual([depths, positions], [[0, 1, 1], [-1, 0, 1]]);
  const [row] = (await outlineRows(alone.store, {}, [-1])).guardians;
  assert.deepEqual([row?.threads, row?.reviewedThreadId, row?.tokens], [2, null, 0]);
});

test('rows are those of their positions, whatever else is asked for', async () => {
  const { threads } = await outlineRows(store, { threadKind: ['user'] }, [5, 3, 99_999, -77]);
  assert.deepEqual(threads.map(({ position, thread }) => [position, thread.threadId]).sort(), [[3, ids[3]], [5, ids[5]]]);
  for (const { thread } of threads) assert.equal(thread.matches, thread.kind === 'user');
  for (const text of ['', 'one', '1,,2', '1.5', '99999999999', Array.from({ length: 501 }, () => 1).join(',')]) assert.ok(!Positions.safeParse(text).success, text);
});

test('trees are chosen whole by what happened in them, and what happened is found', async () => {
  const happened: Readonly<Partial<Record<TreeOutcome, readonly string[]>>> = {
    blocked_hook: paramsOf('codex_hook_run').filter(({ status }) => status === 'blocked').map((run) => run.thread_id),
    denied_review: paramsOf('codex_guardian_review').filter((review) => review.terminal_status === 'denied').map((review) => review.thread_id),
    failed_turn: paramsOf('codex_turn_event').filter(({ status }) => status === 'failed').map((turn) => turn.thread_id),
    failed_compaction: paramsOf('codex_compaction_event').filter(({ status }) => status === 'failed').map((compaction) => compaction.thread_id),
    compaction: paramsOf('codex_compaction_event').map((compaction) => compaction.thread_id),
  };
  for (const [name, threads] of Object.entries(happened)) {
    const outcome = treeOutcomes.find((each) => each === name) ?? 'storm';
    const roots = new Set(threads.map(rootOf));
    assert.ok(roots.size > 0);
    assert.deepEqual(threadsOf(await outline(store, {}, arrangement({ trees: [outcome] }))).sort(), ids.filter((id) => roots.has(rootOf(id))).sort(), name);
    const { positions } = await found(store, {}, { text: '', trees: [outcome] });
    assert.deepEqual(positions.map((position) => ids[position] ?? '').sort(), [...new Set(threads)].sort(), name);
  }
  const either = await outline(store, {}, arrangement({ trees: ['blocked_hook', 'denied_review'] }));
  const count = async (outcome: TreeOutcome): Promise<number> => (await outline(store, {}, arrangement({ trees: [outcome] }))).trees;
  assert.equal(either.trees, await count('blocked_hook') + await count('denied_review'));
});

test('a search finds by the start of an id, and by what a thread holds anywhere', async () => {
  await using both = await openDendro(sampleLog, new Uint8Array(await readFile(path.join(import.meta.dirname, '../../testing/logs/rollouts/codex-0.169.0.tar.zst'))));
  const everything: string[] = [];
  for await (const batch of forest(both.store, {})) everything.push(...batch.map(({ threadId }) => threadId));
  const search = async (text: string, filter: Filter = {}): Promise<string[]> => (await found(both.store, filter, { text, trees: [] })).positions.map((position) => everything[position] ?? '');
  const child = '01a20323-912d-7e41-8c68-21007580024f';
  for (const text of [child, child.toUpperCase(), child.slice(0, 13), '01a20323…024f', 'Look at PART 1 of the module at level 1']) assert.ok((await search(text)).includes(child), text);
  assert.deepEqual(await search(child), [child]);
  assert.deepEqual(await search(child.slice(1)), [], 'an id is found by its start only');
  assert.ok((await search('kant')).includes(child), 'nickname');
  assert.equal((await search('/home/dev')).length, (await search('/HOME/DEV')).length);
  assert.ok((await search('/home/dev')).length > 50, 'path');
  assert.ok((await search('gpt-5.5')).length > 80, 'model');
  const failed = await search('contextWindowExceeded');
  assert.ok(failed.length > 0 && failed.every((id) => paramsOf('codex_turn_event').some((turn) => turn.thread_id === id && turn.status === 'failed')), 'error');
  assert.deepEqual(await search(child, { threadKind: ['user'] }), [], 'what the filter leaves out is not found');
  assert.deepEqual(await search("' OR TRUE --"), []);
  assert.deepEqual(await search('%'), []);
});

test('threads are found at their places by their ids, and those that no log names are left out', async () => {
  const { edition, threads } = await places(store, [ids[5] ?? '', ids[70] ?? '', 'none']);
  assert.equal(edition, (await outline(store, {}, arrangement())).edition);
  assert.deepEqual(threads.toSorted((one, other) => one.position - other.position), [{ threadId: ids[5], position: 5 }, { threadId: ids[70], position: 70 }]);
});

test('the edition changes with every import that comes or goes, and with nothing else', async () => {
  await using own = await openDendro();
  const edition = async (): Promise<string> => (await outline(own.store, {}, arrangement())).edition;
  const empty = await edition();
  const taken = await own.take(sampleLog);
  const full = await edition();
  assert.notEqual(full, empty);
  assert.equal((await outline(own.store, { threadKind: ['user'] }, arrangement({ sort: 'turns' }))).edition, full);
  assert.ok(taken.kind === 'created');
  await own.importer.delete([taken.importId]);
  assert.equal(await edition(), empty);
  await own.take(sampleLog);
  assert.notEqual(await edition(), full);
});
