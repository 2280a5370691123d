import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventList } from '../queries/events.ts';
import { timeSources } from '../queries/shapes.ts';
import { threadHappenings } from '../queries/happenings.ts';
import { timeline } from '../queries/timeline.ts';
import { tables } from '../store/tables.ts';
import { openDendro, type TestDendro } from '../testing/dendro.ts';

const second = 1000;
const hour = 3_600_000;
const start = Date.parse('2026-04-09T17:35:50Z');

/** A line of a collector whose clock is `offset` ms ahead of UTC. Values are a Python literal. */
function collectorLine(at: number, offset: number, type: string, params: string): string {
  const clock = new Date(at + offset).toISOString().slice(0, 19).replace('T', ' ');
  return `INFO | ${clock} | codex_backend.routers.analytics_events | analytics_events.track_analytics_events:526 | Tracked ${type} event params={'thread_id': 't', ${params}} | \n`;
}
const hook = "'turn_id': 'u', 'hook_name': 'Stop', 'hook_source': 'user', 'status': 'failed'";
const turn = `'turn_id': 'u', 'status': 'completed', 'started_at': ${start / second}, 'completed_at': ${start / second + 60}`;

/**
 * Asks for everything that shows the source of a time, and compares every such column of the store with the answers'
 * schema.
 */
async function checkTimeSources({ store }: TestDendro): Promise<void> {
  const known = new Set<unknown>(timeSources);
  for (const [table, columns] of Object.entries(tables)) {
    if (!('time_source' in columns)) continue;
    for (const { time_source: source } of await store.rows(`SELECT DISTINCT time_source FROM ${table}`))
      assert.ok(known.has(source), `${table} has ${String(source)}`);
  }
  assert.equal((await threadHappenings(store, 't')).hookRuns.length, 1);
  assert.ok(await timeline(store, 't'));
  await eventList(store, {}, { limit: 100 });
}

for (const [zone, offset] of [
  ['UTC', 0],
  ['a zone ahead of UTC', 5.5 * hour],
  ['a zone behind UTC', -7 * hour],
] as const) {
  test(`a collector with the clock of ${zone}: its hook runs have its time, and their thread opens`, async () => {
    await using dendro = await openDendro(
      collectorLine(start + 10 * second, offset, 'codex_hook_run', hook) +
        collectorLine(start + 60 * second, offset, 'codex_turn_event', turn),
    );
    assert.deepEqual(await dendro.store.rows('SELECT time, time_source FROM hook_runs'), [
      { time: start + 10 * second, time_source: 'envelope' },
    ]);
    await checkTimeSources(dendro);
  });
}

test('a collector whose log does not tell its offset: its clock is taken as UTC', async () => {
  await using dendro = await openDendro(collectorLine(start, 0, 'codex_hook_run', hook));
  assert.deepEqual(await dendro.store.rows('SELECT time, time_source FROM hook_runs'), [
    { time: start, time_source: 'envelope' },
  ]);
  await checkTimeSources(dendro);
});

test('a borrowed time that is the same to the millisecond still says where it comes from', async () => {
  const events = (...list: readonly object[]): string => `${JSON.stringify({ events: list })}\n`;
  const hookRun = {
    event_type: 'codex_hook_run',
    event_params: { thread_id: 't', turn_id: 'u', hook_name: 'Stop', hook_source: 'user', status: 'failed' },
  };
  const turnEvent = {
    event_type: 'codex_turn_event',
    event_params: {
      thread_id: 't',
      turn_id: 'u',
      status: 'completed',
      started_at: start / second,
      completed_at: start / second + 60,
    },
  };
  await using dendro = await openDendro(events(turnEvent, hookRun));
  const [event] = await dendro.store.rows("SELECT time, time_source FROM events WHERE kind = 'hook_run'");
  assert.deepEqual(await dendro.store.rows('SELECT time, time_source FROM hook_runs'), [event]);
  assert.equal(event?.time_source, 'turn');
  await checkTimeSources(dendro);
});
