import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Filter } from '../filters.ts';
import { openDendro, sampleLog } from '../testing/dendro.ts';
import { paramsOf, sampleEvents, sampleThreads, tally, threadOf, total, type SampleThread } from '../testing/truth.ts';
import { summary } from './summary.ts';

const dendro = await openDendro(sampleLog);
after(() => dendro[Symbol.asyncDispose]());

test('the sample sums up to what is known of it', async () => {
  const { timeRange, ...figures } = await summary(dendro.store, {});
  assert.deepEqual(figures, {
    threads: { total: 98, user: 51, subagent: 32, guardian: 7, other: 8, mentioned: 2, roots: 59 },
    turns: { total: 214, completed: 195, failed: 7, interrupted: 12, unreported: 37 },
    tokens: { input: 12_566_440, cachedInput: 7_539_864, output: 250_470, reasoningOutput: 83_366, total: 12_920_970 },
    compactions: {
      total: 51,
      completed: 44,
      failed: 6,
      interrupted: 1,
      tokensBefore: 5_412_658,
      tokensAfter: 809_784,
      tokensSaved: 4_602_874,
    },
    hooks: { total: 561, completed: 518, failed: 25, blocked: 11, stopped: 7 },
    guardian: { total: 25, approved: 11, denied: 9, failedClosed: 3, timedOut: 1, aborted: 1 },
    events: { total: 1292, unknown: 0 },
    sources: { analytics: { events: 1292 }, rollout: { events: 0, threads: 0 } },
  });
  const times = paramsOf('codex_thread_initialized').map((params) => (params.created_at ?? 0) * 1000);
  assert.equal(timeRange.from, new Date(Math.min(...times)).toISOString());
});

/** Returns the figures of the threads that `selects`, counted from the log's lines. */
function counted(selects: (thread: SampleThread) => boolean) {
  const chosen = (params: { readonly thread_id: string }): boolean => {
    const thread = threadOf(params);
    return thread !== undefined && selects(thread);
  };
  const turns = paramsOf('codex_turn_event').filter(
    (params) => chosen(params) && threadOf(params)?.kind !== 'guardian',
  );
  const compactions = paramsOf('codex_compaction_event').filter(chosen);
  const completed = compactions.filter((params) => params.status === 'completed');
  const before = total(completed, (params) => params.active_context_tokens_before);
  const after = total(completed, (params) => params.active_context_tokens_after);
  const hooks = tally(paramsOf('codex_hook_run').filter(chosen), (params) => params.status ?? '');
  const reviews = tally(paramsOf('codex_guardian_review').filter(chosen), (params) => params.terminal_status ?? '');
  const statuses = tally(turns, (params) => params.status ?? '');
  return {
    threads: [...sampleThreads.values()].filter(selects).length,
    turns: {
      total: turns.length,
      completed: statuses.completed ?? 0,
      failed: statuses.failed ?? 0,
      interrupted: statuses.interrupted ?? 0,
    },
    tokens: total(turns, (params) => params.total_tokens),
    compactions: {
      total: compactions.length,
      completed: completed.length,
      tokensBefore: before,
      tokensAfter: after,
      tokensSaved: before - after,
    },
    hooks: {
      completed: hooks.completed ?? 0,
      failed: hooks.failed ?? 0,
      blocked: hooks.blocked ?? 0,
      stopped: hooks.stopped ?? 0,
    },
    guardian: {
      approved: reviews.approved ?? 0,
      denied: reviews.denied ?? 0,
      failedClosed: reviews.failed_closed ?? 0,
      timedOut: reviews.timed_out ?? 0,
      aborted: reviews.aborted ?? 0,
    },
    events: sampleEvents.filter(({ event_params: params }) => chosen(params)).length,
  };
}

async function asked(filter: Filter): Promise<ReturnType<typeof counted>> {
  const {
    threads,
    turns: { unreported: _, ...turns },
    tokens,
    compactions,
    hooks: { total: _hooks, ...hooks },
    guardian: { total: _reviews, ...guardian },
    events,
  } = await summary(dendro.store, filter);
  const { failed: _failed, interrupted: _interrupted, ...saved } = compactions;
  return {
    threads: threads.total,
    turns,
    tokens: tokens.total,
    compactions: saved,
    hooks,
    guardian,
    events: events.total,
  };
}

const selections: ReadonlyArray<readonly [string, Filter, (thread: SampleThread) => boolean]> = [
  ['a model', { model: ['gpt-6-astra'] }, (thread) => thread.model === 'gpt-6-astra'],
  [
    'any of two models',
    { model: ['gpt-6-astra', 'gpt-5.5'] },
    (thread) => thread.model === 'gpt-6-astra' || thread.model === 'gpt-5.5',
  ],
  ['no model', { model: [''] }, (thread) => thread.model === null],
  ['a kind', { threadKind: ['subagent'] }, (thread) => thread.kind === 'subagent'],
  [
    'two kinds',
    { threadKind: ['guardian', 'other'] },
    (thread) => thread.kind === 'guardian' || thread.kind === 'other',
  ],
  [
    'a client and a version',
    { client: ['codex_exec'], codexVersion: ['0.169.0'] },
    (thread) => thread.client === 'codex_exec' && thread.version === '0.169.0',
  ],
  ['nothing', { model: ['no-such-model'] }, () => false],
];
for (const [name, filter, selects] of selections) {
  test(`a filter on ${name} selects threads and all that belongs to them`, async () =>
    assert.deepEqual(await asked(filter), counted(selects)));
}

test('times split every figure of records in two, and a thread counts at its creation', async () => {
  const noon = Date.parse('2026-11-22T12:04:00Z');
  const [all, before, since] = await Promise.all([
    summary(dendro.store, {}),
    summary(dendro.store, { to: noon }),
    summary(dendro.store, { from: noon }),
  ]);
  for (const figure of ['compactions', 'hooks', 'guardian', 'events'] as const) {
    assert.equal(before[figure].total + since[figure].total, all[figure].total, figure);
  }
  assert.ok(before.events.total > 0 && since.events.total > 0);
  assert.equal(before.tokens.total + since.tokens.total, all.tokens.total);
  assert.equal(before.compactions.tokensSaved + since.compactions.tokensSaved, all.compactions.tokensSaved);
  const created = [...sampleThreads.values()].filter(
    (thread) => thread.createdAt !== null && thread.createdAt < noon,
  ).length;
  assert.ok(before.threads.total >= created && before.threads.total <= created + all.threads.mentioned);
});
