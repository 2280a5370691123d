import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { rebuildFigures } from '../ingest/settle-logs.ts';
import type { Store } from '../store/store.ts';
import { derivedTableNames, keysOf, workingTables } from '../store/tables.ts';
import { openDendro, sampleLog, type TestDendro } from '../testing/dendro.ts';
import { tarOfTexts } from '../testing/tar.ts';

const compare = ['duplicates', ...derivedTableNames] as const;

/** Returns every derived row as a text. */
async function rowsOf(store: Store): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of compare) {
    const rows = await store.rows(`SELECT * FROM ${table}`);
    all[table] = rows
      .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
      .sort();
  }
  return all;
}

/** Checks the figures by tree against a full rebuild from the same facts. */
async function agreesWithRebuild({ store }: TestDendro, what: string): Promise<void> {
  const byTree = await rowsOf(store);
  await store.write(rebuildFigures);
  const rebuilt = await rowsOf(store);
  for (const table of compare) assert.deepEqual(byTree[table], rebuilt[table], `${table}, ${what}`);
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
const older = await readFile(path.join(import.meta.dirname, '../testing/logs/codex-0.142.5.jsonl'), 'utf8');
const rollouts = path.join(import.meta.dirname, '../testing/rollouts/0.169.0');
const beside = await Promise.all(
  ['analytics', 'spawner', 'guardian', 'forked', 'compacted-mid-turn'].map((name) =>
    readFile(path.join(rollouts, `${name}.jsonl`), 'utf8'),
  ),
);

/**
 * Threads that name one another at random: late parents, loops, two parents, threads that only others name, reviews in
 * two logs, events of no thread.
 */
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
const parent = fc.option(name, { nil: null });
const time = fc.integer({ min: 1_776_000_000, max: 1_776_020_000 });
const event = fc.oneof(
  fc
    .record({
      thread_id: name,
      parent_thread_id: parent,
      created_at: time,
      thread_source: fc.constantFrom('user', 'subagent', null),
    })
    .map((params) => ({ event_type: 'codex_thread_initialized', event_params: params })),
  fc
    .record({
      thread_id: name,
      parent_thread_id: parent,
      turn_id: fc.constantFrom('1', '2'),
      status: fc.constantFrom('completed', 'failed'),
      started_at: time,
      total_tokens: fc.nat(1000),
      input_tokens: fc.nat(900),
    })
    .map((params) => ({ event_type: 'codex_turn_event', event_params: params })),
  fc
    .record({
      thread_id: name,
      turn_id: fc.constantFrom('1', '2'),
      status: fc.constantFrom('completed', 'failed'),
      started_at: time,
      completed_at: time,
      active_context_tokens_before: fc.nat(900),
      active_context_tokens_after: fc.nat(900),
    })
    .map((params) => ({ event_type: 'codex_compaction_event', event_params: params })),
  fc
    .record({
      thread_id: name,
      turn_id: fc.constant('1'),
      review_id: fc.constantFrom('r1', 'r2'),
      guardian_thread_id: fc.option(name, { nil: null }),
      terminal_status: fc.constantFrom('approved', 'denied'),
    })
    .map((params) => ({ event_type: 'codex_guardian_review', event_params: params })),
  fc
    .record({
      thread_id: name,
      turn_id: fc.constant('1'),
      item_id: fc.constantFrom('i1', 'i2'),
      tool_name: fc.constant('spawn_agent'),
      receiver_thread_ids: fc.array(name, { maxLength: 2 }),
    })
    .map((params) => ({ event_type: 'codex_collab_agent_tool_call_event', event_params: params })),
  fc
    .record({
      thread_id: parent,
      turn_id: fc.constant(null),
      hook_name: fc.constant('stop'),
      status: fc.constantFrom('failed', 'blocked'),
    })
    .map((params) => ({ event_type: 'codex_hook_run', event_params: params })),
);
/** A line of the session index. */
const given = fc.record({
  id: name,
  thread_name: fc.constantFrom('x', 'y'),
  updated_at: fc.constantFrom('2026-04-12T13:20:00Z', '2026-04-12T13:21:00Z'),
});
const madeUp = fc
  .array(fc.oneof({ weight: 8, arbitrary: event }, { weight: 1, arbitrary: given }), { minLength: 1, maxLength: 12 })
  .map((events) => events.map((each) => `${JSON.stringify(each)}\n`).join(''));
/** A part of a real log. */
const part = fc
  .tuple(
    fc.constantFrom(sampleLog, older, ...beside),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer({ min: 1, max: 60 }),
  )
  .map(([log, at, count]) => {
    const all = lines(log);
    const first = Math.floor(at * Math.max(0, all.length - count));
    return all
      .slice(first, first + count)
      .map((line) => `${line}\n`)
      .join('');
  });
/** A log of a folder: dropped as it is, grown by more, or rewritten behind its first line. */
interface Dropped {
  readonly path: string;
  readonly log: string;
  readonly change: 'none' | 'grown' | 'rewritten';
}
type Step = { readonly log: string } | { readonly dropped: readonly Dropped[] } | { readonly deleted: number };
const steps = (log: fc.Arbitrary<string>) =>
  fc.array(
    fc.oneof(
      { weight: 2, arbitrary: log.map((text): Step => ({ log: text })) },
      {
        weight: 3,
        arbitrary: fc
          .array(
            fc.record({
              path: fc.constantFrom('one', 'two', 'three'),
              log,
              change: fc.constantFrom('none', 'grown', 'rewritten'),
            }),
            { minLength: 1, maxLength: 3 },
          )
          .map((dropped): Step => ({ dropped })),
      },
      { weight: 2, arbitrary: fc.nat().map((deleted): Step => ({ deleted })) },
    ),
    { minLength: 2, maxLength: 8 },
  );

/** Returns the text at a path after a drop, from the text before it. */
function changed(before: string | undefined, { log, change }: Dropped): string {
  if (before === undefined || change === 'none') return log;
  return change === 'grown' ? before + log : before.slice(0, before.indexOf('\n') + 1) + log;
}

/** The numbers that threads have. */
async function numbersOf({ store }: TestDendro): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries(
    (await store.rows('SELECT thread_id, thread FROM thread_numbers')).map(({ thread_id: id, thread }) => [
      String(id),
      thread,
    ]),
  );
}

async function follow(dendro: TestDendro, all: readonly Step[]): Promise<void> {
  const folder = new Map<string, string>();
  let numbers: Readonly<Record<string, unknown>> = {};
  for (const step of all) {
    if ('log' in step) await dendro.take(step.log);
    else if ('dropped' in step) {
      for (const each of step.dropped) folder.set(each.path, changed(folder.get(each.path), each));
      await dendro.take(await tarOfTexts([...folder]));
    } else {
      const ids = (await dendro.store.rows('SELECT import_id FROM imports ORDER BY import_id')).map(
        ({ import_id: id }) => Number(id),
      );
      const id = ids[step.deleted % Math.max(1, ids.length)];
      if (id !== undefined) await dendro.importer.delete([id]);
    }
    for (const table of keysOf(workingTables))
      assert.deepEqual(
        await dendro.store.write((transaction) => transaction.rows(`SELECT * FROM ${table}`)),
        [],
        table,
      );
    await agreesWithRebuild(dendro, JSON.stringify(step).slice(0, 300));
    const now = await numbersOf(dendro);
    assert.deepEqual({ ...now, ...numbers }, now, 'a thread keeps its number');
    numbers = now;
  }
}

test('figures by tree are those of a full rebuild, in whatever order made-up logs come and go', () =>
  fc.assert(
    fc.asyncProperty(steps(madeUp), async (all) => {
      await using dendro = await openDendro();
      await follow(dendro, all);
    }),
    { numRuns: 6 },
  ));

test('figures by tree are those of a full rebuild, in whatever order parts of real logs come and go', () =>
  fc.assert(
    fc.asyncProperty(steps(part), async (all) => {
      await using dendro = await openDendro();
      await follow(dendro, all);
    }),
    { numRuns: 3 },
  ));

test('a thread that loses one of two parents moves into the tree of the other, which no changed fact names', async () => {
  const thread = (id: string): string =>
    `${JSON.stringify({ event_type: 'codex_thread_initialized', event_params: { thread_id: id, thread_source: 'user' } })}\n`;
  const below = (parent_thread_id: string, turn_id: string): string =>
    `${JSON.stringify({ event_type: 'codex_turn_event', event_params: { thread_id: 'child', parent_thread_id, turn_id, status: 'completed', total_tokens: 5 } })}\n`;
  await using dendro = await openDendro(thread('one') + thread('other'), below('one', '1'), below('other', '2'));
  const parentOf = async (): Promise<unknown> =>
    (await dendro.store.rows("SELECT parent_thread_id AS parent FROM threads WHERE thread_id = 'child'"))[0]?.parent;
  const chosen = await parentOf();
  // The first of these imports brought all facts of the roots; each of the others says that the child is below one of
  // them.
  const [leaves, stays] = chosen === 'one' ? [2, 'other'] : [3, 'one'];
  await dendro.importer.delete([leaves]);
  assert.equal(await parentOf(), stays);
  const [root] = await dendro.store.rows(
    'SELECT subtree_total_tokens AS tokens FROM threads WHERE thread_id = $stays',
    { stays },
  );
  assert.deepEqual(root, { tokens: 5 });
  await agreesWithRebuild(dendro, 'after the deletion');
});

test('more threads than are made at a time come out whole, also where a tree is larger than that', async () => {
  const [trees, deep] = [1700, 5100];
  const thread = (id: string, parent: string | null): string =>
    [
      JSON.stringify({
        event_type: 'codex_thread_initialized',
        event_params: {
          thread_id: id,
          ...(parent === null ? {} : { parent_thread_id: parent }),
          thread_source: parent === null ? 'user' : 'subagent',
        },
      }),
      JSON.stringify({
        event_type: 'codex_turn_event',
        event_params: { thread_id: id, turn_id: 'turn', status: 'completed', total_tokens: 5 },
      }),
    ].join('\n');
  // The children of all trees come before the roots.
  const small = ['grandchild', 'child', 'root'].flatMap((kind, level) =>
    Array.from({ length: trees }, (_, index) =>
      thread(`${kind} ${index}`, level === 2 ? null : `${level === 0 ? 'child' : 'root'} ${index}`),
    ),
  );
  const wide = Array.from({ length: deep }, (_, index) => thread(`below ${index}`, 'above'));
  await using dendro = await openDendro(`${[...small, ...wide, thread('above', null)].join('\n')}\n`);
  const sizes = await dendro.store.rows(
    `SELECT subtree_end - place + 1 AS threads, subtree_total_tokens AS tokens, count(*) AS trees FROM threads
      WHERE parent_thread_id IS NULL GROUP BY ALL ORDER BY threads`,
  );
  assert.deepEqual(sizes, [
    { threads: 3, tokens: 15, trees },
    { threads: deep + 1, tokens: 5 * (deep + 1), trees: 1 },
  ]);
  assert.deepEqual(await dendro.store.rows('SELECT sum(turns) AS turns FROM turn_counts'), [
    { turns: 3 * trees + deep + 1 },
  ]);
});
