import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importById, rejectList } from '../queries/imports.ts';
import { rejectRows, rejectsByCode } from '../queries/quality/rejects.ts';
import { openDendro, type TestDendro } from '../testing/dendro.ts';
import { mostRejectsKept } from './read-log.ts';

const good = `${JSON.stringify({ event_type: 'codex_hook_run', event_params: { thread_id: 't', turn_id: 'u', status: 'completed' } })}\n`;

async function told({ store }: TestDendro) {
  const found = await importById(store, '1');
  const list = await rejectList(store, '1', { limit: 1000 });
  assert.ok(found && list);
  return { found, list, rows: await rejectRows(store, {}, { limit: 1000 }), codes: await rejectsByCode(store, {}) };
}

test('a record of a million things that are no events is one rejected line: all rejects are counted, and the first are kept', async () => {
  const many = 1_000_000;
  await using dendro = await openDendro(
    `${good}{"events":[${'5,'.repeat(many - 1)}5]}\n{"events":[{"event_type":7}]}\n${good}`,
  );
  const { found, list, rows, codes } = await told(dendro);
  assert.deepEqual(
    [found.lines.total, found.lines.rejected, found.events.accepted + found.events.duplicate],
    [4, 2, 2],
  );
  assert.deepEqual(found.rejected, { total: many + 1, kept: mostRejectsKept });
  assert.deepEqual(
    [list.total, list.kept, list.rejects.length, list.nextCursor],
    [many + 1, mostRejectsKept, mostRejectsKept, null],
  );
  assert.deepEqual([rows.total, rows.kept, rows.lines], [many + 1, mostRejectsKept, 1]);
  assert.deepEqual(
    codes.map(({ code, rejects }) => [code, rejects]),
    [['not_an_event', many + 1]],
  );
});

test('of a log with many rejected lines the first are kept, and each reason is counted', async () => {
  await using dendro = await openDendro(good + 'no event\n'.repeat(1500) + '{"cut\n'.repeat(700) + good);
  const { found, list, codes } = await told(dendro);
  assert.equal(found.lines.rejected, 2200);
  assert.deepEqual(found.rejected, { total: 2200, kept: mostRejectsKept });
  assert.deepEqual(
    list.rejects.map(({ line }) => line),
    Array.from({ length: mostRejectsKept }, (_, index) => index + 2),
  );
  assert.deepEqual(
    codes.map(({ code, rejects }) => [code, rejects]),
    [
      ['invalid_json', 1500],
      ['truncated_json', 700],
    ],
  );
  await dendro.importer.delete([1]);
  assert.deepEqual(await rejectsByCode(dendro.store, {}), []);
});
