import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { paramsOf, sampleThreads, tally } from '../testing/truth.ts';
import { timeline, timelineSpan } from './timeline.ts';
import type { Timeline } from './timeline-shapes.ts';
import { threadList } from './threads.ts';

const { store, ...dendro } = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());

const { threads: roots } = await threadList(store, {}, { limit: 1000 });
const trees: Timeline[] = [];
for (const { threadId } of roots) {
  const tree = await timeline(store, threadId);
  assert.ok(tree);
  trees.push(tree);
}
/** Returns the values of a column of all trees, one after another. */
const all = <T>(column: (tree: Timeline) => readonly T[]): T[] => trees.flatMap(column);

test('every thread has a lane, in the order of its tree', () => {
  assert.deepEqual(all(({ lanes }) => lanes.threadId).sort(), [...sampleThreads.keys()].sort());
  for (const { lanes } of trees) assert.equal(lanes.depth[0], 0);
});

test('every turn, compaction and steer lies on a lane, and every review that a thread asked for', () => {
  const turns = paramsOf('codex_turn_event');
  assert.equal(
    all((tree) => tree.turns.reported).filter(Boolean).length,
    new Set(turns.map(({ thread_id, turn_id }) => `${thread_id} ${turn_id}`)).size,
  );
  assert.deepEqual(
    tally(
      all((tree) => tree.compactions.status),
      String,
    ),
    tally(paramsOf('codex_compaction_event'), ({ status }) => String(status)),
  );
  assert.equal(all((tree) => tree.steers.lane).length, paramsOf('codex_turn_steer_event').length);
  assert.deepEqual(
    tally(
      all((tree) => tree.guardianReviews.terminalStatus),
      String,
    ),
    tally(paramsOf('codex_guardian_review'), ({ terminal_status }) => String(terminal_status)),
  );
});

test('hook runs that did not complete are marked, and say that their time is not their own', () => {
  const troubled = paramsOf('codex_hook_run').filter(({ status }) => status !== 'completed');
  assert.deepEqual(
    tally(
      all((tree) => tree.hookRuns.status),
      String,
    ),
    tally(troubled, ({ status }) => String(status)),
  );
  assert.ok(all((tree) => tree.hookRuns.timeSource).every((source) => source === 'turn'));
});

test('a turn without a turn event lies where its own events do', () => {
  for (const { turns } of trees) {
    for (const [index, reported] of turns.reported.entries())
      if (reported) assert.equal(turns.timeSource[index], 'event');
  }
  assert.ok(
    all(({ turns }) => turns.reported.map((reported, index) => (reported ? null : turns.startedAtMs[index]))).every(
      (time) => (time ?? 1) > 0,
    ),
  );
});

test('a call that spawned a thread leads to it from the thread that made it', () => {
  const named = new Set(
    paramsOf('codex_collab_agent_tool_call_event')
      .filter(({ tool_name }) => tool_name === 'spawn_agent')
      .flatMap(({ receiver_thread_ids }) => receiver_thread_ids ?? []),
  );
  const spawned = all(({ lanes, spawns }) => spawns.lane.map((lane) => lanes.threadId[lane] ?? ''));
  assert.deepEqual([...spawned].sort(), [...named].sort());
  for (const { lanes, spawns } of trees) {
    for (const [index, lane] of spawns.lane.entries())
      assert.equal(lanes.depth[lane], (lanes.depth[spawns.fromLane[index] ?? 0] ?? 0) + 1);
  }
});

test('a fork whose source is in another tree leads there, and the source to it, at the time when it began', () => {
  const forks = paramsOf('codex_thread_initialized').flatMap(({ thread_id: fork, forked_from_thread_id: source }) =>
    typeof source === 'string' ? [{ fork, source }] : [],
  );
  const together = (one: string, other: string): boolean =>
    trees.some(({ lanes: { threadId } }) => threadId.includes(one) && threadId.includes(other));
  const pairs = new Set(
    forks.filter(({ fork, source }) => !together(fork, source)).map(({ fork, source }) => `${fork} of ${source}`),
  );
  assert.ok(pairs.size > 0);
  const told = (wanted: 'source' | 'fork'): string[] =>
    trees.flatMap(({ lanes, forks: { lane, relation, threadId } }) =>
      lane.flatMap((of, index) => {
        if (relation[index] !== wanted) return [];
        const [own, other] = [lanes.threadId[of], threadId[index]];
        return [wanted === 'source' ? `${own} of ${other}` : `${other} of ${own}`];
      }),
    );
  assert.deepEqual(told('source').sort(), [...pairs].sort());
  assert.deepEqual(told('fork').sort(), [...pairs].sort());
  for (const {
    lanes,
    forks: { lane, relation, atMs },
  } of trees) {
    for (const [index, at] of atMs.entries())
      if (relation[index] === 'source') assert.equal(at, lanes.createdAtMs[lane[index] ?? 0]);
  }
});

test('a span holds the calls that were going on in it, on the lanes that are asked for', async () => {
  const calls = paramsOf('codex_command_execution_event');
  const [first] = calls;
  assert.ok(first);
  const tree = trees.find(({ lanes }) => lanes.threadId.includes(first.thread_id));
  assert.ok(tree);
  const root = tree.lanes.threadId[0] ?? '';
  const lane = tree.lanes.threadId.indexOf(first.thread_id);
  const everything = await timelineSpan(store, root, { lanes: [lane], from: 0, to: Date.UTC(2100, 0) });
  assert.equal(
    everything?.toolCalls.tool.filter((tool) => tool === 'command_execution').length,
    calls.filter(({ thread_id }) => thread_id === first.thread_id).length,
  );
  assert.equal(
    everything?.hookRuns.lane.length,
    paramsOf('codex_hook_run').filter(
      ({ thread_id, status }) => thread_id === first.thread_id && status === 'completed',
    ).length,
  );
  const at = everything?.toolCalls.startedAtMs[0] ?? 0;
  assert.ok((await timelineSpan(store, root, { lanes: [lane], from: at, to: at }))?.toolCalls.startedAtMs.includes(at));
  assert.equal((await timelineSpan(store, root, { lanes: [lane], from: 0, to: 1 }))?.toolCalls.lane.length, 0);
  assert.deepEqual((await timelineSpan(store, root, { lanes: [99_999], from: 0, to: at }))?.toolCalls.lane, []);
});

test('there is no timeline of a thread that nothing names', async () => {
  assert.equal(await timeline(store, 'nobody'), null);
  assert.equal(await timelineSpan(store, 'nobody', { lanes: [0], from: 0, to: 1 }), null);
});
