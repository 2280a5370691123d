import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Page } from './shapes.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { paramsOf, tally, threadOf, total } from '../testing/truth.ts';
import { selectionIn, selectionShape } from './breakdown.ts';
import { compactionBreakdown, compactionDimensions, compactionList } from './compactions.ts';
import { compactionsOverTime } from './compactions-over-time.ts';
import { BadCursor } from './cursor.ts';
import { guardianBreakdown, guardianDimensions, guardianReviewList } from './guardian.ts';
import { hookBreakdown, hookDimensions, hookRunList } from './hooks.ts';

const { store, ...dendro } = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());

const totals = (groups: ReadonlyArray<{ readonly key: object; readonly total: number }>): Record<string, number> =>
  Object.fromEntries(groups.map(({ key, total: count }) => [Object.values(key).join(' '), count]));

test('compactions by trigger and phase are those of the log', async () => {
  const { groups } = await compactionBreakdown(store, {}, ['trigger', 'phase']);
  const params = paramsOf('codex_compaction_event');
  assert.deepEqual(
    totals(groups),
    tally(params, (each) => `${each.trigger} ${each.phase}`),
  );
  for (const { key, ...figures } of groups) {
    const own = params.filter((each) => each.trigger === key.trigger && each.phase === key.phase);
    const completed = own.filter((each) => each.status === 'completed');
    assert.equal(figures.completed, completed.length);
    assert.equal(
      figures.tokensSaved,
      total(completed, (each) => (each.active_context_tokens_before ?? 0) - (each.active_context_tokens_after ?? 0)),
    );
    const durations = own.map((each) => each.duration_ms ?? 0).sort((a, b) => a - b);
    assert.equal(figures.durationMs.p50, durations[Math.ceil(durations.length * 0.5) - 1]);
    assert.equal(figures.durationMs.p95, durations[Math.ceil(durations.length * 0.95) - 1]);
  }
});

test('the model and kind of a compaction are those of its thread', async () => {
  const { groups } = await compactionBreakdown(store, {}, ['model', 'threadKind']);
  assert.deepEqual(
    totals(groups),
    tally(paramsOf('codex_compaction_event'), (each) => `${threadOf(each)?.model} ${threadOf(each)?.kind}`),
  );
});

test('hook runs by hook and source, and by status, are those of the log', async () => {
  const params = paramsOf('codex_hook_run');
  assert.deepEqual(
    totals((await hookBreakdown(store, {}, ['hookName', 'hookSource'])).groups),
    tally(params, (each) => `${each.hook_name} ${each.hook_source}`),
  );
  const { groups: byStatus } = await hookBreakdown(store, {}, ['status']);
  assert.deepEqual(
    totals(byStatus),
    tally(params, (each) => `${each.status}`),
  );
  assert.deepEqual(
    byStatus.map((group) => group.total),
    byStatus.map((group) => group.total).sort((a, b) => b - a),
    'the largest group comes first',
  );
});

test('guardian reviews by risk and decision are those of the log, and no value is null', async () => {
  const { groups } = await guardianBreakdown(store, {}, ['riskLevel', 'decision']);
  const named = groups.map(({ key, ...figures }) => ({
    key: { riskLevel: key.riskLevel ?? 'null', decision: key.decision },
    ...figures,
  }));
  assert.deepEqual(
    totals(named),
    tally(paramsOf('codex_guardian_review'), (each) => `${each.risk_level} ${each.decision}`),
  );
  assert.ok(groups.some(({ key }) => key.riskLevel === null));
  assert.equal(
    groups.reduce((sum, group) => sum + group.failedClosed, 0),
    3,
  );
});

async function every<T>(list: (page: Page) => Promise<{ records: T[]; nextCursor: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ limit: 7, cursor });
    all.push(...page.records);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

test('behind every segment of every dimension are exactly the records that it counts', async () => {
  for (const dimension of compactionDimensions) {
    for (const { key, total: count } of (await compactionBreakdown(store, {}, [dimension])).groups) {
      const records = await every((page) => compactionList(store, {}, key, page));
      assert.equal(new Set(records.map((record) => record.eventId)).size, count, `${dimension} ${key[dimension]}`);
    }
  }
  for (const dimension of hookDimensions) {
    for (const { key, total: count } of (await hookBreakdown(store, {}, [dimension])).groups) {
      if (count > 100) continue;
      const records = await every((page) => hookRunList(store, {}, key, page));
      assert.equal(new Set(records.map((record) => record.eventId)).size, count, `${dimension} ${key[dimension]}`);
    }
  }
  for (const dimension of guardianDimensions) {
    for (const { key, total: count } of (await guardianBreakdown(store, {}, [dimension])).groups) {
      const records = await every((page) => guardianReviewList(store, {}, key, page));
      assert.equal(new Set(records.map((record) => record.eventId)).size, count, `${dimension} ${key[dimension]}`);
    }
  }
});

test('records are listed newest first', async () => {
  const times = (await every((page) => compactionList(store, {}, {}, page))).map((record) => record.startedAt ?? '');
  assert.equal(times.length, 51);
  assert.deepEqual(times, times.toSorted().reverse());
});

test('a model as a filter and as a segment count the same', async () => {
  for (const { key, total: count } of (await compactionBreakdown(store, {}, ['model'])).groups) {
    const {
      groups: [filtered],
    } = await compactionBreakdown(store, { model: [key.model ?? ''] }, ['model']);
    assert.equal(filtered?.total, count);
  }
});

test('a cursor of another kind is refused', async () => {
  await assert.rejects(compactionList(store, {}, {}, { limit: 1, cursor: 'bm9uc2Vuc2U' }), BadCursor);
});

test("a page's selection takes dimensions that are no filters, and the empty text for no value", () => {
  const parameters = { trigger: 'auto', phase: '', model: 'gpt-5.5', sort: 'x' };
  assert.deepEqual(selectionIn(compactionDimensions, parameters), { trigger: 'auto', phase: null });
  assert.deepEqual(selectionIn(compactionDimensions, {}), {});
  assert.ok(!Object.keys(selectionShape(compactionDimensions)).includes('model'));
});

test('compactions over time lie in buckets without gaps that add up to all of them', async () => {
  for (const most of [1, 2, 10, 500]) {
    const { widthMs, buckets, untimed } = await compactionsOverTime(store, {}, most);
    assert.equal(untimed, 0);
    assert.ok(widthMs !== null && buckets.length <= most);
    buckets.forEach(({ start }, index) =>
      assert.equal(Date.parse(start), Date.parse(buckets[0]?.start ?? '') + index * widthMs),
    );
    assert.equal(
      total(buckets, (bucket) => bucket.total),
      51,
    );
    assert.equal(
      total(buckets, (bucket) => bucket.tokensSaved),
      4_602_874,
    );
  }
  assert.deepEqual(await compactionsOverTime(store, { model: ['none'] }), { widthMs: null, buckets: [], untimed: 0 });
});
